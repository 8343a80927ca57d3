import { unbake } from '../../shared/baking/registry.ts';
import { parseUrl } from '../../shared/model/brands.ts';
import { sha256Of, textOf, utf8 } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxBadgeFileBytes } from '../../shared/model/limits.ts';
import { offerKey, parseOffer } from '../../shared/offers/parse-offer.ts';
import type { PrivateHosts } from '../../shared/verify/network-fetcher.ts';
import type { BadgeInput } from '../../shared/verify/open-badge.ts';
import type { Failure, Imported } from '../channel.ts';
import type { LookedRow } from '../store/database.ts';
import { isUnread } from '../store/kept-badge.ts';
import { choiceAfterFailure, choiceOf } from './choice.ts';
import { claimBadge, keepBadge } from './claim-badge.ts';
import type { ActionDeps } from './deps.ts';
import { look } from './look.ts';
import { keepLooked } from './look-at-offer.ts';
import { lookedOfferOf } from './looked-offer.ts';

/** `privateHost`: a host of his own network that the learner said yes to. */
export type ImportOptions = { readonly privateHost?: string | undefined };

/**
 * Takes in a file. What is good or may become so is kept at once; what is revoked or not valid asks first; a file
 * without a readable badge stays listed, so that nothing a learner brought is silently dropped.
 */
export async function importFile(
  file: { readonly name: string; readonly bytes: Uint8Array },
  options: ImportOptions,
  deps: ActionDeps,
): Promise<Imported> {
  if (file.bytes.length > maxBadgeFileBytes)
    return failure(new BackpackError('offer-too-large', { limit: maxBadgeFileBytes }));
  const key = `file:${await sha256Of(file.bytes)}`;
  return takeIn(
    { key, name: file.name, keepUnread: true },
    { kind: 'bytes', bytes: file.bytes },
    options,
    deps,
  );
}

/** Takes in what an address answers. The learner typed it, so a host of his own network is asked too. */
export async function importAddress(
  address: string,
  options: ImportOptions,
  deps: ActionDeps,
): Promise<Imported> {
  const offer = parseOffer(address, undefined);
  if (!offer.ok) return failure(offer.error);
  const key = `import:${await offerKey(offer.value)}`;
  switch (offer.value.kind) {
    case 'hosted': {
      const typed = new URL(offer.value.address).host;
      const input = { kind: 'address', address: offer.value.address } as const;
      return takeIn({ key, keepUnread: false }, input, { privateHost: options.privateHost ?? typed }, deps);
    }
    case 'data':
      return takeIn({ key, keepUnread: false }, { kind: 'bytes', bytes: offer.value.bytes }, options, deps);
    case 'not-supported-yet':
      return failure(new BackpackError('offer-kind-not-supported', { protocol: offer.value.protocol }));
  }
}

/** Takes in what was pasted: an address, or the badge itself. */
export async function importText(text: string, options: ImportOptions, deps: ActionDeps): Promise<Imported> {
  const trimmed = text.trim();
  const isAddress = /^data:/i.test(trimmed) || (!/\s/.test(trimmed) && parseUrl(trimmed).ok);
  if (isAddress) return importAddress(trimmed, options, deps);
  return importDocument(trimmed, { keepUnread: false }, options, deps);
}

/** Takes in one badge out of several that came together. An envelope inside an envelope is not opened. */
export async function importPart(text: string, options: ImportOptions, deps: ActionDeps): Promise<Imported> {
  return importDocument(text, { keepUnread: false, isPart: true }, options, deps);
}

async function importDocument(
  text: string,
  manner: Manner,
  options: ImportOptions,
  deps: ActionDeps,
): Promise<Imported> {
  const bytes = utf8(text);
  if (bytes.length > maxBadgeFileBytes)
    return failure(new BackpackError('offer-too-large', { limit: maxBadgeFileBytes }));
  const key = `import:${await sha256Of(bytes)}`;
  return takeIn({ key, ...manner }, { kind: 'bytes', bytes }, options, deps);
}

/** `keepUnread`: stays listed without a readable badge. `isPart`: came out of an envelope. */
type Manner = { readonly keepUnread: boolean; readonly isPart?: boolean };

async function takeIn(
  subject: Manner & { readonly key: string; readonly name?: string },
  input: BadgeInput,
  options: ImportOptions,
  deps: ActionDeps,
): Promise<Imported> {
  const hosts: PrivateHosts = { only: options.privateHost };
  const row: LookedRow = {
    key: subject.key,
    at: deps.clock(),
    ...(input.kind === 'address' ? { address: input.address } : {}),
    ...(subject.name === undefined ? {} : { name: subject.name }),
    ...(await look(input, hosts, deps)),
  };
  const several = severalIn(row.found);
  if (several !== undefined && row.found.state === 'looked')
    return subject.isPart === true ? unreadable(row.found) : { state: 'several', parts: several };
  await keepLooked(row, deps);
  if (row.found.state === 'failed') return silent(row, row.found.error);
  const { outcome } = row.found.verification.verdict;
  if (outcome === 'unreachable' && row.refusedHost !== undefined)
    return failure(new BackpackError('private-address', { host: row.refusedHost }));
  const choice = choiceOf(row.found.verification.verdict);
  if (choice === 'nothing' || isUnread(row.found.verification))
    return subject.keepUnread ? keepUnread(row, row.found, deps) : unreadable(row.found);
  const inside = partsOf(row.found);
  if (choice === 'keep-as-unverified') return { ...(await asks(row, deps)), ...inside };
  const claimed = await claimBadge(row.key, choice, deps);
  if (!claimed.ok) return failure(claimed.error);
  await deps.store.looked.delete(row.key);
  return { state: 'kept', ...claimed.value, outcome, ...inside };
}

/** Nothing came from the address. What may pass can be kept and asked again later, as an offer of a page can. */
export function silent(row: Pick<LookedRow, 'key' | 'address'>, error: Failure): Imported {
  const mayKeep = row.address !== undefined && choiceAfterFailure(error.code) === 'keep-and-check-later';
  return { state: 'failed', error, ...(mayKeep ? { later: row.key } : {}) };
}

async function asks(row: LookedRow, deps: ActionDeps): Promise<Imported> {
  const looked = await lookedOfferOf(row, deps);
  if (looked.state === 'failed') return { state: 'failed', error: looked.error };
  const { card } = looked;
  // Asking about what he decided on before would only be in the way.
  return card.alreadyKept === undefined
    ? { state: 'asks', card }
    : { state: 'kept', badge: card.alreadyKept, alreadyKept: true, outcome: card.verdict.outcome };
}

type Found = Extract<LookedRow['found'], { state: 'looked' }>;

/** The badges in an envelope that is none itself. */
function severalIn(found: LookedRow['found']): readonly string[] | undefined {
  if (found.state === 'failed' || found.verification.badge !== undefined) return undefined;
  const { parts = [] } = partsOf(found);
  return parts.length === 0 ? undefined : parts;
}

/** The badges inside a record: it is kept as it is, and each of them can be kept as well. */
function partsOf(found: Found): { readonly parts?: readonly string[] } {
  const parts = (found.verification.parts ?? []).flatMap((bytes) => textOf(bytes) ?? []);
  return parts.length === 0 ? {} : { parts };
}

async function keepUnread(row: LookedRow, found: Found, deps: ActionDeps): Promise<Imported> {
  const kept = await keepBadge(row, found, 'to-check', deps);
  if (!kept.ok) return failure(kept.error);
  return { state: 'unread', badge: kept.value.badge, error: await whyUnread(found) };
}

async function unreadable(found: Found): Promise<Imported> {
  return { state: 'failed', error: await whyUnread(found) };
}

/** Why nothing could be read, in the words of whoever tried to take the badge out. */
async function whyUnread(found: Found): Promise<Failure> {
  const unbaked = await unbake(found.verification.original);
  if (unbaked.ok) return { code: 'not-a-badge', facts: {} };
  return { code: unbaked.error.code, facts: unbaked.error.facts };
}

function failure({ code, facts }: BackpackError): Imported {
  return { state: 'failed', error: { code, facts } };
}
