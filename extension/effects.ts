import { instantOf, parseUrl, type Url } from '../shared/model/brands.ts';
import type { Clock, Fetched, Fetcher, FetchRequest, Random } from '../shared/model/effects.ts';
import { BackpackError } from '../shared/model/errors.ts';
import { isPrivateHost } from '../shared/model/private-host.ts';
import { failed, ok, type Result } from '../shared/model/result.ts';
import { readBounded } from './bounded-body.ts';

/** How long one address may take, from asking to the last byte. */
export const fetchTimeoutMs = 15_000;

export const clock: Clock = () => instantOf(Date.now());

export const random: Random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));

/**
 * Which hosts of the learner's own network may be asked: `all` when the page that offers stands in that network itself
 * otherwise only the one that he typed or said yes to, if any.
 */
export type PrivateHosts = 'all' | { readonly only: string | undefined };

/**
 * The extension's way to the network. With host permissions a plain fetch would carry a site's cookies, those marked
 * `SameSite=Strict` too, so a page could press buttons elsewhere in the learner's name (threat T73): every request is a
 * GET without credentials and referrer, and nothing is read from or written to the browser's cache.
 *
 * `mayReach`: whether the browser lets an origin be asked. It is put only after a failure, because some issuers answer
 * whoever asks; then it tells a silent issuer from one that was never asked.
 *
 * A redirect's hops cannot be seen from an extension; where it ended is judged by the same rule as where it began.
 */
export function networkFetcher(
  privateHosts: PrivateHosts,
  timeoutMs: number = fetchTimeoutMs,
  mayReach: (origin: string) => Promise<boolean> = async () => true,
): Fetcher {
  return async (request) => {
    const asked = request.url;
    if (!mayAsk(asked, privateHosts)) return refused('private-address', asked);
    const giveUp = AbortSignal.timeout(timeoutMs);
    const signal = request.signal === undefined ? giveUp : AbortSignal.any([request.signal, giveUp]);
    try {
      const response = await fetch(request.url, {
        method: 'GET',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        redirect: 'follow',
        cache: 'no-store',
        signal,
        ...(request.accept === undefined ? {} : { headers: { accept: request.accept } }),
      });
      return await read(request, response, privateHosts);
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
): Promise<Result<Fetched>> {
  const ended = parseUrl(response.url);
  if (!ended.ok || !mayAsk(ended.value, privateHosts)) {
    await response.body?.cancel();
    return refused('redirect-not-allowed', request.url);
  }
  const bytes = await readBounded(response, request.maxBytes);
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

function isOffline(): boolean {
  return typeof navigator !== 'undefined' && navigator.onLine === false;
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
