import { unbake } from '../baking/registry.ts';
import type { Url } from '../model/brands.ts';
import { failure, warning } from '../model/check.ts';
import type { BackpackError, ErrorCode } from '../model/errors.ts';
import type { Session } from '../model/session.ts';
import type { Check, FindingCode } from '../model/verdict.ts';
import { type Presentation, presentedIn } from './presentation.ts';
import { type Held, openDocument } from './read-document.ts';

/** What is verified: bytes in hand (with the address they came from, when known), or whatever an address answers. */
export type BadgeInput =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly address?: Url }
  | { readonly kind: 'address'; readonly address: Url };

/** A document as it came, and what there is to say of the way. */
export type Opened = {
  readonly original: Uint8Array;
  readonly container: string;
  readonly document: Uint8Array;
  readonly address?: Url;
  readonly notes: readonly Check[];
  /** what else the same picture holds */
  readonly others?: readonly Uint8Array[];
};
/** The same, its envelope off: what the document holds. */
export type Unwrapped = Opened & {
  readonly held: Held;
  /** the envelope that it came in, and the documents of one that holds no single badge */
  readonly presentation?: Presentation;
  readonly parts?: readonly Uint8Array[];
};
export type Refused = { readonly original: Uint8Array; readonly refusal: Check };

/** Gets the bytes, and the document out of whatever holds it. */
export async function openInput(input: BadgeInput, session: Session): Promise<Opened | Refused> {
  if (input.kind === 'address') return openAddress(input.address, session);
  return openBytes(input.bytes, input.address, session, true);
}

/** What an address answers, taken out of whatever holds it. `mayRefer`: a picture may only say where its badge lies. */
export async function openAddress(
  address: Url,
  session: Session,
  mayRefer = true,
): Promise<Opened | Refused> {
  const answer = await session.read(address);
  if (!answer.ok) return { original: new Uint8Array(), refusal: unreachable(address, answer.error) };
  const { status, bytes } = answer.value;
  if (status === 410) {
    const refusal = failure('hosting', 'revoked', 'gone', 'OB 1.1 §Revoking; OB 2.0 §Hosted Verification', {
      address,
      host: new URL(address).host,
    });
    return { original: bytes, refusal };
  }
  if (status !== 200) {
    const refusal = failure('hosting', 'unreachable', 'document-unreachable', 'OB 2.0 §Data Validation', {
      address,
      host: new URL(address).host,
      status,
    });
    return { original: bytes, refusal };
  }
  return openBytes(bytes, address, session, mayRefer);
}

/** The same for bytes at hand. */
export async function openBytes(
  original: Uint8Array,
  address: Url | undefined,
  session: Session,
  mayRefer: boolean,
): Promise<Opened | Refused> {
  const unbaked = await unbake(original);
  if (!unbaked.ok) return { original, refusal: notOpened(unbaked.error) };
  const { container, document, reference, others, checksumBad } = unbaked.value;
  const more = others.length === 0 ? {} : { others };
  const notes = checksumBad
    ? [warning('form', 'field-loose', 'OB 2.0 Baking §PNG', { field: 'checksum of the picture' })]
    : [];
  if (reference === undefined)
    return { original, container, document, notes, ...more, ...(address === undefined ? {} : { address }) };
  // A picture of the first years holds only where its badge lies; one such step, never a chain of them.
  const referred = mayRefer
    ? await openAddress(reference, session, false)
    : { original, refusal: notOpened(undefined) };
  return 'refusal' in referred
    ? { original, refusal: referred.refusal }
    : { ...referred, original, container, ...more, notes: [...notes, ...referred.notes] };
}

/** A presentation of one badge is that badge; the envelope around it is only how it came. */
export function unwrapped(opened: Opened | Refused): Unwrapped | Refused {
  if ('refusal' in opened) return opened;
  const held = openDocument(opened.document);
  const presentation = presentedIn(held);
  if (presentation === undefined) return { ...opened, held };
  const { parts } = presentation;
  const [first, ...others] = parts;
  if (first === undefined || others.length > 0) return { ...opened, held, presentation, parts };
  // The address served the envelope: it is not where the badge itself lives.
  const { address: _, ...alone } = opened;
  return { ...alone, presentation, document: first, held: openDocument(first) };
}

function unreachable(address: Url, error: BackpackError): Check {
  return failure('hosting', 'unreachable', 'document-unreachable', 'OB 2.0 §Data Validation', {
    address,
    host: new URL(address).host,
    why: error.code,
  });
}

function notOpened(error: BackpackError | undefined): Check {
  if (error?.code === 'offer-too-large')
    return failure('limits', 'malformed', 'too-large', 'ours', error.facts);
  const code = (error && findingOfError[error.code]) ?? 'not-a-badge';
  return failure('form', 'malformed', code, 'OB 3.0 §Baked Badge; OB 2.0 Baking', error?.facts ?? {});
}

/** Why nothing could be taken out, where that has a finding of its own. */
const findingOfError: Readonly<Partial<Record<ErrorCode, FindingCode>>> = {
  'malformed-json': 'not-json',
  'picture-without-badge': 'picture-without-badge',
  'malformed-picture': 'malformed-picture',
  'drawing-with-declarations': 'drawing-with-declarations',
};
