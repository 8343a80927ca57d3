import { parseSha256 } from '../../shared/model/brands.ts';
import { readPublicDocument } from '../use-cases/read-public-document.ts';
import { missing, publicRoute } from './public-route.ts';

/** Kinds that a browser may show by themselves; everything else it saves (design §9). */
const shown: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);
const endings: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'image/svg+xml': 'svg',
  'image/gif': 'gif',
};

export const document = publicRoute('/d/:hash', 'document', async ({ names }, { storage }) => {
  const hash = parseSha256(names['hash'] ?? '');
  const found = hash.ok ? await readPublicDocument(hash.value, storage) : undefined;
  if (found === undefined) return missing();
  const name = `${found.hash.slice(0, 22)}.${endings[found.mediaType] ?? 'txt'}`;
  return {
    status: 200,
    body: new Uint8Array(found.bytes),
    headers: {
      'content-type': found.mediaType,
      'content-disposition': shown.has(found.mediaType) ? 'inline' : `attachment; filename="${name}"`,
      etag: `"${found.hash}"`,
    },
  };
});
