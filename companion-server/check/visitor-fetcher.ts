import { instantOf, type Url } from '../../shared/model/brands.ts';
import type { Fetched, Fetcher, FetchRequest } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { isPrivateHost } from '../../shared/model/private-host.ts';
import { readBounded } from '../../shared/model/read-bounded.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { parseReadingReply, readForVisitor } from '../../shared/protocol/reading.ts';
import { networkFetcher } from '../../shared/verify/network-fetcher.ts';

/** One address that a check asked for, and how far that has got; `relay…`: by way of this server. */
export type Asking = {
  readonly address: Url;
  readonly state: 'asking' | 'answered' | 'relaying' | 'relayed' | 'silent';
};

export type VisitorFetcher = {
  readonly fetch: Fetcher;
  /** for what is no matter of the verdict: the browser alone, and no host that the verdict did not need */
  readonly quietly: Fetcher;
  /** all that was asked for, in order */
  readonly asked: () => readonly Asking[];
};

const timeoutMs = 15_000;
/** What an answer of 1 MiB takes in base64, and its frame. */
const maxRelayedBytes = 1_500_000;

export const clock = () => instantOf(Date.now());

/**
 * Reads for a check in a visitor's browser: by the browser itself where the other side lets it, else by the server's
 * guard, whose word it then is. Hosts of the visitor's own network are asked only by a page that stands there itself.
 */
export function visitorFetcher(tell: (asked: readonly Asking[]) => void): VisitorFetcher {
  const asked: Asking[] = [];
  const isAtHome = isPrivateHost(location.href as Url);
  const read = networkFetcher(
    {
      send: (address, request) => fetch(address, request),
      clock,
      isOffline: () => !navigator.onLine,
    },
    isAtHome ? 'all' : { only: undefined },
    timeoutMs,
  );
  return {
    fetch: async (request) => {
      const index = asked.length;
      const say = (state: Asking['state']): void => {
        asked[index] = { address: request.url, state };
        tell([...asked]);
      };
      say('asking');
      const direct = await read(request);
      if (direct.ok || direct.error.code !== 'offer-unreachable') {
        say(direct.ok ? 'answered' : 'silent');
        return direct;
      }
      say('relaying');
      const relayed = await relay(request);
      say(relayed.ok ? 'relayed' : 'silent');
      return relayed;
    },
    // Else whoever made a badge could have a picture tell who looks at it.
    quietly: async (request) => {
      const { host } = new URL(request.url);
      const isKnown = asked.some(
        ({ address, state }) => state === 'answered' && new URL(address).host === host,
      );
      return isKnown ? read(request) : failed(new BackpackError('address-not-allowed', { host }));
    },
    asked: () => asked,
  };
}

/** What the server was answered. Where it can neither, the failure names the host that was asked for. */
async function relay({ url, maxBytes, signal }: FetchRequest): Promise<Result<Fetched>> {
  const unreachable = (cause?: unknown) =>
    failed(new BackpackError('offer-unreachable', { host: new URL(url).host }, cause));
  const giveUp = AbortSignal.timeout(timeoutMs + 5_000);
  try {
    const response = await fetch(`${readForVisitor.path}?address=${encodeURIComponent(url)}`, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: signal === undefined ? giveUp : AbortSignal.any([signal, giveUp]),
    });
    const body = await readBounded(response.body, maxRelayedBytes);
    const reply = body === undefined || !response.ok ? undefined : parseReadingReply(body);
    if (reply?.ok !== true) return unreachable();
    if ('failed' in reply.value)
      return failed(new BackpackError(reply.value.failed, { host: new URL(url).host }));
    const { answer } = reply.value;
    if (answer.bytes.length > maxBytes)
      return failed(new BackpackError('offer-too-large', { host: new URL(url).host }));
    return ok({ ...answer, requested: url, url: answer.url as Url });
  } catch (cause) {
    return unreachable(cause);
  }
}
