import type { Sha256 } from '../model/brands.ts';
import { commitMarked } from '../sync/passed-commits.ts';
import type { LogHead, SigningKey } from '../sync/shapes.ts';
import type { ProfileFault } from '../sync/storage.ts';
import { type ManifestHead, type ParsedManifest, verifyManifest } from './manifest.ts';

/**
 * The manifest that a device last saw at its learner's public address. `n`: the commit that its mark was made of, where
 * the device knows it; `head`: the last commit that it had passed when it looked.
 */
export type SeenManifest = ManifestHead & { readonly n?: number; readonly head: number };

/** What a device holds a public manifest against. */
export type OwnKnowledge = {
  readonly identity: SigningKey;
  readonly blind: CryptoKey;
  /** commits of its chain, oldest first, without a gap, to its head */
  readonly passed: readonly LogHead[];
  readonly head: LogHead;
  readonly seen: SeenManifest | undefined;
  /** manifests that need no further judgement: named by the learner's own sealed document, or alarmed about before */
  readonly known: readonly Sha256[];
};

export type OwnJudgement =
  | { readonly fault: ProfileFault }
  /** `seen`: what to hold the next one against */
  | { readonly fault?: never; readonly seen: SeenManifest };

/**
 * Judges the manifest that everybody is shown by what one of the learner's devices knows (design §7). A device that has
 * followed the log from its beginning knows every mark. One that came in at a snapshot cannot tell an older mark from a
 * strange one; it judges what was published after it looked before, since that was made of a commit it has passed.
 */
export async function judgeOwnProfile(parsed: ParsedManifest, own: OwnKnowledge): Promise<OwnJudgement> {
  const { seen, head } = own;
  const { manifest, hash } = parsed;
  if (seen?.h === hash) return { seen: { ...seen, head: head.n } };
  const n = await commitMarked(manifest.mark, own.blind, own.passed);
  const now = { seq: manifest.seq, h: hash, head: head.n, ...(n === undefined ? {} : { n }) };
  if (own.known.includes(hash)) return { seen: now };
  if (!(await verifyManifest(parsed, own.identity))) return { fault: 'profile-not-signed' };
  const isNewer = seen === undefined || manifest.seq > seen.seq;
  if (n === undefined) {
    const from = own.passed[0]?.n ?? head.n;
    const isSure = from <= (seen?.head ?? 0);
    if (!isSure) return { seen: now };
    return { fault: isNewer ? 'profile-differs' : 'profile-went-back' };
  }
  // Numbers begin anew with a profile that was ended and published again: then its mark is of a later commit.
  const isOlder = !isNewer && seen.n !== undefined && n <= seen.n;
  return isOlder ? { fault: 'profile-went-back' } : { seen: now };
}
