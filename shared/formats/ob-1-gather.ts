import { failure, passed, warning } from '../model/check.ts';
import { hostOf } from '../model/host-of.ts';
import { isJsonObject, type JsonObject, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Subject } from '../model/subject.ts';
import type { Check, CheckName } from '../model/verdict.ts';
import { judgeExtensions } from './extensions.ts';
import type { Gathered } from './format.ts';
import { generationOf } from './generation.ts';
import { readObject, sameAddress } from './linked.ts';
import { isBackpackCopy, judgeOb1, type Ob1Class, ob1ClassOf, ob1VerificationOf } from './ob-1-structure.ts';
import { homeOfOb1 } from './ob-1-view.ts';
import { checksOf, gatherOb2 } from './ob-2-gather.ts';
import { readHostedCopy, revokedInBody } from './ob-2-hosted-copy.ts';
import { idOf, linkOf } from './ob-2-view.ts';
import { isOldHash, namesUnknownHash } from './old-values.ts';
import { recipientsOf } from './recipients.ts';

export const ob1Source = 'OB 1.1 §Data Structures';

/**
 * Reads what a 1.x object rests on: the copy at `verify.url`, which then counts, its badge class and its issuer, each
 * under the address that links to it. Source: OB 1.1 §Badge Verification.
 */
export async function gatherOb1(subject: Subject, session: Session): Promise<Gathered> {
  if (!isHostedOb1(subject)) {
    const { document } = subject;
    return gatherParts(
      { subject, checks: [...revokedInBody(document), ...judgeIdentity(document)] },
      session,
    );
  }
  const presented = { ...subject, document: originalOf(subject.document) };
  const copy = await readHostedCopy(presented, session, homeOfOb1);
  const found = copy.hosted === undefined ? subject : { ...subject, hosted: copy.hosted };
  const { document } = copy;
  if (document === undefined) return { subject: found, checks: copy.checks };
  if (document['revoked'] === true && document['badge'] === undefined)
    return { subject: found, checks: copy.checks };
  if (generationOf(document) === '2.0') return gatherMovedOn(subject, document, session);

  const form = checksOf(judgeOb1(document, ob1ClassOf(subject.document) ?? 'Assertion'), ob1Source);
  const broken = form.filter((check) => check.asks !== undefined);
  const hosted: Subject = { ...found, document, generation: generationOf(document) ?? subject.generation };
  const gathered = { subject: hosted, checks: [...copy.checks, ...idNote(document), ...broken] };
  if (broken.length > 0) return gathered;
  return gatherParts({ ...gathered, checks: [...gathered.checks, ...judgeIdentity(document)] }, session);
}

/** True when its own address vouches for it; a signed assertion without its signature is nobody's word. */
export function isHostedOb1({ token, document }: Subject): boolean {
  if (token !== undefined) return false;
  return (
    ob1ClassOf(document) !== 'Assertion' ||
    ob1VerificationOf(document) === 'hosted' ||
    document['revoked'] === true
  );
}

/**
 * The issuer serves 2.0 at the old address by now. What it says there is the badge; the learner's older copy must name
 * the same person.
 */
async function gatherMovedOn(subject: Subject, hosted: JsonObject, session: Session): Promise<Gathered> {
  const before = recipientsOf(originalOf(subject.document));
  const now = recipientsOf(hosted).map(({ identity }) => identity);
  const differs = before.some(({ identity }) => !now.includes(identity));
  const { token: _, ...rest } = subject;
  const gathered = await gatherOb2({ ...rest, generation: '2.0', document: hosted }, session);
  const facts = { host: hostOf(homeOfOb1(subject.document) ?? '') };
  const note = differs
    ? failure('integrity', 'invalid', 'hosted-copy-differs', ob1Source, { ...facts, field: 'recipient' })
    : warning('integrity', 'hosted-copy-differs', ob1Source, facts);
  const form = checksOf(judgeOb1(hosted, ob1ClassOf(subject.document) ?? 'Assertion'), ob1Source);
  const broken = form.filter((check) => check.asks !== undefined);
  return { ...gathered, checks: [...gathered.checks, ...broken, note] };
}

async function gatherParts(found: Gathered, session: Session): Promise<Gathered> {
  const { subject, checks } = await gatherClass(found, session);
  return { subject, checks: [...checks, ...(await judgeExtensions(subject, session))] };
}

async function gatherClass({ subject, checks }: Gathered, session: Session): Promise<Gathered> {
  const named = ob1ClassOf(subject.document);
  if (named === 'BadgeClass') return gatherIssuer({ subject, checks }, subject.document, session);
  if (named !== 'Assertion') return { subject, checks };
  const address = linkOf(subject.document['badge']);
  const badge = await partAt(address, 'BadgeClass', 'hosting', session);
  const all = [...checks, ...badge.checks];
  if (badge.part === undefined) return { subject, checks: all };
  return gatherIssuer({ subject: { ...subject, badgeClass: badge.part }, checks: all }, badge.part, session);
}

async function gatherIssuer(
  { subject, checks }: Gathered,
  badgeClass: JsonObject,
  session: Session,
): Promise<Gathered> {
  const issuer = await partAt(linkOf(badgeClass['issuer']), 'Issuer', 'issuer', session);
  const all = [...checks, ...issuer.checks];
  return issuer.part === undefined
    ? { subject, checks: all }
    : { subject: { ...subject, issuer: issuer.part }, checks: all };
}

type Part = { readonly part?: JsonObject; readonly checks: readonly Check[] };

/**
 * A linked document under the address that links to it, whatever it calls itself: 1.0 has no ids, and an id that
 * somebody writes into his own document must never stand for the host that it names (threat T43).
 */
async function partAt(
  link: string | undefined,
  as: Ob1Class,
  check: CheckName,
  session: Session,
): Promise<Part> {
  const address = (link ?? '').trim();
  const { document, checks } = await readObject(address, check, session);
  if (document === undefined) return { checks };
  const own = idOf(document);
  const elsewhere =
    own !== undefined && !sameAddress(own, address)
      ? [
          warning(check, 'hosted-redirected', ob1Source, {
            host: hostOf(address),
            address: own.slice(0, 200),
          }),
        ]
      : [];
  const form = checksOf(judgeOb1(document, as), ob1Source).filter(({ outcome }) => outcome !== 'passed');
  return { part: { ...document, id: address }, checks: [...checks, ...elsewhere, ...form] };
}

/** 1.1: an id that is not where the assertion lives is no error, for `verify.url` counts. */
function idNote(document: JsonObject): readonly Check[] {
  const id = idOf(document);
  const home = homeOfOb1(document);
  if (id === undefined || home === undefined || sameAddress(id, home)) return [];
  return [
    warning('hosting', 'hosted-redirected', ob1Source, { host: hostOf(home), address: id.slice(0, 200) }),
  ];
}

/** Who is said to be hidden by a hash must be. Source: OB 1.1 §IdentityObject; the validators of the time. */
function judgeIdentity(document: JsonObject): readonly Check[] {
  const recipient = document['recipient'];
  if (!isJsonObject(recipient)) return [];
  const [read] = recipientsOf(document);
  if (read === undefined) return [];
  const { identity, hashed } = read;
  const facts = { field: 'recipient.identity' };
  // A hash that is called plain names nobody: no text of a person's is compared with it.
  if (!hashed)
    return isOldHash(identity) ? [failure('form', 'malformed', 'bad-value', ob1Source, facts)] : [];
  if (isOldHash(identity)) return [passed('form', 'well-formed', ob1Source)];
  return namesUnknownHash(identity)
    ? [warning('form', 'field-loose', ob1Source, facts)]
    : [failure('form', 'malformed', 'bad-value', ob1Source, facts)];
}

/** What the issuer wrote, as far as a copy of the Mozilla backpack still says it (trap 5). */
function originalOf(document: JsonObject): JsonObject {
  if (!isBackpackCopy(document)) return document;
  const { badge, recipient, salt, ...rest } = document;
  const original = document['_originalRecipient'];
  const identity = stringOf(recipient);
  const restored: JsonObject =
    identity === undefined
      ? { recipient: recipient ?? null }
      : { recipient: { type: 'email', hashed: identity.includes('$'), identity, salt: salt ?? null } };
  const address = isJsonObject(badge) ? stringOf(badge['_location']) : undefined;
  return {
    ...rest,
    ...(isJsonObject(original) ? { recipient: original } : restored),
    ...(address === undefined ? {} : { badge: address }),
  };
}
