import type { DocId } from '../../shared/sync/doc.ts';
import { freeSlug, type KeptCollection } from './collection-doc.ts';

/** A collection as it is to be published, or was: exactly what others read of it, and where. */
export type ShownCollection = {
  readonly id: DocId;
  readonly title: string;
  readonly about: string;
  /** true: on the profile; false: found by its secret name alone */
  readonly listed: boolean;
  /** its name in the address */
  readonly name: string;
  readonly badges: readonly DocId[];
};

/** The manifest's chapter for what is in no listed collection. */
export const plainSlug = 'badges';

/**
 * What publishing shows of the learner's collections, in their order: none that is private, none that is empty, and of
 * each the badges that are `here`. Two that chose one name on two devices are told apart, the same way everywhere.
 */
export function shownCollections(
  collections: readonly KeptCollection[],
  here: ReadonlySet<DocId>,
): readonly ShownCollection[] {
  const taken: string[] = [plainSlug];
  return collections.flatMap(({ id, title, about, reach, slug, secret, badges }) => {
    const shown = badges.map((badge) => badge.id).filter((badge) => here.has(badge));
    if (reach === 'private' || shown.length === 0) return [];
    const listed = reach === 'listed';
    const name = listed ? freeSlug(slug === '' ? 'collection' : slug, taken) : secret;
    if (listed) taken.push(name);
    return [{ id, title: title.trim(), about: about.trim(), listed, name, badges: shown }];
  });
}

/** Every badge in one of these, or chosen by itself, once. */
export function badgesIn(
  single: readonly DocId[],
  collections: readonly Pick<ShownCollection, 'badges'>[],
): readonly DocId[] {
  return [...new Set([...collections.flatMap(({ badges }) => badges), ...single])];
}

/** The badges that were chosen by themselves and stand in no collection on the profile already. */
export function singleBadges(
  single: readonly DocId[],
  collections: readonly ShownCollection[],
): readonly DocId[] {
  const listed = new Set(collections.filter((one) => one.listed).flatMap(({ badges }) => badges));
  return single.filter((badge) => !listed.has(badge));
}
