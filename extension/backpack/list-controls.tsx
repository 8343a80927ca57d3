import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { Filter, Sort } from './badge-list-view.ts';
import './list-controls.css';

export type Layout = 'grid' | 'list';

/** Search, filter, order and layout of the badges. `/` goes to the search from anywhere on the page. */
export function ListControls(props: {
  readonly words: BackpackWords;
  readonly search: string;
  readonly sort: Sort;
  readonly filter: Filter;
  readonly layout: Layout;
  readonly onSearch: (search: string) => void;
  readonly onSort: (sort: Sort) => void;
  readonly onFilter: (filter: Filter) => void;
  readonly onLayout: (layout: Layout) => void;
}): JSX.Element {
  const said = props.words.own.backpack;
  const input = useRef<HTMLInputElement>(null);
  useSlash(input);
  const sorts: readonly { readonly value: Sort; readonly word: string }[] = [
    { value: 'newest', word: said.sortNewest },
    { value: 'name', word: said.sortName },
    { value: 'issuer', word: said.sortIssuer },
  ];
  const filters: readonly { readonly value: Filter; readonly word: string }[] = [
    { value: 'all', word: said.filterAll },
    { value: 'good', word: said.filterGood },
    { value: 'other', word: said.filterOther },
  ];
  return (
    <search class="list-controls">
      <div class="list-controls-search">
        <Icon name="search" />
        <input
          ref={input}
          class="field-input"
          type="search"
          dir="auto"
          aria-label={said.search}
          aria-keyshortcuts="/"
          placeholder={said.search}
          title={said.searchHint}
          value={props.search}
          maxLength={200}
          onInput={(event) => props.onSearch(event.currentTarget.value)}
        />
      </div>
      <Choice label={said.filter} value={props.filter} options={filters} onChoose={props.onFilter} />
      <Choice label={said.sort} value={props.sort} options={sorts} onChoose={props.onSort} />
      <fieldset class="list-controls-layout">
        <legend class="spoken">{said.layout}</legend>
        {(['grid', 'list'] as const).map((layout) => (
          <button
            key={layout}
            type="button"
            class="button"
            aria-pressed={props.layout === layout}
            onClick={() => props.onLayout(layout)}
          >
            <Icon name={layout} />
            {layout === 'grid' ? said.asGrid : said.asList}
          </button>
        ))}
      </fieldset>
    </search>
  );
}

function Choice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly word: string }[];
  readonly onChoose: (value: Value) => void;
}): JSX.Element {
  return (
    <select
      class="field-input list-controls-choice"
      aria-label={props.label}
      value={props.value}
      onChange={(event) => {
        const chosen = props.options.find((option) => option.value === event.currentTarget.value);
        if (chosen !== undefined) props.onChoose(chosen.value);
      }}
    >
      {props.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.word}
        </option>
      ))}
    </select>
  );
}

/** `/` moves to the search, unless something is being typed elsewhere. */
function useSlash(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const move = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      const at = document.activeElement;
      if (
        at instanceof HTMLInputElement ||
        at instanceof HTMLTextAreaElement ||
        at instanceof HTMLSelectElement
      )
        return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', move);
    return () => removeEventListener('keydown', move);
  }, [input]);
}
