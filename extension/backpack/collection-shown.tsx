import type { JSX } from 'preact';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { KeptCollection } from '../store/collection-doc.ts';
import type { PublishedState } from './account-actions.ts';
import { CopyButton } from './copy-button.tsx';
import type { Say } from './notice.tsx';
import { ownCollections, readPlanned, textOf } from './own-collections.ts';
import { addressOf } from './route.ts';
import { useLive } from './use-live.ts';

/** Where others read a collection now, and whether they read it as it is here. */
export function CollectionShown(props: {
  readonly kept: KeptCollection;
  readonly shown: PublishedState['collections'][number] | undefined;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element | null {
  const { kept, shown, words, say } = props;
  const said = words.own.collections;
  const live = useLive(readPlanned, []);
  const planned = live.state === 'ready' ? live.value.filter(({ id }) => id === kept.id) : [];
  if (live.state !== 'ready' || (shown === undefined && kept.reach === 'private')) return null;
  const isSame = textOf(planned) === textOf(shown === undefined ? [] : [shown]);
  const renew = async (): Promise<void> => {
    const renewed = await ownCollections.renewSecret(kept.id);
    say({ text: renewed.ok ? said.newAddressMade : sayErrorInFull(renewed.error, words) });
  };
  return (
    <section class="page-part">
      {shown !== undefined && (
        <>
          <h2>{said.livesAt}</h2>
          <p class="collection-shown-address">
            <a href={shown.address} dir="ltr" target="_blank" rel="noreferrer noopener">
              {shown.address}
            </a>
          </p>
          {!shown.listed && <p class="soft small">{said.secretHow}</p>}
        </>
      )}
      {(shown === undefined || !isSame) && (
        <p>
          {shown === undefined
            ? said.notYet
            : kept.reach === 'private' || planned.length === 0
              ? said.notAnyMore
              : words.own.collections.sharing.changed}
        </p>
      )}
      <div class="page-row">
        {shown !== undefined && <CopyButton text={shown.address} label={said.copyLink} words={words} />}
        {shown !== undefined && !shown.listed && kept.secret === shown.name && (
          <button type="button" class="button" onClick={() => void renew()}>
            {said.newAddress}
          </button>
        )}
        {!isSame && (
          <a class="button" href={addressOf({ place: 'sharing' })}>
            {said.publish}
          </a>
        )}
      </div>
    </section>
  );
}
