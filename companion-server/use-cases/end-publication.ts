import type { AccountId, Session } from '../storage/storage.ts';

/** Ends all that an account publishes, and what leads to it; its documents go in the same transaction. */
export async function endPublication(account: AccountId, session: Session): Promise<void> {
  for (const slug of await session.published.slugs(account))
    await session.published.removeManifest(account, slug);
  await session.listed.remove(account);
  await session.handles.endRedirects(account);
  await dropUnnamed(account, session);
}

/** Ends one unlisted collection; of its documents go those that nothing else of the account names. */
export async function endUnlisted(account: AccountId, slug: string, session: Session): Promise<void> {
  await session.published.removeManifest(account, slug);
  await dropUnnamed(account, session);
}

/** What no manifest names any more is deleted, and with it what was found out about it. */
export async function dropUnnamed(account: AccountId, { published, checks }: Session): Promise<void> {
  await published.dropUnnamed(account);
  await published.dropPage(account);
  await checks.dropUnnamed(account);
}
