import type { DisclosedDocument } from '../../shared/publish/disclosure.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import type { SyncStorage } from '../../shared/sync/storage.ts';
import { gatherBadge, identitiesIn } from './published-badge.ts';

/** What becomes readable of one badge once it is published. */
export type DisclosedBadge = {
  readonly badge: DocId;
  readonly documents: readonly DisclosedDocument[];
  readonly inClear: readonly string[];
  readonly guessable: boolean;
  readonly alsoNamed: readonly string[];
};

/**
 * What publishing each of these badges would make readable to anyone; those that are not here are left out.
 * `said`: those of them that are to be shown by description and result only.
 */
export async function discloseBadges(
  badges: readonly DocId[],
  deps: { readonly storage: SyncStorage },
  said: readonly DocId[] = [],
): Promise<readonly DisclosedBadge[]> {
  const identities = await identitiesIn(deps.storage);
  const disclosed: DisclosedBadge[] = [];
  for (const badge of badges) {
    const gathered = await gatherBadge(
      badge,
      said.includes(badge) ? 'said' : 'whole',
      identities,
      deps.storage,
    );
    if (gathered.ok) disclosed.push({ badge, ...gathered.value.disclosure });
  }
  return disclosed;
}
