import { textOf } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import {
  deleteManifest,
  parseDocumentHash,
  parseIfMatch,
  parseManifestSlug,
  putManifest,
  putPublishedDocument,
} from '../../shared/protocol/publishing.ts';
import { publishDocument, publishManifest, unpublish } from '../use-cases/publish.ts';
import { json, nothing, refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';

export const publishedDocuments = apiRoute(putPublishedDocument, async ({ body, names, signer }, deps) => {
  const hash = parseDocumentHash(names['hash'] ?? '');
  const put = hash.ok ? await publishDocument(signer().account, hash.value, body, deps) : hash;
  if (!put.ok) return refusal(put.error);
  return { status: put.value.isNew ? 201 : 200 };
});

export const manifests = apiRoute(putManifest, async ({ body, names, header, signer }, deps) => {
  const slug = parseManifestSlug(names['slug'] ?? '');
  if (!slug.ok) return refusal(slug.error);
  const from = parseIfMatch(header('if-match'));
  if (!from.ok) return refusal(from.error);
  const token = textOf(body);
  if (token === undefined) return refusal(new BackpackError('manifest-refused', { member: 'signature' }));
  const published = await publishManifest(signer().account, slug.value, token, from.value, deps);
  if (!published.ok) return refusal(published.error);
  const { isNew, ...reply } = published.value;
  return json(isNew ? 201 : 200, reply);
});

export const manifestRemoval = apiRoute(deleteManifest, async ({ names, header, signer }, deps) => {
  const slug = parseManifestSlug(names['slug'] ?? '');
  if (!slug.ok) return refusal(slug.error);
  const from = parseIfMatch(header('if-match'));
  if (!from.ok) return refusal(from.error);
  const ended = await unpublish(signer().account, slug.value, from.value, deps);
  return ended.ok ? nothing : refusal(ended.error);
});
