import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { Badge, Identity, Recipient, RecipientMatch } from '../model/badge.ts';
import { hexOf, utf8 } from '../model/bytes.ts';
import { percentDecoded } from '../model/percent.ts';

/** Hashes that badges of any generation were seen to use; 2.0 names sha256 and md5 (OB 2.0 §IdentityHash). */
const hashes: Readonly<
  Record<string, { readonly digest: (bytes: Uint8Array) => Uint8Array; readonly hexLength: number }>
> = {
  md5: { digest: md5, hexLength: 32 },
  sha1: { digest: sha1, hexLength: 40 },
  sha256: { digest: sha256, hexLength: 64 },
  sha384: { digest: sha384, hexLength: 96 },
  sha512: { digest: sha512, hexLength: 128 },
};

/** Longest identity or salt that is hashed; nothing a person has is longer. */
const maxIdentityLength = 4096;
/** Most identities of one badge that are compared. */
const maxRecipients = 100;

export type Comparison = 'matches' | 'differs' | 'cannot-compare';

/**
 * Whose the badge is, judged against the identities that the learner named (product §3).
 *
 * `names-nobody`: no recipient in it. `not-yet-matched`: none of the learner's identities is of a kind that the
 * badge names. `someone-elses`: there are identities of that kind and none is meant; it may still be another
 * address of the same person, so this never means forged.
 */
export async function recipientMatchOf(
  badge: Pick<Badge, 'recipients'>,
  identities: readonly Identity[],
): Promise<RecipientMatch> {
  if (badge.recipients.length === 0) return 'names-nobody';
  const verdict = await compareAny(badge.recipients, identities);
  if (verdict === 'matches') return 'yours';
  const comparable = badge.recipients.some((recipient) =>
    identities.some((identity) => kindOf(recipient) === kindOfIdentity(identity)),
  );
  return comparable && verdict === 'differs' ? 'someone-elses' : 'not-yet-matched';
}

/** True when the recipient is this identity. Source: OB 2.0 §IdentityObject; OB 3.0 §verify-identifier. */
export async function recipientMatches(recipient: Recipient, identity: Identity): Promise<boolean> {
  return compareRecipient(recipient, identity) === 'matches';
}

/** The best answer over all pairs: one match is enough; `cannot-compare` only when no pair could be compared. */
export async function compareAny(
  recipients: readonly Recipient[],
  identities: readonly Identity[],
): Promise<Comparison> {
  const answers = recipients
    .slice(0, maxRecipients)
    .flatMap((recipient) => identities.map((identity) => compareRecipient(recipient, identity)));
  if (answers.includes('matches')) return 'matches';
  return answers.length > 0 && answers.every((answer) => answer === 'cannot-compare')
    ? 'cannot-compare'
    : 'differs';
}

/**
 * Compares one recipient with one identity: kinds must be equal, plain texts equal exactly, hashes are
 * `algorithm$hex` over identity followed by salt, hex in either case. `cannot-compare`: a hash algorithm that
 * we do not know. The learner's spelling is tried as typed, trimmed, and for addresses lower-cased, because no
 * standard lowers e-mail and issuers differ; the badge's own text is never changed.
 * Source: OB 2.0 §IdentityObject; OB 3.0 §IdentityObject.
 */
export function compareRecipient(recipient: Recipient, identity: Identity): Comparison {
  if (kindOf(recipient) !== kindOfIdentity(identity)) return 'differs';
  const spellings = spellingsOf(identity);
  if (!recipient.hashed) {
    const named = withoutMailto(recipient.identity) ?? recipient.identity;
    return spellings.includes(named) ? 'matches' : 'differs';
  }
  const separator = recipient.identity.indexOf('$');
  const hash = hashes[separator < 0 ? '' : recipient.identity.slice(0, separator).toLowerCase()];
  if (hash === undefined) return separator < 0 ? 'differs' : 'cannot-compare';
  const hex = recipient.identity.slice(separator + 1).toLowerCase();
  const salt = recipient.salt ?? '';
  if (hex.length !== hash.hexLength || salt.length > maxIdentityLength) return 'differs';
  return spellings.some((spelling) => hexOf(hash.digest(utf8(spelling + salt))) === hex)
    ? 'matches'
    : 'differs';
}

function spellingsOf(identity: Identity): readonly string[] {
  const typed = withoutMailto(identity.value) ?? identity.value;
  if (typed.length > maxIdentityLength) return [];
  const trimmed = typed.trim();
  const lowered = kindOfIdentity(identity) === 'email' ? [trimmed.toLowerCase()] : [];
  return [...new Set([typed, trimmed, ...lowered])];
}

/** The words of all generations for one kind: `emailAddress` and a `mailto:` id are `email`, an `id` is compared as one. */
function kindOf(recipient: Recipient): string {
  if (!recipient.hashed && withoutMailto(recipient.identity) !== undefined) return 'email';
  return kindOfWord(recipient.type, recipient.hashed ? '' : recipient.identity);
}

function kindOfIdentity(identity: Identity): string {
  return withoutMailto(identity.value) === undefined ? kindOfWord(identity.type, identity.value) : 'email';
}

/** A word may bear the prefix of its vocabulary, and an `id` is a web address or a DID. */
function kindOfWord(written: string, value: string): string {
  const word = written.replace(/^(?:schema:|ext:|https?:\/\/schema\.org\/)/, '');
  if (word === 'emailAddress') return 'email';
  if (word !== 'id' && word !== '@id') return word;
  return /^https?:/i.test(value) ? 'url' : 'did';
}

/** The address of a `mailto:` identifier, which occurs as `credentialSubject.id`. */
function withoutMailto(identity: string): string | undefined {
  if (!/^mailto:/i.test(identity) || identity.length > maxIdentityLength) return undefined;
  return percentDecoded(identity.slice('mailto:'.length).split('?')[0] ?? '');
}
