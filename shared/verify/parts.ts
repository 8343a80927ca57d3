import { recipientsOf } from '../formats/recipients.ts';
import { utf8 } from '../model/bytes.ts';
import { passed, warning } from '../model/check.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { CarriedPart } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import type { VerifiedCredential } from '../status/status-kind.ts';
import { shareOf } from './session.ts';

const source = 'CLR 2.0 §ClrSubject; OB 3.0 §verification';

/** How a part is verified in a session of its own: like a badge that came by itself, but for what it carries. */
export type PartVerifier = (
  session: Session,
  parts: number,
) => (bytes: Uint8Array) => Promise<VerifiedCredential>;

/** Most parts that are verified at once: their issuers are others, so that each waits for its own. */
const maxAtOnce = 8;

/**
 * Verifies the credentials inside a record, each on its own and with its share of the addresses that may be asked. A
 * bad part is told and spoils neither the record nor its neighbours; a part about somebody else is told as well.
 */
export async function judgeCarriedParts(
  parts: readonly CarriedPart[],
  record: JsonObject,
  session: Session,
  verifierIn: PartVerifier,
): Promise<readonly Check[]> {
  const judged: Judged[] = [];
  for (let from = 0; from < parts.length; from += maxAtOnce) {
    const some = parts.slice(from, from + maxAtOnce).map((part) => {
      const own = session.within?.(shareOf(parts.length)) ?? session;
      return judgePart(part, record, own, verifierIn(own, parts.length));
    });
    judged.push(...(await Promise.all(some)));
  }
  const subject = listOf(record['credentialSubject'])[0];
  if (!isJsonObject(subject)) return judged.flatMap(({ checks }) => checks);
  const inside = listOf(subject['verifiableCredential']);
  // What came as a token is known by what it holds.
  const read = judged.map(({ document }) => document);
  const held = [record, ...inside, ...listOf(subject['achievement']), ...read];
  return [
    ...judged.flatMap(({ checks }) => checks),
    ...(inside.length > parts.length
      ? [warning('limits', 'some-not-checked', 'ours', { what: 'badges', limit: parts.length })]
      : []),
    ...judgeAssociations(listOf(subject['association']), held),
  ];
}

type Judged = { readonly checks: readonly Check[]; readonly document: JsonObject };

async function judgePart(
  part: CarriedPart,
  record: JsonObject,
  session: Session,
  verify: ReturnType<PartVerifier>,
): Promise<Judged> {
  const { verdict, subject, issuerProof } = await verify(bytesOfPart(part));
  const document = subject?.document ?? (part.kind === 'document' ? part.document : {});
  const name = nameOf(document);
  const { outcome, reason } = verdict;
  const another = isAboutAnother(record, document)
    ? [warning('part', 'part-other-person', source, { name })]
    : [];
  const beside = [...another, ...verdict.checks.flatMap((check) => endorsementInside(check, name))];
  if (outcome === 'valid') {
    const isOpen = issuerProof.kind === 'unconfirmed' || issuerProof.kind === 'none';
    const open = isOpen ? [warning('part', 'part-not-confirmed', source, { name })] : [];
    return { checks: [passed('part', 'part-good', source, { name }), ...open, ...beside], document };
  }
  const wasCut = outcome === 'unreachable' && (session.unasked?.() ?? []).length > 0;
  const told = warning('part', wasCut ? 'part-not-asked' : 'part-bad', source, { name, outcome, reason });
  return { checks: [told, ...beside], document };
}

/** What others say of a badge inside, told of that badge. */
function endorsementInside(told: Check, part: string): readonly Check[] {
  const { check, outcome, detail, source: asked } = told;
  if (detail.code === 'some-not-checked' || detail.code === 'endorser-not-confirmed') return [told];
  if (check !== 'endorsement') return [];
  const facts = { ...detail.facts, part };
  return outcome === 'passed'
    ? [passed('part', 'part-endorsement-good', asked, facts)]
    : [warning('part', 'part-endorsement-bad', asked, facts)];
}

/** A part as it would stand alone: a compact token, or JSON. */
export function bytesOfPart(part: CarriedPart): Uint8Array {
  return utf8(part.kind === 'token' ? part.text : JSON.stringify(part.document));
}

/** Both name somebody, and nobody that the record names is named in the part. */
function isAboutAnother(record: JsonObject, part: JsonObject): boolean {
  const [whose, theirs] = [recipientsOf(record), recipientsOf(part)];
  if (whose.length === 0 || theirs.length === 0) return false;
  return !theirs.some((their) =>
    whose.some(
      // Hashes of one identity under two salts cannot be held against each other.
      (own) => own.identity === their.identity || own.hashed || their.hashed || own.type !== their.type,
    ),
  );
}

/** An association must connect what the record holds. Source: CLR 2.0 §Association. */
function judgeAssociations(associations: readonly Json[], held: readonly Json[]): readonly Check[] {
  const known = new Set<string>();
  for (const holder of held) {
    if (!isJsonObject(holder)) continue;
    const inner = listOf(holder['credentialSubject'])[0];
    const achievement = isJsonObject(inner) ? listOf(inner['achievement'])[0] : undefined;
    for (const value of [holder['id'], isJsonObject(achievement) ? achievement['id'] : undefined]) {
      const id = stringOf(value);
      if (id !== undefined) known.add(id);
    }
  }
  return associations
    .filter(isJsonObject)
    .flatMap((association) => [association['sourceId'], association['targetId']])
    .filter((id) => typeof id === 'string' && !known.has(id))
    .slice(0, maxTold)
    .map((id) => warning('part', 'association-loose', source, { part: String(id).slice(0, 200) }));
}

/** Most loose ends that are told one by one. */
const maxTold = 10;

function nameOf(document: JsonObject): string {
  const subject = listOf(document['credentialSubject'])[0];
  const achievement = isJsonObject(subject) ? listOf(subject['achievement'])[0] : undefined;
  const name = (isJsonObject(achievement) ? achievement['name'] : undefined) ?? document['name'];
  return typeof name === 'string' ? name.slice(0, 200) : '';
}
