import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Agent, type Dispatcher, request as send } from 'undici';
import { parseUrl, type Url } from '../../shared/model/brands.ts';
import type { Clock, Fetched, Fetcher, FetchRequest } from '../../shared/model/effects.ts';
import { BackpackError, type ErrorCode } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { isPublicAddress } from './address-rule.ts';
import { readBody } from './bounded-body.ts';
import { checkedLookup, type ResolveName } from './checked-lookup.ts';
import type { HostTurns } from './host-turns.ts';

export const maxRedirects = 3;
export const maxBodyBytes = 1024 * 1024;
export const connectTimeoutMs = 3_000;
export const totalTimeoutMs = 10_000;

export type GuardRules = {
  /** exact origins that skip the address, scheme and port rules, and nothing else */
  readonly allow: readonly string[];
  /** plain http is read too */
  readonly http: boolean;
  /** this server itself, never fetched */
  readonly publicOrigin: string;
  readonly userAgent: string;
};

export type GuardEffects = {
  readonly clock: Clock;
  readonly turns: HostTurns;
  readonly resolve?: ResolveName;
};
export type GuardedFetcher = { readonly fetch: Fetcher; readonly close: () => Promise<void> };

/**
 * The server's only way out: GET without credentials, to public addresses alone, within hard bounds.
 * The rule is applied to each hop, to literal addresses before a socket opens and to every DNS answer inside
 * the socket's own lookup. Source: design §11.
 */
export function guardedFetcher(rules: GuardRules, effects: GuardEffects): GuardedFetcher {
  const resolve = effects.resolve ?? resolveName;
  const guarded = agentWith(checkedLookup(resolve, isPublicAddress));
  const open = agentWith(checkedLookup(resolve, () => true));
  const fetch: Fetcher = async (request) => {
    let url: Url = request.url;
    const limit = Math.min(request.maxBytes, maxBodyBytes);
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const refusal = refusalOf(url, rules);
      if (refusal !== undefined) return refused(refusal, url);
      if (!(await effects.turns(new URL(url).host, request.signal))) return refused('offer-timed-out', url);
      const dispatcher = isAllowedOrigin(url, rules) ? open : guarded;
      const answer = await ask(url, dispatcher, limit, rules.userAgent, request);
      if (!answer.ok) return answer;
      const { status, location, mediaType, bytes } = answer.value;
      if (location === undefined)
        return ok({
          requested: request.url,
          url,
          status,
          mediaType,
          bytes,
          at: effects.clock(),
        } satisfies Fetched);
      const next = parseUrl(location, url);
      if (!next.ok) return refused('redirect-not-allowed', url);
      url = next.value;
    }
    return refused('redirect-not-allowed', url);
  };
  return { fetch, close: async () => void (await Promise.all([guarded.destroy(), open.destroy()])) };
}

/** Why this address may not be asked at all, judged without opening a socket; `undefined` when it may. */
function refusalOf(address: Url, rules: GuardRules): ErrorCode | undefined {
  const url = new URL(address);
  if (url.origin === rules.publicOrigin) return 'address-not-allowed';
  if (isAllowedOrigin(address, rules)) return undefined;
  // This server is nobody's issuer, by whichever scheme it is asked. A trailing dot changes nothing.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const name = host.replace(/\.$/, '');
  if (name === new URL(rules.publicOrigin).hostname) return 'address-not-allowed';
  if (url.protocol !== 'https:' && !rules.http) return 'address-not-allowed';
  // The parser leaves the port empty exactly for 443 with https and 80 with http.
  if (url.port !== '') return 'address-not-allowed';
  if (isIP(host) !== 0) return isPublicAddress(host) ? undefined : 'private-address';
  // Names of this machine and of local networks, whatever a resolver says of them.
  if (!name.includes('.') || /\.(?:localhost|local|internal|home\.arpa)$/.test(name))
    return 'private-address';
  return undefined;
}

function isAllowedOrigin(address: Url, rules: GuardRules): boolean {
  return rules.allow.includes(new URL(address).origin);
}

type Answer = { status: number; location: string | undefined; mediaType: string; bytes: Uint8Array };

async function ask(
  url: Url,
  dispatcher: Dispatcher,
  maxBytes: number,
  userAgent: string,
  { accept, signal }: FetchRequest,
): Promise<Result<Answer>> {
  const timeout = AbortSignal.timeout(totalTimeoutMs);
  try {
    const answer = await send(url, {
      dispatcher,
      method: 'GET',
      headers: { 'user-agent': userAgent, accept: accept ?? '*/*', 'accept-encoding': 'identity' },
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    const { statusCode: status, headers, body } = answer;
    const location = [301, 302, 303, 307, 308].includes(status) ? textOf(headers['location']) : undefined;
    if (location !== undefined) {
      // Its body is of no interest and may be endless.
      body.on('error', () => undefined).destroy();
      return ok({ status, location, mediaType: '', bytes: new Uint8Array() });
    }
    const bytes = await readBody(body, textOf(headers['content-encoding']), maxBytes);
    if (!bytes.ok) return refused(bytes.error, url);
    const mediaType = (textOf(headers['content-type']) ?? '').toLowerCase().slice(0, 200);
    return ok({ status, location, mediaType, bytes: bytes.value });
  } catch (cause) {
    return refused(codeOf(cause, timeout), url, cause);
  }
}

/** Translates the errors of undici, node:net and node:dns; the only place that knows them. */
function codeOf(thrown: unknown, timeout: AbortSignal): ErrorCode {
  if (timeout.aborted) return 'offer-timed-out';
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'EADDRREFUSED') return 'private-address';
  if (
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    code === 'UND_ERR_HEADERS_TIMEOUT' ||
    code === 'UND_ERR_BODY_TIMEOUT'
  )
    return 'offer-timed-out';
  return 'offer-unreachable';
}

function agentWith(lookupFunction: ReturnType<typeof checkedLookup>): Agent {
  return new Agent({
    connect: { lookup: lookupFunction, timeout: connectTimeoutMs },
    allowH2: false,
    maxHeaderSize: 16 * 1024,
    headersTimeout: totalTimeoutMs,
    bodyTimeout: totalTimeoutMs,
    keepAliveTimeout: 4_000,
  });
}

function resolveName(name: string): ReturnType<ResolveName> {
  return lookup(name, { all: true, order: 'verbatim' });
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function refused(code: ErrorCode, url: Url, cause?: unknown): Result<never> {
  return failed(new BackpackError(code, { address: url.slice(0, 200) }, cause));
}
