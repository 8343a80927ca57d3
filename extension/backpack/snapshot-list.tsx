import type { JSX } from 'preact';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { KeptBadge } from '../store/kept-badge.ts';

/** The documents that the check rested on, as they were answered, and when. */
export function SnapshotList(props: {
  readonly snapshot: KeptBadge['snapshot'];
  readonly words: BackpackWords;
}): JSX.Element {
  const { snapshot, words } = props;
  const said = words.own.detail;
  return (
    <section class="badge-detail-part">
      <h3>{said.snapshot}</h3>
      <p class="small">
        {snapshot.documents.length === 0
          ? said.snapshotNone
          : fill(said.snapshotTaken, { date: words.formats.exactTime(snapshot.taken) }, words.formats)}
      </p>
      <ul class="snapshot-list">
        {snapshot.documents.map((document) => (
          <li key={`${document.address} ${document.hash}`}>
            <bdi>{plainText(document.address, 300)}</bdi>
            <span class="soft">
              {fill(
                said.snapshotAnswered,
                { status: String(document.status), date: words.formats.exactTime(document.at) },
                words.formats,
              )}
            </span>
            <code class="soft">{document.hash}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
