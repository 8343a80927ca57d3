import type { Url } from '../model/brands.ts';
import type { Result } from '../model/result.ts';
import type { Sniffed } from './sniff.ts';

/** What came out of a container. */
export type Unbaked = {
  /** name of the container in the registry: `json`, `jws`, `png`, `svg` */
  readonly container: string;
  /** what was inside, byte for byte: JSON text or a compact token; of a bare reference the text of the address */
  readonly document: Uint8Array;
  /** only an address was inside (as badges were baked before 2013): the badge is what it answers */
  readonly reference?: Url;
  /** further documents in the same picture, the more likely first; `document` is the newest generation */
  readonly others: readonly Uint8Array[];
  /** the checksum of the badge's own chunk does not fit; told as a warning, the proof decides */
  readonly checksumBad: boolean;
};

/** One way in which a badge can be handed over. Recognised by its bytes, never by a name or a media type. */
export type Container = {
  readonly name: string;
  readonly recognises: (found: Sniffed) => boolean;
  /** Errors: `malformed-picture`, `drawing-with-declarations`, `picture-without-badge`. */
  readonly unbake: (bytes: Uint8Array) => Promise<Result<Unbaked>>;
};

/** Which of the two bakes a document gets: an assertion of 1.x and 2.0, or a credential of 3.0. */
export type BakeKind = 'assertion' | 'credential';

/** Largest file that is looked into, in bytes (design §11). */
export const maxContainerBytes = 5 * 1024 * 1024;
/** Largest document after decompression, in bytes. */
export const maxInflatedBytes = 1024 * 1024;
/** Most baked documents that are read from one picture. */
export const maxBakedDocuments = 16;
