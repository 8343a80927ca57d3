import type { AccountDeps } from './account-deps.ts';

/**
 * Goes on syncing after an alarm about the learner's own page, because he says so: the log itself held together all the
 * time. Any other alarm stands (`rejoinServer` ends that of a lost log).
 */
export function trustAgain({ storage }: Pick<AccountDeps, 'storage'>): Promise<void> {
  return storage.write(async (tables) => {
    const [link] = await tables.link.get(['link']);
    if (link?.distrust?.startsWith('profile-') !== true) return;
    const { distrust: _, shown: __, ...trusting } = link;
    await tables.link.put([trusting]);
  });
}
