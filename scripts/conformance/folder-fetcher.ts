import { instantOf, parseUrl, type Url } from '../../shared/model/brands.ts';
import type { Fetcher } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok } from '../../shared/model/result.ts';
import { type Case, type Manifest, type Resource, readCaseFile } from './manifest.ts';

const maxRedirects = 5;

/** The network of one case: its resources answer, every other address is a host that cannot be reached. */
export function folderFetcher(manifest: Manifest, one: Case): Fetcher {
  const answers = new Map<string, Resource>();
  for (const [address, resource] of Object.entries(one.resources)) {
    answers.set(withoutFragment(address), resource);
    const normalised = parseUrl(address);
    if (normalised.ok && !answers.has(withoutFragment(normalised.value)))
      answers.set(withoutFragment(normalised.value), resource);
  }
  return async ({ url, maxBytes }) => {
    let at: Url = url;
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const resource = answers.get(withoutFragment(at));
      if (resource === undefined)
        return failed(new BackpackError('offer-unreachable', { host: new URL(at).host }));
      if (resource.status < 300 || resource.status > 399 || resource.location === undefined) {
        const bytes =
          resource.file === undefined ? new Uint8Array() : readCaseFile(manifest.folder, resource.file);
        if (bytes.length > maxBytes) return failed(new BackpackError('offer-too-large', { limit: maxBytes }));
        const mediaType = (resource.contentType ?? '').toLowerCase();
        return ok({ requested: url, url: at, status: resource.status, mediaType, bytes, at: instantOf(0) });
      }
      const next = parseUrl(resource.location, at);
      if (!next.ok)
        return failed(
          new BackpackError('redirect-not-allowed', { address: resource.location.slice(0, 200) }),
        );
      at = next.value;
    }
    return failed(new BackpackError('redirect-not-allowed', { hops: maxRedirects }));
  };
}

function withoutFragment(address: string): string {
  const hash = address.indexOf('#');
  return hash < 0 ? address : address.slice(0, hash);
}
