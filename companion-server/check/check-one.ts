import type { Url } from '../../shared/model/brands.ts';
import type { BadgeInput } from '../../shared/verify/open-badge.ts';
import type { Picture } from '../../shared/verify/picture.ts';
import type { Verification } from '../../shared/verify/verify-badge.ts';
import { findPicture, verifyInPage } from './page-verifier.ts';
import { type Asking, clock, visitorFetcher } from './visitor-fetcher.ts';

/** A badge as this browser has checked it. */
export type Checked = {
  readonly verification: Verification;
  /** hosts of documents that the verdict rests on and that the server has read, in place of this browser */
  readonly relayedHosts: readonly string[];
  /** addresses that the server has read */
  readonly relayed: ReadonlySet<string>;
  /** never part of the verdict */
  readonly picture: Picture | undefined;
};

/** What was checked: the badge itself, or each of those inside it. */
export type CheckedAll = {
  readonly badges: readonly Checked[];
  /** how many there are inside; 0 for a badge alone */
  readonly parts: number;
};

/** Badges inside one document that are checked; each may ask its own issuer. */
export const maxParts = 30;

/** Checks a badge, and those inside it where it is an envelope or a record. `tell`: who was asked so far. */
export async function checkAll(
  input: BadgeInput,
  tell: (asked: readonly Asking[]) => void,
): Promise<CheckedAll> {
  const { fetch, quietly, asked } = visitorFetcher(tell);
  const one = async (each: BadgeInput): Promise<Checked> => {
    const verification = await verifyInPage(each, {}, { fetch, clock });
    // A page that cannot show a picture shows all the rest.
    const picture = await findPicture(verification, quietly).catch(() => undefined);
    return { ...relayedOf(verification, asked()), picture };
  };
  const first = await one(input);
  const parts = first.verification.parts ?? [];
  const inside: Checked[] = [];
  for (const bytes of parts.slice(0, maxParts)) inside.push(await one({ kind: 'bytes', bytes }));
  const isEnvelope = first.verification.badge === undefined && inside.length > 0;
  return { badges: isEnvelope ? inside : [first, ...inside], parts: parts.length };
}

/** What of a verification is the server's word. */
function relayedOf(verification: Verification, asked: readonly Asking[]): Omit<Checked, 'picture'> {
  const relayed = new Set<string>(
    asked.filter(({ state }) => state === 'relayed').map(({ address }) => address as Url),
  );
  const { issuerProof, snapshot, verdict } = verification;
  // What is signed with a key that stands in the badge itself is as good from anywhere.
  const own = issuerProof.kind === 'key' ? verdict.documents[0] : undefined;
  const hosts = snapshot.documents
    .filter(({ address, hash }) => relayed.has(address) && hash !== own)
    .map(({ address }) => new URL(address).host);
  return { verification, relayed, relayedHosts: [...new Set(hosts)] };
}
