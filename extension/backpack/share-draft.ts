import { type Handle, parseHandle } from '../../shared/model/brands.ts';
import { type Theme, themes } from '../../shared/model/themes.ts';
import type { Cover } from '../actions/gather-profile.ts';
import type { CardRow } from '../store/database.ts';
import type { Disclosure, PublishedState } from './account-actions.ts';

/** What is being put together before it is published. */
export type ShareDraft = {
  readonly badges: readonly CardRow['id'][];
  /** those of them that are shown by description and result only */
  readonly said: readonly CardRow['id'][];
  readonly name: string;
  readonly about: string;
  readonly handle: string;
  /** search engines may list the page: off until the learner says so */
  readonly search: boolean;
  /** how the page looks */
  readonly theme: Theme;
  /** the picture across its head, kept already or chosen just now */
  readonly cover: Cover | undefined;
};

export const maxProfileName = 80;
export const maxProfileAbout = 2_000;

/**
 * The draft to begin with: what is published now, and the one badge that the learner came from. What was removed from
 * the backpack meanwhile (`here`: what is in it) is left out: its document is gone, so it could not be sent.
 */
export function firstDraft(
  published: PublishedState | undefined,
  first: CardRow['id'] | undefined,
  here: readonly CardRow['id'][],
): ShareDraft {
  const badges = (published?.badges ?? []).filter((id) => here.includes(id));
  return {
    badges: first === undefined || badges.includes(first) ? badges : [...badges, first],
    said: published?.said ?? [],
    name: published?.name ?? '',
    about: published?.about ?? '',
    handle: published?.handle ?? '',
    search: published?.search ?? false,
    theme: published?.theme ?? themes[0],
    cover: published?.cover === undefined ? undefined : { hash: published.cover },
  };
}

/** A handle as it is typed: small letters, so that nobody is refused over a capital. */
export function typedHandle(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, '-');
}

export function handleOf(draft: ShareDraft): Handle | undefined {
  const parsed = parseHandle(draft.handle);
  return parsed.ok ? parsed.value : undefined;
}

/** The badge put in, or taken out. */
export function toggled(draft: ShareDraft, badge: CardRow['id']): ShareDraft {
  return { ...draft, badges: turned(draft.badges, badge) };
}

/** The badge shown by description and result only, or whole again. */
export function saidToggled(draft: ShareDraft, badge: CardRow['id']): ShareDraft {
  return { ...draft, said: turned(draft.said, badge) };
}

function turned(list: readonly CardRow['id'][], badge: CardRow['id']): readonly CardRow['id'][] {
  return list.includes(badge) ? list.filter((one) => one !== badge) : [...list, badge];
}

/** True when an address of the learner would become readable: that needs a yes of its own. */
export function showsAddress(disclosures: readonly Disclosure[]): boolean {
  return disclosures.some((one) => one.inClear.length > 0);
}

/** The address of the page to be, for showing it before it is there. */
export function pageAddress(server: string, handle: string): string {
  return `${server.replace(/\/$/, '')}/@${handle === '' ? '…' : handle}`;
}
