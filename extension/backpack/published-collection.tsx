import type { JSX } from 'preact';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { PublishedState } from './account-actions.ts';
import { titleOf } from './collection-title.ts';
import { CopyButton } from './copy-button.tsx';
import type { PublishedRow } from './published-view.ts';

/** One collection that others can read now: what it is called, who can read it and where. */
export function PublishedCollection(props: {
  readonly shown: PublishedState['collections'][number];
  readonly rows: readonly PublishedRow[];
  readonly words: BackpackWords;
}): JSX.Element {
  const { shown, words } = props;
  const said = words.own.collections;
  return (
    <div class="published-collection">
      <h3 dir="auto">{titleOf(shown, words)}</h3>
      <p class="soft small">
        {shown.listed ? said.sharing.listedAt : said.sharing.unlistedAt}
        {': '}
        <a href={shown.address} dir="ltr" target="_blank" rel="noreferrer noopener">
          {shown.address}
        </a>
      </p>
      {!shown.listed && (
        <p>
          <CopyButton text={shown.address} label={said.copyLink} words={words} />
        </p>
      )}
      <Rows rows={props.rows} />
    </div>
  );
}

/** Badges that others can read, each the way to it while it is in the backpack. */
export function Rows({ rows }: { readonly rows: readonly PublishedRow[] }): JSX.Element {
  return (
    <ul class="page-list">
      {rows.map(({ id, text, open }) => (
        <li key={id} dir="auto">
          {open === undefined ? text : <a href={open}>{text}</a>}
        </li>
      ))}
    </ul>
  );
}
