import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import type { KeptBadge } from '../store/kept-badge.ts';
import { addressOf } from './route.ts';

/** One badge of the published page: by its name, with the way to it as long as it is in the backpack. */
export type PublishedRow = { readonly id: CardRow['id']; readonly text: string; readonly open?: string };

/**
 * The badges that the published page shows. One that was removed from the backpack is still public, so it is named
 * as such: by its name while the trash knows it.
 */
export function publishedRows(
  badges: readonly CardRow['id'][],
  cards: readonly Pick<CardRow, 'id' | 'name'>[],
  removed: readonly Pick<KeptBadge, 'id' | 'badge' | 'name'>[],
  words: BackpackWords,
): readonly PublishedRow[] {
  const said = words.own.sharing;
  return badges.map((id) => {
    const card = cards.find((one) => one.id === id);
    if (card !== undefined) {
      const text = plainText(card.name, 120) || words.text.badge.unnamed;
      return { id, text, open: addressOf({ place: 'badges', badge: id }) };
    }
    const gone = removed.find((one) => one.id === id);
    const name = plainText(gone?.badge?.achievement.name ?? gone?.name ?? '', 120);
    return {
      id,
      text: name === '' ? said.publishedGone : fill(said.publishedRemoved, { name }, words.formats),
    };
  });
}
