import type { Instant } from '../../shared/model/brands.ts';
import type { AccountId, Session } from '../storage/storage.ts';

/** Ends all that an account publishes, and what leads to it; its documents go in the same transaction. */
export async function endPublication(account: AccountId, session: Session): Promise<void> {
  for (const slug of await session.published.slugs(account))
    await session.published.removeManifest(account, slug);
  await session.listed.remove(account);
  await session.handles.endRedirects(account);
  await session.sightings.dropAll(account);
  await dropDocuments(account, session);
}

/** Ends one unlisted collection; of its documents go those that nothing else of the account names. */
export async function endUnlisted(
  account: AccountId,
  slug: string,
  at: Instant,
  session: Session,
): Promise<void> {
  await session.published.removeManifest(account, slug);
  await dropUnnamed(account, at, session);
}

/**
 * What no manifest names any more is deleted. When this server has seen it good is kept for an hour, in which no page
 * shows it: a badge that moves between profile and collections is in none of them for a moment (decision 0011).
 */
export async function dropUnnamed(account: AccountId, at: Instant, session: Session): Promise<void> {
  await dropDocuments(account, session);
  await session.sightings.noteNamed(account, at);
}

async function dropDocuments(account: AccountId, { published, checks }: Session): Promise<void> {
  await published.dropUnnamed(account);
  await published.dropPages(account);
  await checks.dropUnnamed(account);
}
