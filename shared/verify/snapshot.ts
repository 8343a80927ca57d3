import type { Snapshot } from '../model/badge.ts';
import { parseUrl } from '../model/brands.ts';
import type { Fetched, Fetcher } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, ok } from '../model/result.ts';

/**
 * A fetcher that knows only what a snapshot holds and never reaches a network: verifying with it and the same clock
 * gives the same verdict (product §5). Anything else answers `offline`.
 */
export function snapshotFetcher(snapshot: Snapshot): Fetcher {
  const answers = new Map<string, Fetched>();
  for (const document of snapshot.documents) {
    const requested = parseUrl(document.address);
    const final = parseUrl(document.finalAddress);
    if (!requested.ok || !final.ok) continue;
    answers.set(requested.value, {
      requested: requested.value,
      url: final.value,
      status: document.status,
      mediaType: document.mediaType,
      bytes: document.bytes,
      at: document.at,
    });
  }
  return async ({ url }) => {
    const answer = answers.get(url);
    return answer === undefined ? failed(new BackpackError('offline', { address: url })) : ok(answer);
  };
}
