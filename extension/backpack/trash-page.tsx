import type { JSX } from 'preact';
import { BadgePicture } from '../../shared/components/badge-picture.tsx';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { badgeView } from '../../shared/views/badge-view.ts';
import { ask } from '../ask.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readRemoved } from '../store/badges.ts';
import type { KeptBadge } from '../store/kept-badge.ts';
import type { Say } from './notice.tsx';
import { useLive } from './use-live.ts';
import { usePicture } from './use-picture.ts';

/** What was removed and can still be brought back. */
export function TrashPage({ words, say }: { readonly words: BackpackWords; readonly say: Say }): JSX.Element {
  const removed = useLive(readRemoved, []);
  const said = words.own.trash;
  return (
    <div class="page">
      <h1>{said.title}</h1>
      <p class="page-lead">{said.how}</p>
      {removed.state === 'ready' && removed.value.length === 0 && <p class="page-empty">{said.empty}</p>}
      {removed.state === 'ready' && (
        <ul class="page-list">
          {removed.value.map((badge) => (
            <Removed key={badge.id} kept={badge} words={words} say={say} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Removed(props: {
  readonly kept: KeptBadge;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { kept, words, say } = props;
  const pictureAddress = usePicture(kept.picture);
  const view = badgeView(
    {
      badge: kept.badge,
      verdict: kept.verdict,
      issuerProof: kept.issuerProof,
      ...(pictureAddress === undefined ? {} : { pictureAddress }),
      ...(kept.name === undefined ? {} : { fallbackName: kept.name }),
    },
    words,
  );
  const restore = async (): Promise<void> => {
    const restored = await ask<'restore-badge'>({ kind: 'restore-badge', badge: kept.id });
    say({
      text: restored.ok
        ? fill(words.own.detail.restored, { name: view.name }, words.formats)
        : sayErrorInFull(restored.error, words),
    });
  };
  return (
    <li>
      <span class="page-list-picture">
        <BadgePicture picture={view.picture} decorative />
      </span>
      <div class="page-list-what">
        <p dir="auto">{view.name}</p>
        <p class="soft small">{view.issuer.lead}</p>
      </div>
      <button type="button" class="button" onClick={() => void restore()}>
        {words.own.trash.restore}
        <span class="spoken"> {view.name}</span>
      </button>
    </li>
  );
}
