import { parseUrl, type Url } from '../model/brands.ts';
import type { Clock, Fetched, Fetcher, FetchRequest } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { isPrivateHost } from '../model/private-host.ts';
import { readBounded } from '../model/read-bounded.ts';
import { failed, ok, type Result } from '../model/result.ts';

/**
 * Which hosts of the reader's own network may be asked: `all` when the page that offers stands in that network itself,
 * otherwise only the one that he typed or said yes to, if any.
 */
export type PrivateHosts = 'all' | { readonly only: string | undefined };

/** Whether the browser lets an origin be asked. */
export type MayReach = (origin: string) => Promise<boolean>;

/** What a browser has for reading the web. */
export type NetworkEffects = {
  readonly send: (address: string, request: RequestInit) => Promise<Response>;
  readonly clock: Clock;
  readonly isOffline: () => boolean;
  readonly mayReach?: MayReach;
};

/**
 * A browser's way to the network: every request is a GET without credentials and referrer, and nothing is read from or
 * written to the browser's cache.
 *
 * `mayReach` is asked only after a failure, because some issuers answer whoever asks; then it tells a silent issuer
 * from one that was never asked.
 *
 * A redirect's hops cannot be seen from here; where it ended is judged by the same rule as where it began.
 */
export function networkFetcher(
  { send, clock, isOffline, mayReach = async () => true }: NetworkEffects,
  privateHosts: PrivateHosts,
  timeoutMs: number,
): Fetcher {
  return async (request) => {
    const asked = request.url;
    if (!mayAsk(asked, privateHosts)) return refused('private-address', asked);
    const giveUp = AbortSignal.timeout(timeoutMs);
    const signal = request.signal === undefined ? giveUp : AbortSignal.any([request.signal, giveUp]);
    try {
      const response = await send(request.url, {
        method: 'GET',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        redirect: 'follow',
        cache: 'no-store',
        signal,
        ...(request.accept === undefined ? {} : { headers: { accept: request.accept } }),
      });
      return await read(request, response, privateHosts, clock);
    } catch (cause) {
      if (giveUp.aborted) return refused('offer-timed-out', asked, cause);
      if (!(await mayReach(new URL(asked).origin))) return refused('access-withheld', asked, cause);
      return refused(isOffline() ? 'offline' : 'offer-unreachable', asked, cause);
    }
  };
}

async function read(
  request: FetchRequest,
  response: Response,
  privateHosts: PrivateHosts,
  clock: Clock,
): Promise<Result<Fetched>> {
  const ended = parseUrl(response.url);
  if (!ended.ok || !mayAsk(ended.value, privateHosts)) {
    await response.body?.cancel();
    return refused('redirect-not-allowed', request.url);
  }
  const bytes = await readBounded(response.body, request.maxBytes);
  if (bytes === undefined) return refused('offer-too-large', request.url);
  return ok({
    requested: request.url,
    url: ended.value,
    status: response.status,
    mediaType: (response.headers.get('content-type') ?? '').toLowerCase(),
    bytes,
    at: clock(),
  });
}

function mayAsk(url: Url, privateHosts: PrivateHosts): boolean {
  return privateHosts === 'all' || !isPrivateHost(url) || privateHosts.only === new URL(url).host;
}

function refused(
  code:
    | 'private-address'
    | 'redirect-not-allowed'
    | 'offer-too-large'
    | 'offer-timed-out'
    | 'offer-unreachable'
    | 'offline'
    | 'access-withheld',
  url: Url,
  cause?: unknown,
): Result<never> {
  const { host, origin } = new URL(url);
  return failed(new BackpackError(code, code === 'access-withheld' ? { host, origin } : { host }, cause));
}
