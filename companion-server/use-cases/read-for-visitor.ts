import { unbake } from '../../shared/baking/registry.ts';
import { sniff } from '../../shared/baking/sniff.ts';
import { parseUrl } from '../../shared/model/brands.ts';
import type { Fetched, Fetcher } from '../../shared/model/effects.ts';
import { ok, type Result } from '../../shared/model/result.ts';

/** What may be read on behalf of visitors, in bytes; the guard reads no more of anything. */
const maxReadingBytes = 1024 * 1024;
/** By so many it can be told what else it is. */
const tellingBytes = 64;
/** A visitor waits no longer for it. */
const readingTimeoutMs = 15_000;

/**
 * Reads an address for a visitor, through the guard alone. Nothing but what a badge may rest on is handed on (JSON,
 * tokens, pictures that hold a badge), and no more than the beginning of anything else, so that nobody gets at pages or
 * pictures by way of this server. Errors: those of the guard, and `address-not-allowed`.
 */
export async function readForVisitor(address: string, fetch: Fetcher): Promise<Result<Fetched>> {
  const url = parseUrl(address);
  if (!url.ok) return url;
  const signal = AbortSignal.timeout(readingTimeoutMs);
  const read = await fetch({ url: url.value, maxBytes: maxReadingBytes, signal });
  if (!read.ok) return read;
  // What stands on an error page is of no use to a check.
  if (read.value.status !== 200) return ok({ ...read.value, bytes: new Uint8Array() });
  const found = sniff(read.value.bytes);
  if (found === 'json' || found === 'token') return read;
  const holdsBadge = (found === 'png' || found === 'svg') && (await unbake(read.value.bytes)).ok;
  return holdsBadge ? read : ok({ ...read.value, bytes: read.value.bytes.slice(0, tellingBytes) });
}
