import type { Snapshot } from '../../shared/model/badge.ts';
import { parseUrl } from '../../shared/model/brands.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { isPrivateHost } from '../../shared/model/private-host.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { type DocId, exists } from '../../shared/sync/doc.ts';
import type { PrivateHosts } from '../../shared/verify/network-fetcher.ts';
import type { BadgeInput } from '../../shared/verify/open-badge.ts';
import { snapshotFetcher } from '../../shared/verify/snapshot.ts';
import { type Verification, verifyBadge } from '../../shared/verify/verify-badge.ts';
import type { VerifiedAgain } from '../channel.ts';
import { checkedFields, firstFields, trimBadge } from '../store/badge-fields.ts';
import { readBadge, readBlob, readKeptOffer } from '../store/badges.ts';
import type { KeptAs, Tables } from '../store/database.ts';
import { checkedPrefix, isUnread, type KeptBadge, type KeptOffer } from '../store/kept-badge.ts';
import { choiceOf } from './choice.ts';
import { keepBadge } from './claim-badge.ts';
import type { ActionDeps } from './deps.ts';
import { partsOf, writeChange } from './keep.ts';
import { look } from './look.ts';

/** Most checks that stay in a badge's history; the oldest go first. */
const maxHistory = 100;

/**
 * Verifies a kept badge again and writes down what came of it. When the issuer does not answer, the verdict is reached
 * from the kept snapshot with today's clock, and the badge is shown as exactly that.
 * Errors: `not-found`, `document-missing`; for an offer that waits, why it still gives nothing.
 */
export async function verifyAgain(id: DocId, deps: ActionDeps): Promise<Result<VerifiedAgain>> {
  const offer = await readKeptOffer(id, deps.store);
  if (offer !== undefined) return askAgain(offer, deps);
  const kept = await readBadge(id, deps.store);
  if (kept === undefined) return gone();
  const bytes = await readBlob(kept.original, deps.store);
  if (bytes === undefined) return failed(new BackpackError('document-missing', {}));
  const asked = await look(inputOf(kept, bytes), hostsOf(kept), deps);
  if (asked.found.state === 'failed')
    return failed(new BackpackError(asked.found.error.code, asked.found.error.facts));
  const { verification, picture } = asked.found;
  const heard = verification.verdict.outcome !== 'unreachable';
  const remembered = heard ? undefined : await fromSnapshot(kept, bytes, deps);
  if (remembered !== undefined) {
    const unanswered = kept.unansweredSince ?? verification.verdict.at;
    const fields = { ...checkedFields(remembered, 'snapshot'), unanswered };
    const isWritten = await writeChecked(kept, fields, [], deps);
    return isWritten ? ok({ badge: id, verdict: remembered.verdict, from: 'snapshot' }) : gone();
  }
  const found =
    kept.picture === undefined && picture !== undefined
      ? { picture: { hash: await sha256Of(picture.bytes), mediaType: picture.mediaType } }
      : {};
  const fields = {
    ...checkedFields(verification, 'network'),
    // Where today's answer shows no badge any more, what it said stays readable.
    ...(verification.badge === undefined && kept.badge !== undefined ? { badge: trimBadge(kept.badge) } : {}),
    ...firstFields(kept),
    ...found,
    as: keptAs(kept, verification),
  };
  const parts = await partsOf(
    verification,
    kept.original,
    kept.picture === undefined ? picture?.bytes : undefined,
  );
  const isWritten = await writeChecked(kept, fields, parts, deps);
  return isWritten ? ok({ badge: id, verdict: verification.verdict, from: 'network' }) : gone();
}

function gone(): Result<never> {
  return failed(new BackpackError('not-found', {}));
}

/** The kept evidence, judged anew; `undefined` when there is none to judge by. */
async function fromSnapshot(
  kept: KeptBadge,
  bytes: Bytes,
  { store, clock }: ActionDeps,
): Promise<Verification | undefined> {
  const documents = await Promise.all(
    kept.snapshot.documents.map(async (document) => {
      const content = await readBlob(document.hash, store);
      return content === undefined ? [] : [{ ...document, bytes: content }];
    }),
  );
  const snapshot: Snapshot = { taken: kept.snapshot.taken, documents: documents.flat() };
  const verification = await verifyBadge(
    inputOf(kept, bytes),
    { audience: 'holder' },
    { fetch: snapshotFetcher(snapshot), clock },
  );
  return verification.verdict.outcome === 'unreachable' ? undefined : verification;
}

/** Gives `false`, and writes nothing, where the badge was removed or this browser wiped while it was looked at. */
function writeChecked(
  kept: KeptBadge,
  fields: ReturnType<typeof checkedFields>,
  parts: Awaited<ReturnType<typeof partsOf>>,
  deps: ActionDeps,
): Promise<boolean> {
  const old = kept.history.slice(maxHistory - 1).map(({ at }) => [checkedPrefix + at, null] as const);
  const set = [{ id: kept.id, fields: { ...fields, ...Object.fromEntries(old) } }];
  const unless = async ({ docs }: Tables): Promise<boolean> => {
    const now = await docs.get(kept.id);
    return now === undefined || !exists(now);
  };
  return writeChange({ set, parts, unless }, deps);
}

/** Once it is good it counts as claimed; a claimed badge that turned bad stays claimed and shows what it has become. */
function keptAs(kept: KeptBadge, { verdict }: Verification): KeptAs {
  return choiceOf(verdict) === 'claim' ? 'claimed' : kept.keptAs;
}

async function askAgain(offer: KeptOffer, deps: ActionDeps): Promise<Result<VerifiedAgain>> {
  const address = parseUrl(offer.address);
  if (!address.ok) return address;
  const hosts = { only: new URL(address.value).host };
  const { found } = await look({ kind: 'address', address: address.value }, hosts, deps);
  if (found.state === 'failed') return failed(new BackpackError(found.error.code, found.error.facts));
  const { outcome } = found.verification.verdict;
  const as = choiceOf(found.verification.verdict) === 'claim' ? 'claimed' : 'to-check';
  if (outcome === 'malformed' || isUnread(found.verification))
    return failed(new BackpackError('not-a-badge', {}));
  const row = {
    key: offer.offer,
    at: deps.clock(),
    address: offer.address,
    ...(offer.name === undefined ? {} : { name: offer.name }),
    ...(offer.page === undefined ? {} : { page: offer.page }),
    found,
  };
  const keptNow = await keepBadge(row, found, as, deps, 'waiting');
  if (!keptNow.ok) return keptNow;
  return ok({ badge: keptNow.value.badge, verdict: found.verification.verdict, from: 'network' });
}

function inputOf(kept: KeptBadge, bytes: Bytes): BadgeInput {
  const address = parseUrl(kept.address ?? '');
  return { kind: 'bytes', bytes, ...(address.ok ? { address: address.value } : {}) };
}

/** A host of the learner's own network is asked again only where it was asked before. */
function hostsOf(kept: KeptBadge): PrivateHosts {
  const page = kept.page === undefined ? undefined : parseUrl(`http://${kept.page}/`);
  if (page?.ok === true && isPrivateHost(page.value)) return 'all';
  const address = parseUrl(kept.address ?? kept.snapshot.documents[0]?.address ?? '');
  return { only: address.ok ? new URL(address.value).host : undefined };
}
