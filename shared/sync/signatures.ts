import type { Chain, IsSignedBy } from './chain.ts';
import type { ParsedCommit } from './commit.ts';
import { type CompactJws, verifyCompactJws } from './compact-jws.ts';
import type { SigningKey } from './shapes.ts';

/**
 * Begins to look at the signatures of all these commits at once, each by the key that its `kid` says: of `chain`, or of
 * a commit among them. Whether that key may sign is not judged here: the chain asks about the one that it knows, commit
 * by commit, and any other answer than for just that key is found out then.
 */
export function signaturesOf(commits: readonly ParsedCommit[], chain: Chain | undefined): IsSignedBy {
  const keys = new Map<string, SigningKey>(chain?.devices.map(({ kid, sign }) => [kid, sign]));
  for (const { commit } of commits) {
    const added =
      commit.kind === 'genesis' ? commit.gen.device : commit.kind === 'key' ? commit.key.add : undefined;
    if (added !== undefined) keys.set(added.kid, added.sign);
  }
  const begun = new Map<CompactJws, { readonly key: SigningKey; readonly isGood: Promise<boolean> }>();
  for (const { jws } of commits) {
    const key = keys.get(jws.kid);
    if (key === undefined) continue;
    const isGood = verifyCompactJws(jws, key);
    // Told to whoever asks for it; nobody may, after a commit that is not believed.
    isGood.catch(() => undefined);
    begun.set(jws, { key, isGood });
  }
  return (jws, key) => {
    const found = begun.get(jws);
    return found?.key === key ? found.isGood : verifyCompactJws(jws, key);
  };
}
