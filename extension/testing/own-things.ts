import { base64UrlOf, sha256Of, utf8 } from '../../shared/model/bytes.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { splitBlob } from '../../shared/sync/blobs.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { memberField, newCollectionFields } from '../store/collection-doc.ts';
import { clock, type MemoryBrowser, random } from './memory-browser.ts';

/** A badge as the backpack keeps it; that it proves nothing does not matter here. */
export async function keep(browser: MemoryBrowser, name: string): Promise<DocId> {
  const bytes = utf8(JSON.stringify({ name }));
  const hash = await sha256Of(bytes);
  const at = clock();
  await browser.storage.write(async ({ blobs }) => void (await blobs.put(splitBlob(hash, bytes))));
  await browser.changeDoc(`badge|${hash}`, {
    made: at,
    as: 'claimed',
    original: hash,
    container: 'json',
    badge: { achievement: { name, tags: [] }, issuer: { id: '' }, recipients: [] },
    verdict: { outcome: 'valid', reason: 'all-passed', checks: [], documents: [], at },
    snapshot: { taken: at, documents: [] },
  });
  return `badge|${hash}`;
}

/** A collection with one badge in it; gives the secret name that it would be unlisted under. */
export async function collect(
  browser: MemoryBrowser,
  name: string,
  badge: DocId,
  reach: string,
  more: JsonObject = {},
) {
  const secret = base64UrlOf(random(32));
  const made = newCollectionFields({ now: clock(), title: name, slug: name, secret, at: undefined });
  await browser.changeDoc(`collection|${name}`, {
    ...made,
    reach,
    [memberField(badge)]: 'i',
    ...more,
  });
  return secret;
}
