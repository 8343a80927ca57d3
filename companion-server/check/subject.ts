import { sniff } from '../../shared/baking/sniff.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import { parseSha256, parseUrl, type Sha256, type Url } from '../../shared/model/brands.ts';
import { sha256Of, textOf, utf8 } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxManifestBytes, maxPublishedDocumentBytes } from '../../shared/model/limits.ts';
import type { Shelf } from '../../shared/model/page-data.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { parseCompactJws } from '../../shared/sync/compact-jws.ts';
import type { BadgeInput } from '../../shared/verify/open-badge.ts';
import { checkEn } from '../messages/check-en.ts';
import { manifestOf, nameOfShelf, read, shelfOf } from './check-profile.ts';

/** Longer names of files are cut. */
const maxNameLength = 80;

/** What a visitor wants checked. */
export type Subject =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly text: string }
  /** a badge that an address carries in itself */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'address'; readonly address: Url }
  /** a document that is published on this server, by its hash, and the profile that shows it */
  | { readonly kind: 'document'; readonly hash: Sha256; readonly shownBy?: Shelf }
  /** a profile of this server, or an unlisted collection */
  | ({ readonly kind: 'profile' } & Shelf);

/** What `/check#document=…`, `#profile=…` or `#address=…` names. */
export function subjectOfFragment(fragment: string): Subject | undefined {
  const asked = new URLSearchParams(fragment.replace(/^#/, ''));
  const hash = parseSha256(asked.get('document') ?? '');
  const shownBy = shelfOf((asked.get('shown') ?? '').replace(/^@/, ''));
  if (hash.ok) return { kind: 'document', hash: hash.value, ...(shownBy === undefined ? {} : { shownBy }) };
  const shelf = shelfOf(asked.get('profile') ?? '');
  if (shelf !== undefined) return { kind: 'profile', ...shelf };
  const address = asked.get('address');
  return address === null ? undefined : subjectOfAddress(address);
}

/** A typed or pasted text: an address where it is one, else the badge itself. */
export function subjectOfText(text: string): Subject {
  return (/^https?:\/\/\S+$/i.test(text) ? subjectOfAddress(text) : undefined) ?? { kind: 'text', text };
}

/** The address of a badge, or of a profile on this server. */
function subjectOfAddress(text: string): Subject | undefined {
  const address = parseUrl(text);
  if (!address.ok) return undefined;
  const { origin, pathname } = new URL(address.value);
  const name = origin === location.origin ? /^\/@(.+?)(?:\.jws|\.json)?$/.exec(pathname)?.[1] : undefined;
  const shelf = shelfOf(name ?? '');
  return shelf === undefined ? { kind: 'address', address: address.value } : { kind: 'profile', ...shelf };
}

export function nameOf(subject: Subject): string {
  switch (subject.kind) {
    case 'file':
      return plainText(subject.file.name, maxNameLength);
    case 'text':
      return checkEn.pasted;
    case 'bytes':
      return checkEn.carried;
    case 'address':
      return subject.address;
    case 'document':
      return checkEn.published;
    case 'profile':
      return nameOfShelf(subject);
  }
}

/** The bytes to check, or the address. Errors: `not-found`, `companion-unreachable`, `document-differs`. */
export async function inputOf(subject: Subject): Promise<Result<BadgeInput>> {
  switch (subject.kind) {
    case 'file':
      return ok({ kind: 'bytes', bytes: new Uint8Array(await subject.file.arrayBuffer()) });
    case 'text':
      return ok({ kind: 'bytes', bytes: utf8(subject.text) });
    case 'bytes':
      return ok({ kind: 'bytes', bytes: subject.bytes });
    case 'address':
      return ok({ kind: 'address', address: subject.address });
    case 'document':
      return publishedInput(subject.hash);
    case 'profile': {
      const manifest = await manifestOf(subject);
      return manifest.ok ? ok({ kind: 'bytes', bytes: utf8(manifest.value) }) : manifest;
    }
  }
}

async function publishedInput(hash: Sha256): Promise<Result<BadgeInput>> {
  const bytes = await read(`/d/${hash}`, maxPublishedDocumentBytes);
  if (!bytes.ok) return bytes;
  // What this server hands out is what its page names, or it is not looked at.
  return (await sha256Of(bytes.value)) === hash
    ? ok({ kind: 'bytes', bytes: bytes.value })
    : failed(new BackpackError('document-differs'));
}

/** The signed list of a profile, where that is what was handed in. */
export function manifestIn(input: BadgeInput): string | undefined {
  if (input.kind !== 'bytes' || sniff(input.bytes) !== 'token') return undefined;
  const token = textOf(input.bytes)?.trim() ?? '';
  return parseCompactJws(token, 'backpack-manifest', maxManifestBytes).ok ? token : undefined;
}
