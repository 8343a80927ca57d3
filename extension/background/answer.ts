import { parseUrl } from '../../shared/model/brands.ts';
import { bytesOfLooseBase64 } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { isPrivateHost } from '../../shared/model/private-host.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { PrivateHosts } from '../../shared/verify/network-fetcher.ts';
import { claimAll } from '../actions/claim-all.ts';
import { claimBadge } from '../actions/claim-badge.ts';
import type { ActionDeps } from '../actions/deps.ts';
import { dismissOffer, undoDismiss } from '../actions/dismiss-offer.ts';
import { importAddress, importFile, importPart, importText } from '../actions/import-badge.ts';
import { lookAtOffer } from '../actions/look-at-offer.ts';
import { removeBadge } from '../actions/remove-badge.ts';
import { restoreBadge } from '../actions/restore-badge.ts';
import { setIdentities } from '../actions/set-identities.ts';
import { undoClaim } from '../actions/undo-claim.ts';
import { verifyAgain } from '../actions/verify-again.ts';
import type { LookedOffer, ReplyValues, Request, RequestKind } from '../channel.ts';
import { offerOfTab, offersOfTab, refreshTabs, settleOffer } from './offers-of-tab.ts';

export type AnswerDeps = ActionDeps & {
  /** something was kept, changed or removed: syncing follows */
  readonly changed: () => void;
  readonly syncNow: () => Promise<void>;
};

type Answers = {
  readonly [Kind in RequestKind]: (
    request: Extract<Request, { kind: Kind }>,
    deps: AnswerDeps,
  ) => Promise<Result<ReplyValues[Kind]>>;
};

/** Every request of a page, each answered by one action. */
const answers: Answers = {
  'offers-of-tab': async ({ tab }) => ok(await offersOfTab(tab)),
  'look-at-offer': lookAtOfferOfTab,
  'claim-badge': async ({ key, mode }, deps) => decided([key], deps, await claimBadge(key, mode, deps)),
  'claim-all': async ({ keys }, deps) => decided(keys, deps, ok(await claimAll(keys, deps))),
  'undo-claim': async ({ badge, key }, deps) =>
    decided(key === undefined ? [] : [key], deps, await done(undoClaim(badge, key, deps))),
  'dismiss-offer': async ({ key }, deps) => decided([key], deps, await done(dismissOffer(key, deps))),
  'undo-dismiss': async ({ key }, deps) => decided([key], deps, await done(undoDismiss(key, deps))),
  'import-file': async ({ name, bytes, privateHost }, deps) => {
    const decoded = bytesOfLooseBase64(bytes);
    if (decoded === undefined) return failed(new BackpackError('not-a-badge', {}));
    return decided([], deps, ok(await importFile({ name, bytes: decoded }, { privateHost }, deps)));
  },
  'import-text': async ({ text, privateHost }, deps) =>
    decided([], deps, ok(await importText(text, { privateHost }, deps))),
  'import-part': async ({ text, privateHost }, deps) =>
    decided([], deps, ok(await importPart(text, { privateHost }, deps))),
  'import-address': async ({ address, privateHost }, deps) =>
    decided([], deps, ok(await importAddress(address, { privateHost }, deps))),
  'remove-badge': async ({ badge }, deps) => decided([], deps, await done(removeBadge(badge, deps))),
  'restore-badge': async ({ badge }, deps) => decided([], deps, await restoreBadge(badge, deps)),
  'verify-again': async ({ badge }, deps) => decided([], deps, await verifyAgain(badge, deps)),
  'set-identities': async ({ identities }, deps) =>
    decided([], deps, await done(setIdentities(identities, deps))),
  'sync-now': async (_, { syncNow }) => done(syncNow()),
};

/** Answers a request that has been checked. */
export function answerRequest<Kind extends RequestKind>(
  request: Extract<Request, { kind: Kind }>,
  deps: AnswerDeps,
): Promise<Result<ReplyValues[Kind]>> {
  const answer: Answers[Kind] = answers[request.kind as Kind];
  return answer(request, deps);
}

async function lookAtOfferOfTab(
  { tab, key, privateHost }: Extract<Request, { kind: 'look-at-offer' }>,
  deps: AnswerDeps,
): Promise<Result<LookedOffer>> {
  const found = await offerOfTab(tab, key);
  if (!found.ok) return found;
  const { noticed, offer, page } = found.value;
  if (offer.kind === 'not-supported-yet')
    return failed(new BackpackError('offer-kind-not-supported', { protocol: offer.protocol }));
  const { name, issuer } = noticed;
  const looked = await lookAtOffer(
    {
      key,
      offer,
      page,
      ...(name === undefined ? {} : { name }),
      ...(issuer === undefined ? {} : { issuer }),
    },
    privateHostsFor(page, privateHost),
    deps,
  );
  if (isNothingNew(looked)) await settleOffer(tab, key);
  return ok(looked);
}

/** A page of the learner's own network may lead into it; any other only where he says yes. */
function privateHostsFor(page: string, allowed: string | undefined): PrivateHosts {
  const address = parseUrl(`http://${page}/`);
  return address.ok && isPrivateHost(address.value) ? 'all' : { only: allowed };
}

function isNothingNew(looked: LookedOffer): boolean {
  if (looked.state === 'failed')
    return looked.choice === 'nothing' && looked.error.code !== 'private-address';
  return looked.card.alreadyKept !== undefined || looked.card.choice === 'nothing';
}

async function decided<Value>(
  keys: readonly string[],
  deps: AnswerDeps,
  result: Result<Value>,
): Promise<Result<Value>> {
  if (keys.length > 0) await refreshTabs(keys);
  deps.changed();
  return result;
}

async function done(work: Promise<void>): Promise<Result<null>> {
  await work;
  return ok(null);
}
