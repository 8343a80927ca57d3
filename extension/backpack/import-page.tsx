import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import { AddressForm, TextForm } from '../../shared/components/text-forms.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { ArchiveImport } from './archive-import.tsx';
import { importRowView } from './import-row-view.ts';
import { importSummary } from './import-summary.ts';
import { fileSources, type ImportActions, type ImportRow, type Imports } from './use-imports.ts';
import './import-page.css';

/** By file, drop, paste and address; every one is a row with its outcome. */
export function ImportPage(props: { readonly imports: Imports; readonly words: BackpackWords }): JSX.Element {
  const { words } = props;
  const { rows, actions } = props.imports;
  const said = words.own.import;
  const files = useRef<HTMLInputElement>(null);
  usePaste(actions.add);
  return (
    <div class="page import-page">
      <h1>{said.title}</h1>
      <p class="page-lead">{said.how}</p>
      <div>
        <label class="button button-main import-page-files">
          <Icon name="plus" />
          {said.choose}
          <input
            ref={files}
            class="spoken"
            type="file"
            multiple
            accept=".zip,.png,.svg,.json,.jsonld,.jws,.jwt,.txt,image/png,image/svg+xml,application/json"
            onChange={(event) => {
              void actions.add(fileSources(event.currentTarget.files));
              event.currentTarget.value = '';
            }}
          />
        </label>
      </div>
      <AddressForm
        id="import-address"
        label={said.address}
        button={said.addressButton}
        onText={(address) => void actions.add([{ kind: 'address', address }])}
      />
      <TextForm
        id="import-text"
        label={said.paste}
        hint={said.pasteHint}
        button={said.pasteButton}
        onText={(text) => void actions.add([{ kind: 'text', text }])}
      />
      <section class="page-part" aria-labelledby="import-outcomes">
        <h2 id="import-outcomes">{said.outcomes}</h2>
        {rows.length === 0 && <p class="soft">{said.none}</p>}
        <Summary rows={rows} words={words} />
        <ul class="page-list">
          {rows.map((row) => (
            <Row key={row.id} row={row} actions={actions} words={words} />
          ))}
        </ul>
      </section>
    </div>
  );
}

/** How far it has come, and when everything is read what came of it, once for all rows: a list read out would never end. */
function Summary(props: { readonly rows: readonly ImportRow[]; readonly words: BackpackWords }): JSX.Element {
  const { reading, sentence } = importSummary(props.rows, props.words);
  return (
    <>
      {reading !== undefined && (
        <p class="small import-page-reading">
          {reading.sentence} <progress max={reading.of} value={reading.done} />
        </p>
      )}
      <p role="status">{sentence}</p>
    </>
  );
}

type RowProps = {
  readonly row: ImportRow;
  readonly actions: ImportActions;
  readonly words: BackpackWords;
};

/** Drawn anew only when it has changed: there may be a thousand. */
function Row({ row, actions, words }: RowProps): JSX.Element {
  return useMemo(() => rowShown({ row, actions, words }), [row, actions, words]);
}

function rowShown({ row, actions, words }: RowProps): JSX.Element {
  const { outcome } = row;
  const view = importRowView(row, words);
  return (
    <li aria-busy={view.busy}>
      <div class="page-list-what">
        <p class="import-page-name" dir="auto">
          {view.badge ?? view.name}
        </p>
        <p class="small">
          {view.badge !== undefined && (
            <span class="soft">
              <bdi>{view.name}</bdi> ·{' '}
            </span>
          )}
          {view.word}
          {view.mark !== undefined && (
            <>
              {' · '}
              <VerdictMark mark={view.mark.mark} word={view.mark.word} />
            </>
          )}
        </p>
        {outcome.state === 'archive' && <ArchiveImport file={outcome.file} words={words} add={actions.add} />}
        {view.sentence !== undefined && <p class="soft small">{view.sentence}</p>}
      </div>
      {view.open !== undefined && (
        <a class="button" href={view.open}>
          {words.own.import.open}
          <span class="spoken"> {view.name}</span>
        </a>
      )}
      {view.keepUnverified !== undefined && (
        <button type="button" class="button" onClick={() => actions.keepUnverified(row)}>
          {view.keepUnverified}
        </button>
      )}
      {view.keepInside !== undefined && (
        <button type="button" class="button" onClick={() => actions.keepInside(row)}>
          {view.keepInside}
          <span class="spoken"> {view.name}</span>
        </button>
      )}
      {view.keepLater !== undefined && (
        <button type="button" class="button" onClick={() => actions.keepLater(row)}>
          {view.keepLater}
          <span class="spoken"> {view.name}</span>
        </button>
      )}
      {view.askPrivate !== undefined && (
        <button
          type="button"
          class="button"
          onClick={() => actions.askPrivate(row, view.askPrivate?.host ?? '')}
        >
          {view.askPrivate.label}
        </button>
      )}
    </li>
  );
}

/** What is pasted outside a field is imported; inside a field it is text like any other. */
function usePaste(add: ImportActions['add']): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const at = document.activeElement;
      if (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) return;
      const files = fileSources(event.clipboardData?.files);
      const text = event.clipboardData?.getData('text/plain').trim() ?? '';
      if (files.length > 0) void add(files);
      else if (text !== '') void add([{ kind: 'text', text }]);
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, [add]);
}
