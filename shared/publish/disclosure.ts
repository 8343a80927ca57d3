import type { Identity, Recipient } from '../model/badge.ts';
import type { Sha256 } from '../model/brands.ts';
import { isJsonObject, type Json } from '../model/json.ts';

/** One document that becomes readable. `address`: where it was found, for those of a snapshot. */
export type DisclosedDocument = {
  readonly hash: Sha256;
  readonly bytes: number;
  readonly what: 'badge' | 'picture' | 'snapshot-document' | 'snapshot-index' | 'said';
  readonly mediaType: string;
  readonly address?: string;
};

/** All that publishing one badge would make readable to anyone. */
export type BadgeDisclosure = {
  readonly documents: readonly DisclosedDocument[];
  /** addresses of the learner that can be read in them; each needs a tick of its own */
  readonly inClear: readonly string[];
  /** true when the recipient stands there as a hash: whoever guesses the address can confirm it */
  readonly guessable: boolean;
  /** other e-mail addresses that can be read: an issuer's contact, a class mate's */
  readonly alsoNamed: readonly string[];
};

/** What a badge's documents say, decoded, whatever they were wrapped in. */
export type ToDisclose = {
  readonly documents: readonly DisclosedDocument[];
  readonly recipients: readonly Recipient[];
  readonly said: readonly Json[];
  readonly identities: readonly Identity[];
};

/**
 * Says exactly what becomes readable (design §9, threats T54): the documents byte for byte, and which addresses they give
 * away. An address counts as the learner's when the badge names it as recipient or the learner calls it his own,
 * wherever in the documents it stands.
 */
export function discloseBadge(badge: ToDisclose): BadgeDisclosure {
  const own = new Set<string>();
  for (const { type, identity, hashed } of badge.recipients)
    if (!hashed && type !== 'did') own.add(normalised(identity));
  const claimed = new Set(
    badge.identities.filter(({ type }) => type !== 'did').map(({ value }) => normalised(value)),
  );
  const others = new Set<string>();
  for (const text of badge.said.flatMap((json) => textsOf(json))) {
    if (claimed.has(normalised(text))) own.add(normalised(text));
    for (const address of text.match(emailForm) ?? []) {
      if (claimed.has(normalised(address))) own.add(normalised(address));
      else others.add(normalised(address));
    }
  }
  return {
    documents: badge.documents,
    inClear: [...own].sort(),
    guessable: badge.recipients.some(({ hashed }) => hashed),
    alsoNamed: [...others].filter((address) => !own.has(address)).sort(),
  };
}

/** All badges of a profile together: each document once, each address once. */
export function discloseAll(badges: readonly BadgeDisclosure[]): BadgeDisclosure {
  const documents = new Map(
    badges.flatMap((badge) => badge.documents).map((document) => [document.hash, document]),
  );
  const own = new Set(badges.flatMap(({ inClear }) => inClear));
  const others = new Set(badges.flatMap(({ alsoNamed }) => alsoNamed));
  return {
    documents: [...documents.values()],
    inClear: [...own].sort(),
    guessable: badges.some(({ guessable }) => guessable),
    alsoNamed: [...others].filter((address) => !own.has(address)).sort(),
  };
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value.slice(0, maxTextLength)];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsOf);
  return isJsonObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

function normalised(address: string): string {
  return address
    .trim()
    .replace(/^(mailto|tel):/i, '')
    .toLowerCase();
}

/** Bounded at every repeat, so that hostile text costs linear time. */
const emailForm = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g;
const maxTextLength = 100_000;
