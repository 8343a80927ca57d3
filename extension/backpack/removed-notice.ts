import { fill } from '../../shared/messages/formats.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { NoticeText } from './notice.tsx';
import { addressOf } from './route.ts';

/** What is said of a badge that was removed: being out of the backpack does not take it off the published page. */
export function removedNotice(name: string, isPublished: boolean, words: BackpackWords): NoticeText {
  const said = words.own.detail;
  const removed = fill(said.removed, { name }, words.formats);
  if (!isPublished) return { text: removed };
  return {
    text: `${removed} ${said.removedStillShown}`,
    link: { text: words.own.sharing.title, address: addressOf({ place: 'sharing' }) },
  };
}
