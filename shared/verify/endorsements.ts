import { parseUrl, type Url } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import { passed, warning } from '../model/check.ts';
import { isJsonObject, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { CarriedEndorsement, Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import type { VerifiedCredential } from '../status/status-kind.ts';

const source = 'OB 3.0 §endorsement-verification; OB 2.0 §Endorsement';

/** How an endorsement is verified: like a badge, but for the endorsements that it carries itself. */
export type VerifyEndorsement = (bytes: Uint8Array, address?: Url) => Promise<VerifiedCredential>;

/**
 * Verifies what others say of the badge. Each speaks for its endorser alone, so a bad one is shown as bad and does
 * not spoil the badge (conformance rule 9). It must speak of the very object that carries it.
 */
export async function judgeEndorsements(
  carried: readonly CarriedEndorsement[],
  session: Session,
  verify: VerifyEndorsement,
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const endorsement of carried) {
    const verified = await verifyOne(endorsement, session, verify);
    checks.push(checkOf(endorsement, verified));
  }
  return checks;
}

async function verifyOne(
  endorsement: CarriedEndorsement,
  session: Session,
  verify: VerifyEndorsement,
): Promise<VerifiedCredential | undefined> {
  switch (endorsement.kind) {
    case 'document':
      return verify(utf8(JSON.stringify(endorsement.document)));
    case 'token':
      return verify(utf8(endorsement.text));
    case 'link': {
      const answer = await session.read(endorsement.address);
      const address = parseUrl(endorsement.address);
      if (!answer.ok || answer.value.status !== 200 || !address.ok) return undefined;
      return verify(answer.value.bytes, address.value);
    }
  }
}

function checkOf(endorsement: CarriedEndorsement, verified: VerifiedCredential | undefined): Check {
  const subject = verified?.subject;
  const endorser = subject === undefined ? '' : endorserOf(subject.document);
  const bad = (reason: string) =>
    warning('endorsement', 'endorsement-bad', source, { name: endorser, reason });
  if (verified === undefined || subject === undefined) return bad('document-unreachable');
  if (verified.verdict.outcome !== 'valid') return bad(verified.verdict.reason);
  if (!isEndorsement(subject)) return bad('wrong-type');
  if (endorsement.endorses === undefined || endorsedOf(subject.document) !== endorsement.endorses)
    return bad('claims-disagree');
  return passed('endorsement', 'endorsement-good', source, { name: endorser });
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
