import type { JSX } from 'preact';
import { fill } from '../../shared/messages/formats.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import type { ShownCollection } from '../store/shown-collections.ts';
import { titleOf } from './collection-title.ts';

/** What becomes readable, collection by collection: who can read each, and what stands in it. */
export function ReadableCollections(props: {
  readonly collections: readonly ShownCollection[];
  /** badges that stand on the page by themselves */
  readonly single: readonly CardRow['id'][];
  /** of the page */
  readonly address: string;
  readonly words: BackpackWords;
  readonly badgesOf: (badges: readonly CardRow['id'][]) => readonly JSX.Element[];
}): JSX.Element {
  const { collections, single, words, badgesOf } = props;
  const said = words.own.collections.sharing;
  return (
    <>
      {collections.map((one) => {
        const address = `${props.address}/${one.name}`;
        const sentence = one.listed ? said.readListed : said.readUnlisted;
        return (
          <section key={one.id} class="share-readable-part">
            <h3>{fill(sentence, { title: titleOf(one, words), address }, words.formats)}</h3>
            <ul class="share-readable-list">
              {one.about !== '' && <li>{said.readAbout}</li>}
              {badgesOf(one.badges)}
            </ul>
          </section>
        );
      })}
      {single.length > 0 && (
        <section class="share-readable-part">
          <h3>{said.readSingle}</h3>
          <ul class="share-readable-list">{badgesOf(single)}</ul>
        </section>
      )}
    </>
  );
}
