import type { Sha256 } from '../../shared/model/brands.ts';
import type { PublishedDocument, Storage } from '../storage/storage.ts';

/** A document that some live manifest names; whatever else the server holds is nobody's to read. */
export function readPublicDocument(hash: Sha256, storage: Storage): Promise<PublishedDocument | undefined> {
  return storage.read(({ published }) => published.publicDocument(hash));
}
