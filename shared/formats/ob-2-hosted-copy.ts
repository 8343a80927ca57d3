import type { Url } from '../model/brands.ts';
import { failure, warning } from '../model/check.ts';
import type { Fetched } from '../model/effects.ts';
import { hostOf } from '../model/host-of.ts';
import { canonicalJson, type JsonObject, parseJsonObject, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { sameAddress, webAddressOf } from './linked.ts';
import { withSingleValues } from './ob-2-single-values.ts';
import { ob2ClassOf } from './ob-2-structure.ts';
import { idOf, linkOf } from './ob-2-view.ts';
import { recipientsOf } from './recipients.ts';

export type HostedCopy = {
  /** what the issuer's server says now: the truth */
  readonly document?: JsonObject;
  readonly hosted?: Fetched;
  readonly checks: readonly Check[];
};

const source = 'OB 2.0 §HostedBadge';

/** How a generation says where a document of it lives; 2.0 by its id. */
export type AddressOf = (document: JsonObject) => string | undefined;

/**
 * Asks the address that a hosted object names as its own for the object, because a presented copy proves nothing.
 *
 * 410, or a body that says so, asks `revoked`; anything but a JSON object with that id is no badge of that address. An
 * id that has moved since, as from http to https, counts when its address answers with itself. Where the copies name
 * another recipient, badge or uid the verdict is `invalid`; in anything else the hosted one counts and the difference
 * is said. Source: OB 2.0 §HostedBadge, §Revoking; trap 2.
 */
export async function readHostedCopy(
  subject: Subject,
  session: Session,
  addressOf: AddressOf = idOf,
): Promise<HostedCopy> {
  const presented = subject.document;
  const address = webAddressOf(addressOf(presented));
  if (address === undefined)
    return {
      checks: [
        failure('hosting', 'invalid', 'hosted-elsewhere', source, { address: addressOf(presented) ?? '' }),
      ],
    };
  const copy = await readAt(address, subject, session, addressOf);
  // One step in all: whoever was found at another address than his id has taken it.
  const moved = subject.address === undefined ? webAddressOf(copy.moved) : undefined;
  if (moved === undefined) return copy;
  const there = await readAt(moved, subject, session, addressOf);
  if (there.document === undefined) return copy;
  const note = warning('hosting', 'hosted-redirected', source, { host: hostOf(address), address: moved });
  return { ...there, checks: [note, ...there.checks] };
}

/** `moved`: the other address that what lies there gives as its own; then it does not count. */
async function readAt(
  address: Url,
  subject: Subject,
  session: Session,
  addressOf: AddressOf,
): Promise<HostedCopy & { readonly moved?: string }> {
  const facts = { host: hostOf(address), address };

  const answer = await session.read(address);
  if (!answer.ok)
    return { checks: [failure('hosting', 'unreachable', 'document-unreachable', source, facts)] };
  const hosted = answer.value;
  // A body may come with it or not; the status says all (OB 1.1 §Revoking, OB 2.0 §Revoking).
  if (hosted.status === 410) return { hosted, checks: [failure('status', 'revoked', 'gone', source, facts)] };
  if (hosted.status !== 200) {
    const unread = { ...facts, status: hosted.status };
    return { checks: [failure('hosting', 'unreachable', 'document-unreachable', source, unread)] };
  }
  const parsed = parseJsonObject(hosted.bytes);
  if (!parsed.ok)
    return { hosted, checks: [failure('hosting', 'malformed', 'document-not-json', source, facts)] };
  const named = subject.generation === '2.0' ? ob2ClassOf(parsed.value) : undefined;
  const document = named === undefined ? parsed.value : withSingleValues(parsed.value, named);
  const stated = addressOf(document);
  // 1.x: an object that says "revoked" and nothing else stands in the assertion's place (OB 1.1 §Revoking).
  const isBareStub = stated === undefined && document['revoked'] === true;
  if (!isBareStub && !sameAddress(stated ?? '', address)) {
    const elsewhere = { ...facts, address: (stated ?? '').slice(0, 200) };
    const checks = [failure('hosting', 'invalid', 'hosted-elsewhere', source, elsewhere)];
    return { hosted, checks, ...(stated === undefined ? {} : { moved: stated }) };
  }
  const checks = [
    ...(await foundElsewhere(subject, address, session)),
    ...revokedInBody(document),
    ...differences(subject.document, document, addressOf),
  ];
  return { document, hosted, checks };
}

/** Given by an address that is not its id: allowed, for the id was asked, but said. A picture lies elsewhere by nature. */
async function foundElsewhere(
  subject: Subject,
  address: string,
  session: Session,
): Promise<readonly Check[]> {
  if (subject.address === undefined || sameAddress(subject.address, address)) return [];
  const found = await session.read(subject.address);
  if (!found.ok || !parseJsonObject(found.value.bytes).ok) return [];
  return [warning('hosting', 'hosted-redirected', source, { host: hostOf(subject.address), address })];
}

/** What an assertion says of itself: where its issuer serves it, or inside his signature. */
export function revokedInBody(document: JsonObject): readonly Check[] {
  if (document['revoked'] !== true) return [];
  const reason = stringOf(document['revocationReason']) ?? '';
  return [
    failure('status', 'revoked', 'has-been-revoked', 'OB 2.0 §Assertion (revoked)', {
      reason: reason.slice(0, 500),
    }),
  ];
}

/** A revoked assertion may be a stub: what it leaves out contradicts nothing. */
function differences(presented: JsonObject, hosted: JsonObject, addressOf: AddressOf): readonly Check[] {
  if (canonicalJson(presented) === canonicalJson(hosted)) return [];
  const [served, links] = [namesIn(hosted), linksIn(hosted)];
  const from = houseOf(addressOf(presented));
  const to = houseOf(addressOf(hosted));
  const mayLack = (value: string | undefined) => hosted['revoked'] === true && value === undefined;
  const name = Object.entries(namesIn(presented)).find(
    ([field, value]) => value !== served[field] && !mayLack(served[field]),
  );
  const link = Object.entries(linksIn(presented)).find(
    ([field, value]) =>
      value !== links[field] && rehoused(value, from, to) !== links[field] && !mayLack(links[field]),
  );
  const differing = name ?? link;
  if (differing === undefined) return [warning('integrity', 'hosted-copy-differs', source, {})];
  return [failure('integrity', 'invalid', 'hosted-copy-differs', source, { field: differing[0] })];
}

type Fields = Readonly<Record<string, string | undefined>>;

function namesIn(document: JsonObject): Fields {
  const recipients = recipientsOf(document).map(
    ({ type, hashed, identity, salt = '' }) => [type, hashed, identity, salt] as const,
  );
  return {
    uid: stringOf(document['uid']),
    recipient: recipients.length === 0 ? undefined : canonicalJson(recipients),
  };
}

function linksIn(document: JsonObject): Fields {
  return { badge: withoutScheme(linkOf(document['badge'])), claim: withoutScheme(linkOf(document['claim'])) };
}

/** Issuers who have moved from http to https since, or to or from `www`, name the same things. */
function withoutScheme(link: string | undefined): string | undefined {
  return link?.trim().replace(/^https?:\/\/(?:www\.)?/i, '');
}

function houseOf(address: string | undefined): string {
  return withoutScheme(address)?.replace(/[/?#].*$/s, '') ?? '';
}

/** The link of an issuer who has moved to another host with all that is his, as Acclaim to Credly. */
function rehoused(link: string | undefined, from: string, to: string): string | undefined {
  return link?.startsWith(`${from}/`) === true ? to + link.slice(from.length) : link;
}
