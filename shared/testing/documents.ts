import { type Instant, parseUrl, type Url } from '../model/brands.ts';
import { type Bytes, utf8 } from '../model/bytes.ts';
import type { Fetcher } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import type { Json } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { testNow } from './seeded.ts';

/** What one address answers. `location`: where a status of 301 to 308 leads. */
export type Served = {
  readonly status: number;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly location?: string;
};

/** Everything that issuers serve, by address without fragment. */
export type Documents = ReadonlyMap<string, Served>;

export const jsonType = 'application/ld+json';

export function servedJson(value: Json, mediaType: string = jsonType): Served {
  return { status: 200, mediaType, bytes: jsonBytes(value) };
}

export function servedBytes(bytes: Uint8Array, mediaType: string): Served {
  return { status: 200, mediaType, bytes };
}

/** Bytes of a value as issuers write JSON: readable, with a line break at the end. */
export function jsonBytes(value: Json): Bytes {
  return utf8(`${JSON.stringify(value, null, 2)}\n`);
}

/** One map out of several; later ones win. */
export function mergeDocuments(...all: readonly Documents[]): Documents {
  return new Map(all.flatMap((documents) => [...documents]));
}

/**
 * A fetcher over a map, with no network: redirects are followed as a browser does, sizes are bounded, and an address
 * that is not there behaves as a host that cannot be reached. `asked` collects the addresses in order.
 */
export function fetcherOver(documents: Documents, at: Instant = testNow, asked: Url[] = []): Fetcher {
  return async ({ url, maxBytes }) => {
    let current = url;
    for (let hop = 0; hop <= 3; hop += 1) {
      asked.push(current);
      const answer = documents.get(current.split('#')[0] ?? '');
      if (answer === undefined) return unreachable(current);
      const { status, mediaType, bytes, location } = answer;
      if (location !== undefined) {
        const next = parseUrl(location, current);
        if (!next.ok) return failed(new BackpackError('redirect-not-allowed', {}));
        current = next.value;
        continue;
      }
      if (bytes.length > maxBytes) return failed(new BackpackError('offer-too-large', { limit: maxBytes }));
      return ok({ requested: url, url: current, status, mediaType, bytes, at });
    }
    return failed(new BackpackError('redirect-not-allowed', {}));
  };
}

function unreachable(url: Url): Result<never> {
  return failed(new BackpackError('offer-unreachable', { host: new URL(url).host }));
}
