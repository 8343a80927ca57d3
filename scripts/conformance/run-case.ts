import { unbake } from '../../shared/baking/registry.ts';
import { profileInResponse } from '../../shared/formats/badge-connect.ts';
import { generationOfPart } from '../../shared/formats/generation.ts';
import { recipientsOf } from '../../shared/formats/recipients.ts';
import { formatOf } from '../../shared/formats/registry.ts';
import { primitiveValues } from '../../shared/formats/values.ts';
import type { Identity } from '../../shared/model/badge.ts';
import { parseUrl } from '../../shared/model/brands.ts';
import { textOf, utf8 } from '../../shared/model/bytes.ts';
import { type JsonObject, listOf, parseJsonObject, stringOf } from '../../shared/model/json.ts';
import type { ContextSource } from '../../shared/model/session.ts';
import { decide } from '../../shared/model/verdict.ts';
import { leaveIssuerOpen } from '../../shared/proofs/issuer-binding.ts';
import { judgeHosting } from '../../shared/verify/hosting.ts';
import type { BadgeInput } from '../../shared/verify/open-badge.ts';
import { verifyProofs } from '../../shared/verify/proofs.ts';
import { parseCompactToken, readDocument } from '../../shared/verify/read-document.ts';
import { compareAny } from '../../shared/verify/recipient.ts';
import { openSession } from '../../shared/verify/session.ts';
import { judgeStructure, readJsonWithin } from '../../shared/verify/structure.ts';
import { type VerifyEffects, verifyBadge } from '../../shared/verify/verify-badge.ts';
import { apiObjects } from './api-objects.ts';
import type { Traits } from './bar.ts';
import { clockOf } from './case-clock.ts';
import { folderFetcher } from './folder-fetcher.ts';
import { type Case, type Manifest, readCaseFile } from './manifest.ts';
import type { Observed } from './pass.ts';
import { traitsOf } from './traits.ts';

export type Ran = { readonly observed: Observed; readonly traits: Traits };

/**
 * Runs one case. Its scope and its input decide what is asked of the product; its id and generation do not, its format
 * only where the input is no badge at all.
 */
export async function runCase(manifest: Manifest, one: Case, contexts: ContextSource): Promise<Ran> {
  const bytes = readCaseFile(manifest.folder, one.file);
  const read = await readJsonWithin(bytes);
  const document = read.ok ? read.value : undefined;
  const now = clockOf(one, document);
  const effects = { fetch: folderFetcher(manifest, one), clock: () => now, contexts };
  const observed = await observe(manifest, one, bytes, document, effects);
  return { observed, traits: traitsOf(one, document) };
}

async function observe(
  manifest: Manifest,
  one: Case,
  bytes: Uint8Array,
  document: JsonObject | undefined,
  effects: Required<Omit<VerifyEffects, 'cryptography'>>,
): Promise<Observed> {
  switch (one.scope) {
    case 'full':
      return observeFull(one, bytes, document, effects);
    case 'structure':
      return one.format === 'value-table'
        ? observeValues(document)
        : observeStructure(manifest, one, bytes, document);
    case 'proof':
      return observeProofs(bytes, effects);
    case 'bake':
      return observeBake(bytes);
    case 'recipient':
      return observeRecipient(one, document);
    case 'detect':
      return observeGeneration(document);
    case 'hosted-scope':
      return observeHosting(document, effects);
    case 'decode':
      return observeToken(bytes);
    default:
      return { verdict: 'unsupported', reason: `scope ${one.scope}` };
  }
}

async function observeFull(
  one: Case,
  bytes: Uint8Array,
  document: JsonObject | undefined,
  effects: Required<Omit<VerifyEffects, 'cryptography'>>,
): Promise<Observed> {
  const address = one.address === undefined ? undefined : parseUrl(one.address);
  if (address?.ok === false) return { verdict: 'malformed', reason: 'address-not-allowed' };
  const input: BadgeInput =
    address === undefined ? { kind: 'bytes', bytes } : { kind: 'address', address: address.value };
  const recipient = identitiesOf(one);
  const { verdict, badge } = await verifyBadge(
    input,
    { acceptsParts: true, ...(recipient === undefined ? {} : { recipient }) },
    effects,
  );
  const match =
    recipient === undefined || badge === undefined
      ? undefined
      : (await compareAny(badge.recipients, recipient)) === 'matches';
  const generation = badge?.generation ?? (document === undefined ? undefined : generationOfPart(document));
  return {
    verdict: verdict.outcome,
    reason: verdict.reason,
    warnings: verdict.checks.some(({ outcome }) => outcome === 'warning' || outcome === 'unknown'),
    endorsements: verdict.checks.filter(({ detail }) => detail.code === 'endorsement-good').length,
    ...(match === undefined ? {} : { recipientMatch: match }),
    ...(generation === undefined ? {} : { detectedGeneration: generation }),
  };
}

async function observeStructure(
  manifest: Manifest,
  one: Case,
  bytes: Uint8Array,
  document: JsonObject | undefined,
): Promise<Observed> {
  const judge = Object.hasOwn(apiObjects, one.format) ? apiObjects[one.format] : undefined;
  if (judge !== undefined)
    return judge(bytes, document)
      ? { verdict: 'valid', reason: 'well-formed' }
      : { verdict: 'malformed', reason: 'bad-value' };
  const carried = profileInResponse(document);
  const inner = carried === undefined ? bytes : utf8(JSON.stringify(carried));
  const { outcome, reason } = await judgeStructure(inner, (address) => {
    const file = one.resources[address]?.file;
    const parsed = file === undefined ? undefined : parseJsonObject(readCaseFile(manifest.folder, file));
    return parsed?.ok === true ? parsed.value : undefined;
  });
  // The scope knows two answers: what nobody knows is not well formed.
  return { verdict: outcome === 'valid' ? 'valid' : 'malformed', reason };
}

/** `valid`: the primitive takes every good value and no bad one. */
function observeValues(table: JsonObject | undefined): Observed {
  const name = stringOf(table?.['type']) ?? '';
  const judge = Object.hasOwn(primitiveValues, name) ? primitiveValues[name] : undefined;
  if (table === undefined || judge === undefined) return { verdict: 'unsupported', reason: `value ${name}` };
  const wrong = [
    ...listOf(table['good']).filter((value) => !judge(value)),
    ...listOf(table['bad']).filter(judge),
  ];
  return wrong.length === 0
    ? { verdict: 'valid', reason: 'all-passed' }
    : { verdict: 'malformed', reason: `misjudged ${JSON.stringify(wrong)}` };
}

async function observeProofs(
  bytes: Uint8Array,
  effects: Required<Omit<VerifyEffects, 'cryptography'>>,
): Promise<Observed> {
  const reading = readDocument(bytes);
  if ('refusal' in reading)
    return { verdict: reading.refusal.asks ?? 'malformed', reason: reading.refusal.detail.code };
  const format = formatOf(reading.subject.generation);
  if (format === undefined) return { verdict: 'unsupported', reason: 'generation-not-supported' };
  const { session } = openSession(effects.clock(), effects.fetch, effects.contexts);
  const { checks } = await verifyProofs(format.proofsOf(reading.subject), reading.subject, session, {
    bindIssuer: leaveIssuerOpen,
  });
  const { outcome, reason } = decide(checks, [], session.now);
  return { verdict: outcome, reason };
}

async function observeBake(bytes: Uint8Array): Promise<Observed> {
  const unbaked = await unbake(bytes);
  if (!unbaked.ok) return { verdict: 'malformed', reason: unbaked.error.code };
  const extracted = textOf(unbaked.value.document);
  return { verdict: 'valid', reason: 'all-passed', ...(extracted === undefined ? {} : { extracted }) };
}

async function observeRecipient(one: Case, document: JsonObject | undefined): Promise<Observed> {
  const identities = identitiesOf(one);
  if (document === undefined || identities === undefined) return { verdict: 'malformed', reason: 'not-json' };
  const answer = await compareAny(recipientsOf(document), identities);
  if (answer === 'cannot-compare')
    return { verdict: 'unsupported', reason: 'algorithm-not-supported', recipientMatch: false };
  const matches = answer === 'matches';
  return {
    verdict: matches ? 'valid' : 'invalid',
    reason: matches ? 'recipient-matches' : 'recipient-differs',
    recipientMatch: matches,
  };
}

function observeGeneration(document: JsonObject | undefined): Observed {
  if (document === undefined) return { verdict: 'malformed', reason: 'not-json' };
  const generation = generationOfPart(document);
  return generation === undefined
    ? { verdict: 'unsupported', reason: 'unknown-generation' }
    : { verdict: 'valid', reason: 'all-passed', detectedGeneration: generation };
}

async function observeHosting(
  document: JsonObject | undefined,
  effects: Required<Omit<VerifyEffects, 'cryptography'>>,
): Promise<Observed> {
  if (document === undefined) return { verdict: 'malformed', reason: 'not-json' };
  const { session } = openSession(effects.clock(), effects.fetch, effects.contexts);
  const scope = await judgeHosting(document, session);
  if (scope === undefined) return { verdict: 'unreachable', reason: 'document-unreachable' };
  if (scope.kind === 'outside') return { verdict: 'invalid', reason: 'outside-issuer-scope' };
  const warned = scope.kind === 'unknown' || scope.loose;
  return {
    verdict: 'valid',
    reason: scope.kind === 'unknown' ? 'issuer-scope-unknown' : 'inside-issuer-scope',
    warnings: warned,
  };
}

function observeToken(bytes: Uint8Array): Observed {
  const token = parseCompactToken(textOf(bytes)?.trim() ?? '');
  return !token.ok
    ? { verdict: 'malformed', reason: 'not-json' }
    : { verdict: 'valid', reason: 'all-passed' };
}

/** An `id` may be a DID or an address; either way it is compared as it is written. */
function identitiesOf(one: Case): readonly Identity[] | undefined {
  const { recipient } = one;
  if (recipient === undefined) return undefined;
  const types = recipient.type === 'id' ? ['did', 'url'] : [recipient.type];
  return recipient.values.flatMap((value) => types.map((type) => ({ type, value })));
}
