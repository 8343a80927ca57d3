import type { AccountId, Session } from '../storage/storage.ts';

/** Ends all that an account publishes; its documents go in the same transaction. */
export async function endPublication(account: AccountId, session: Session): Promise<void> {
  for (const slug of await session.published.slugs(account))
    await session.published.removeManifest(account, slug);
  await session.listed.remove(account);
  await dropUnnamed(account, session);
}

/** What no manifest names any more is deleted, and with it what was found out about it. */
export async function dropUnnamed(account: AccountId, { published, checks }: Session): Promise<void> {
  await published.dropUnnamed(account);
  await published.dropPage(account);
  await checks.dropUnnamed(account);
}
