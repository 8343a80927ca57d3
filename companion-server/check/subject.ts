import { parseSha256, parseUrl, type Sha256, type Url } from '../../shared/model/brands.ts';
import { sha256Of, utf8 } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxPublishedDocumentBytes } from '../../shared/model/limits.ts';
import { readBounded } from '../../shared/model/read-bounded.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { BadgeInput } from '../../shared/verify/open-badge.ts';
import { checkEn } from '../messages/check-en.ts';

/** What a visitor wants checked. */
export type Subject =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'address'; readonly address: Url }
  /** a document that is published on this server, by its hash */
  | { readonly kind: 'document'; readonly hash: Sha256 };

/** What `/check#document=…` or `#address=…` names. */
export function subjectOfFragment(fragment: string): Subject | undefined {
  const asked = new URLSearchParams(fragment.replace(/^#/, ''));
  const hash = parseSha256(asked.get('document') ?? '');
  if (hash.ok) return { kind: 'document', hash: hash.value };
  const address = parseUrl(asked.get('address') ?? '');
  return address.ok ? { kind: 'address', address: address.value } : undefined;
}

/** A typed or pasted text: an address where it is one, else the badge itself. */
export function subjectOfText(text: string): Subject {
  const address = /^https?:\/\/\S+$/i.test(text) ? parseUrl(text) : undefined;
  return address?.ok === true ? { kind: 'address', address: address.value } : { kind: 'text', text };
}

export function nameOf(subject: Subject): string {
  switch (subject.kind) {
    case 'file':
      return subject.file.name;
    case 'text':
      return checkEn.pasted;
    case 'address':
      return subject.address;
    case 'document':
      return checkEn.published;
  }
}

/** The bytes to check, or the address. Errors: `not-found`, `companion-unreachable`, `document-differs`. */
export async function inputOf(subject: Subject): Promise<Result<BadgeInput>> {
  switch (subject.kind) {
    case 'file':
      return ok({ kind: 'bytes', bytes: new Uint8Array(await subject.file.arrayBuffer()) });
    case 'text':
      return ok({ kind: 'bytes', bytes: utf8(subject.text) });
    case 'address':
      return ok({ kind: 'address', address: subject.address });
    case 'document':
      return publishedInput(subject.hash);
  }
}

async function publishedInput(hash: Sha256): Promise<Result<BadgeInput>> {
  try {
    const response = await fetch(`/d/${hash}`, { credentials: 'omit' });
    if (!response.ok) return failed(new BackpackError('not-found'));
    const bytes = await readBounded(response.body, maxPublishedDocumentBytes);
    // What this server hands out is what its page names, or it is not looked at.
    if (bytes === undefined || (await sha256Of(bytes)) !== hash)
      return failed(new BackpackError('document-differs'));
    return ok({ kind: 'bytes', bytes });
  } catch (cause) {
    return failed(new BackpackError('companion-unreachable', { host: location.host }, cause));
  }
}
