import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import { TimeSentence } from '../../shared/components/time-text.tsx';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readBlob } from '../store/badges.ts';
import { fileName } from '../store/file-names.ts';
import type { KeptBadge, KeptSnapshot } from '../store/kept-badge.ts';
import { saveFile } from './save-file.ts';

/** The documents that the check rested on, as they were answered, and when; those of the claim are there on demand. */
export function SnapshotList(props: {
  readonly kept: KeptBadge;
  readonly words: BackpackWords;
}): JSX.Element {
  const { kept, words } = props;
  const { first, snapshot } = kept;
  const said = words.own.detail;
  return (
    <section class="badge-detail-part">
      <h3>{said.snapshot}</h3>
      <p class="small">
        {snapshot.documents.length === 0 ? (
          said.snapshotNone
        ) : (
          <TimeSentence sentence={said.snapshotTaken} instant={snapshot.taken} formats={words.formats} />
        )}
      </p>
      <Documents snapshot={snapshot} words={words} />
      {first !== undefined && first.snapshot.documents.length > 0 && (
        <details class="small">
          <summary>
            {fill(said.first, { date: words.formats.exactTime(first.snapshot.taken) }, words.formats)}
          </summary>
          <Documents snapshot={first.snapshot} words={words} />
        </details>
      )}
    </section>
  );
}

/** Each document by its address; how it was answered is said only where it tells more than the list's own day. */
function Documents(props: { readonly snapshot: KeptSnapshot; readonly words: BackpackWords }): JSX.Element {
  const { words } = props;
  const said = words.own.detail;
  const { dateHere } = words.formats;
  const [missing, setMissing] = useState('');
  const save = async ({ address, hash, mediaType }: KeptSnapshot['documents'][number]): Promise<void> => {
    const bytes = await readBlob(hash);
    setMissing(bytes === undefined ? hash : '');
    // Foreign bytes are saved, never opened as a page of ours.
    if (bytes !== undefined) saveFile(bytes, documentName(address, mediaType), 'application/octet-stream');
  };
  return (
    <ul class="snapshot-list">
      {props.snapshot.documents.map((document) => (
        <li key={`${document.address} ${document.hash}`}>
          <button
            type="button"
            class="button button-plain"
            aria-label={fill(said.saveDocument, { address: plainText(document.address, 300) }, words.formats)}
            onClick={() => void save(document)}
          >
            <Icon name="save" />
            <bdi>{plainText(document.address, 300)}</bdi>
          </button>
          {(document.status !== 200 || dateHere(document.at) !== dateHere(props.snapshot.taken)) && (
            <span class="soft">
              <TimeSentence
                sentence={said.snapshotAnswered.replace('{status}', String(document.status))}
                instant={document.at}
                formats={words.formats}
              />
            </span>
          )}
          {missing === document.hash && (
            <span class="field-error" role="alert">
              {said.notHereYet}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Named after the place that it came from, with the ending of the few kinds that badges rest on. */
function documentName(address: string, mediaType: string): string {
  const { host, pathname } = new URL(address);
  const name = fileName(`${host}${pathname}`.replace(/\.(?:json|jwt|png|svg)$/, ''));
  if (/json/.test(mediaType)) return `${name}.json`;
  return mediaType.startsWith('image/png') ? `${name}.png` : `${name}.txt`;
}
