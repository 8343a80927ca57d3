import type { Fetched, Fetcher } from '../../shared/model/effects.ts';
import { parseJsonObject } from '../../shared/model/json.ts';

export const cacheTimeMs = 15 * 60 * 1000;
export const maxCachedBytes = 32 * 1024 * 1024;
/** What an answer takes beside its body and its addresses, or many small ones would take any amount. */
const entryBytes = 1024;

/**
 * Remembers good answers for 15 minutes, in memory only, by the whole address: an issuer's profile or key file
 * that ten badges rest on is asked for once. Only bodies that parsed as JSON are kept, so that an error page or
 * half an answer is never shared between learners (T40).
 */
export function cachedFetcher(fetch: Fetcher, now: () => number): Fetcher {
  const kept = new Map<
    string,
    { readonly answer: Fetched; readonly until: number; readonly weight: number }
  >();
  let keptBytes = 0;
  const forget = (address: string) => {
    keptBytes -= kept.get(address)?.weight ?? 0;
    kept.delete(address);
  };
  return async (request) => {
    const known = kept.get(request.url);
    if (known !== undefined && known.until > now() && known.answer.bytes.length <= request.maxBytes)
      return { ok: true, value: known.answer };
    const answer = await fetch(request);
    if (!answer.ok || answer.value.status !== 200 || !parseJsonObject(answer.value.bytes).ok) return answer;
    forget(request.url);
    const { requested, url, mediaType, bytes } = answer.value;
    const weight = entryBytes + bytes.length + 2 * (requested.length + url.length + mediaType.length);
    kept.set(request.url, { answer: answer.value, until: now() + cacheTimeMs, weight });
    keptBytes += weight;
    // A Map keeps the order of insertion: the oldest go first.
    for (const address of kept.keys()) {
      if (keptBytes <= maxCachedBytes) break;
      forget(address);
    }
    return answer;
  };
}
