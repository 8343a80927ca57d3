import type { IssuerProof } from '../model/badge.ts';
import { parseUrl, type Url } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import { passed, warning } from '../model/check.ts';
import { hostOf } from '../model/host-of.ts';
import { isJsonObject, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import { type CarriedEndorsement, maxEndorsements, type Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import type { VerifiedCredential } from '../status/status-kind.ts';

const source = 'OB 3.0 §endorsement-verification; OB 2.0 §Endorsement';

/** How an endorsement is verified: like a badge, `way` further from the one that all this is about. */
export type VerifyEndorsement = (
  bytes: Uint8Array,
  address: Url | undefined,
  way: EndorsementWay,
) => Promise<VerifiedCredential>;

/** The way from a badge to one of its endorsements, of endorsements, and so on; it has an end however they link. */
export type EndorsementWay = {
  /** steps taken; 0 at the badge itself */
  readonly depth: number;
  /** addresses of the endorsements that led here: none of them is gone back to */
  readonly addresses: readonly string[];
  /** how many more may be verified for the badge, on all ways together */
  readonly budget: { left: number; readonly limit: number };
};

/** Source: open-badges.md g; every bound is our own. */
const maxDepth = 3;
const maxOfBadge = 30;
/** Most for all badges inside a record together, and for one of them. */
const maxInside = 300;
const maxOfPart = 10;

/** Where the ways of one badge begin; `parts`: it is one of so many inside a record. */
export function endorsementWay(parts?: number): EndorsementWay {
  const left =
    parts === undefined ? maxOfBadge : Math.min(maxOfPart, Math.floor(maxInside / Math.max(parts, 1)));
  return { depth: 0, addresses: [], budget: { left, limit: left } };
}

/**
 * Verifies what others say of the badge, and what is said of them. Each speaks for its endorser alone, so a bad one is
 * shown as bad and does not spoil the badge (conformance rule 9). It must speak of the very object that carries it.
 */
export async function judgeEndorsements(
  carried: readonly CarriedEndorsement[],
  session: Session,
  way: EndorsementWay,
  verify: VerifyEndorsement,
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const heard = new Set<string>();
  const open = carried.filter((one) => !(one.kind === 'link' && way.addresses.includes(one.address)));
  if (open.length > 0 && way.depth === maxDepth) return [cut('endorsements of endorsements', maxDepth)];
  for (const endorsement of open.slice(0, maxEndorsements)) {
    if (way.budget.left === 0) return [...checks, cut('endorsements', way.budget.limit)];
    way.budget.left -= 1;
    const verified = await verifyOne(endorsement, session, way, verify);
    const said = checksOf(endorsement, verified);
    // The same credential of the same issuer, carried twice, is one endorsement (OB 3.0 §Equality).
    const same = JSON.stringify([verified?.subject?.document['id'], said]);
    if (said[0]?.outcome === 'passed' && heard.has(same)) continue;
    heard.add(same);
    checks.push(...said, ...checksOfEndorser(verified));
  }
  return open.length > maxEndorsements ? [...checks, cut('endorsements', maxEndorsements)] : checks;
}

function cut(what: string, limit: number): Check {
  return warning('limits', 'some-not-checked', 'ours', { what, limit });
}

async function verifyOne(
  endorsement: CarriedEndorsement,
  session: Session,
  way: EndorsementWay,
  verify: VerifyEndorsement,
): Promise<VerifiedCredential | undefined> {
  const next = { ...way, depth: way.depth + 1 };
  switch (endorsement.kind) {
    case 'document':
      return verify(utf8(JSON.stringify(endorsement.document)), undefined, next);
    case 'token':
      return verify(utf8(endorsement.text), undefined, next);
    case 'link': {
      const answer = await session.read(endorsement.address);
      const address = parseUrl(endorsement.address);
      if (!answer.ok || answer.value.status !== 200 || !address.ok) return undefined;
      const addresses = [...way.addresses, endorsement.address];
      return verify(answer.value.bytes, address.value, { ...next, addresses });
    }
  }
}

function checksOf(
  endorsement: CarriedEndorsement,
  verified: VerifiedCredential | undefined,
): readonly Check[] {
  const subject = verified?.subject;
  const endorser = subject === undefined ? '' : endorserOf(subject.document);
  const bad = (reason: string) => [
    warning('endorsement', 'endorsement-bad', source, { name: endorser, reason }),
  ];
  if (verified === undefined || subject === undefined) return bad('document-unreachable');
  if (verified.verdict.outcome !== 'valid') return bad(verified.verdict.reason);
  if (!isEndorsement(subject)) return bad('wrong-type');
  if (endorsement.endorses === undefined || endorsedOf(subject.document) !== endorsement.endorses)
    return bad('claims-disagree');
  const proven = provenName(verified.issuerProof, endorser);
  return proven === endorser
    ? [passed('endorsement', 'endorsement-good', source, { name: endorser })]
    : [
        passed('endorsement', 'endorsement-good', source, proven === undefined ? {} : { name: proven }),
        warning('endorsement', 'endorser-not-confirmed', source, { name: endorser }),
      ];
}

/** Anybody can write the name of a university into an endorsement: what is proven may be less (threat T49). */
function provenName(issuerProof: IssuerProof, endorser: string): string | undefined {
  switch (issuerProof.kind) {
    case 'key':
      return endorser;
    case 'host': {
      const did = /^did:web:([^:]+)/.exec(endorser)?.[1]?.replace(/%3A/i, ':');
      return issuerProof.host === (did ?? hostOf(endorser)) ? endorser : issuerProof.host;
    }
    case 'unconfirmed':
      return issuerProof.key;
    case 'none':
      return undefined;
  }
}

/** What is said of an endorsement and its endorser, one step further from the badge. */
function checksOfEndorser(verified: VerifiedCredential | undefined): readonly Check[] {
  if (verified?.subject === undefined) return [];
  const of = endorserOf(verified.subject.document);
  return verified.verdict.checks.flatMap((check): readonly Check[] => {
    const { code, facts } = check.detail;
    if (code === 'some-not-checked') return [check];
    if (check.check !== 'endorsement') return [];
    if (code === 'endorsement-good')
      return [passed('endorsement', 'endorser-endorsed', source, { ...facts, of })];
    if (code === 'endorsement-bad')
      return [warning('endorsement', 'endorser-endorsed-badly', source, { ...facts, of })];
    return [check];
  });
}

function isEndorsement({ document }: Subject): boolean {
  const types = listOf(document['type']);
  return types.includes('EndorsementCredential') || types.includes('Endorsement');
}

/** The id of what the endorsement speaks of: `credentialSubject` in 3.0, `claim` in 2.0. */
function endorsedOf(document: JsonObject): string | undefined {
  const claim = listOf(document['credentialSubject'] ?? document['claim'])[0];
  return isJsonObject(claim) ? stringOf(claim['id']) : undefined;
}

function endorserOf(document: JsonObject): string {
  const issuer = listOf(document['issuer'])[0];
  return (stringOf(isJsonObject(issuer) ? issuer['id'] : issuer) ?? '').slice(0, 300);
}
