import type { JSX } from 'preact';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readCollections } from '../store/collections.ts';
import type { CardRow } from '../store/database.ts';
import { titleOf } from './collection-title.ts';
import type { Say } from './notice.tsx';
import { ownCollections } from './own-collections.ts';
import { addressOf } from './route.ts';
import { useLive } from './use-live.ts';

/** In which collections a badge is; it may be in several. */
export function InCollections(props: {
  readonly badge: CardRow['id'];
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element | null {
  const { badge, words, say } = props;
  const said = words.own.collections;
  const live = useLive(readCollections, []);
  if (live.state !== 'ready') return null;
  if (live.value.length === 0)
    return (
      <p class="small">
        <a href={addressOf({ place: 'collections' })}>{said.make}</a>
      </p>
    );
  const turn = async (id: (typeof live.value)[number]['id'], isIn: boolean): Promise<void> => {
    const done = isIn ? await ownCollections.takeOut(id, badge) : await ownCollections.putIn(id, [badge]);
    if (done.ok) return;
    say({ text: sayErrorInFull(done.error, words) });
  };
  return (
    <fieldset class="in-collections">
      <legend class="small">{said.of}</legend>
      {live.value.map((one) => {
        const isIn = one.badges.some(({ id }) => id === badge);
        return (
          <label key={one.id}>
            <input type="checkbox" checked={isIn} onChange={() => void turn(one.id, isIn)} />
            <span dir="auto">{titleOf(one, words)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
