import { instantOf, parseUrl, type Url } from '../../shared/model/brands.ts';
import type { Fetcher, FetchRequest } from '../../shared/model/effects.ts';
import { BackpackError, type ErrorCode } from '../../shared/model/errors.ts';
import { isPrivateHost } from '../../shared/model/private-host.ts';
import { readBounded } from '../../shared/model/read-bounded.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';

export const fetchTimeoutMs = 10_000;
export const maxRedirects = 5;

/**
 * The command line's way to the network: GET without credentials, within bounds. A badge from a stranger must not
 * send requests into the reader's own network, so private hosts answer only where `mayAskPrivate` says yes.
 */
export function nodeFetcher(mayAskPrivate: (origin: string) => boolean): Fetcher {
  return async (request) => {
    const timeout = AbortSignal.timeout(fetchTimeoutMs);
    const signal = request.signal === undefined ? timeout : AbortSignal.any([request.signal, timeout]);
    let url: Url = request.url;
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      if (isPrivateHost(url) && !mayAskPrivate(new URL(url).origin)) return refused('private-address', url);
      try {
        const response = await fetch(url, {
          redirect: 'manual',
          signal,
          ...(request.accept === undefined ? {} : { headers: { accept: request.accept } }),
        });
        const next =
          response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
        if (next === null) return await answerOf(request, url, response);
        await response.body?.cancel();
        const target = parseUrl(next, url);
        if (!target.ok) return refused('redirect-not-allowed', url);
        url = target.value;
      } catch (cause) {
        return refused(timeout.aborted ? 'offer-timed-out' : 'offer-unreachable', url, cause);
      }
    }
    return refused('redirect-not-allowed', url);
  };
}

async function answerOf(request: FetchRequest, url: Url, response: Response) {
  const bytes = await readBounded(response.body, request.maxBytes);
  if (bytes === undefined) return refused('offer-too-large', url);
  return ok({
    requested: request.url,
    url,
    status: response.status,
    mediaType: (response.headers.get('content-type') ?? '').toLowerCase(),
    bytes,
    at: instantOf(Date.now()),
  });
}

function refused(code: ErrorCode, url: Url, cause?: unknown): Result<never> {
  return failed(new BackpackError(code, { address: url }, cause));
}
