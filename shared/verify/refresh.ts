import type { IssuerProof } from '../model/badge.ts';
import { millisecondsOf } from '../model/brands.ts';
import { passed, warning } from '../model/check.ts';
import { hasType, isJsonObject, type JsonObject, listOf, stringOf } from '../model/json.ts';
import { percentDecoded } from '../model/percent.ts';
import type { Session } from '../model/session.ts';
import type { Subject } from '../model/subject.ts';
import { parseZonedTime } from '../model/time.ts';
import type { Check } from '../model/verdict.ts';
import type { VerifiedCredential } from '../status/status-kind.ts';

const source = 'OB 3.0 §verification (refresh); VC Credential Refresh 1.0';

/**
 * Asks once whether the issuer offers a newer version. What was given stays what it is; a newer one counts only when it
 * is good by itself, is the same credential of the same issuer, and is no less proven to be his. Nothing found speaks
 * against the badge.
 */
export async function judgeRefresh(
  { document }: Subject,
  held: IssuerProof,
  session: Session,
  verify: (bytes: Uint8Array) => Promise<VerifiedCredential>,
): Promise<readonly Check[]> {
  const service = listOf(document['refreshService'])
    .filter(isJsonObject)
    .find((one) => hasType(one, '1EdTechCredentialRefresh'));
  if (service === undefined) return [];
  const address = stringOf(service['id']) ?? '';
  const facts = { address: address.slice(0, 300) };
  const unusable = (reason: string) => [warning('status', 'no-newer-version', source, { ...facts, reason })];
  const answer = await session.read(address);
  if (!answer.ok || answer.value.status !== 200) return unusable('document-unreachable');
  const { verdict, subject, issuerProof } = await verify(answer.value.bytes);
  if (verdict.outcome !== 'valid' || subject === undefined) return unusable(verdict.reason);
  const fresh = subject.document;
  const isSame = sameText(fresh['id'], document['id']) && sameText(issuerOf(fresh), issuerOf(document));
  if (!isSame) return unusable('claims-disagree');
  if (isConfirmed(held) && !isConfirmed(issuerProof)) return unusable('issuer-not-confirmed');
  return beginsAt(fresh) > beginsAt(document) ? [passed('status', 'newer-version', source, facts)] : [];
}

function isConfirmed({ kind }: IssuerProof): boolean {
  return kind === 'key' || kind === 'host';
}

/** Source: OB 3.0 §Equality: compared after trimming and percent-decoding. */
function sameText(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' && plain(one) === plain(other);
}

function plain(text: string): string {
  return percentDecoded(text.trim());
}

function issuerOf(document: JsonObject): unknown {
  const issuer = listOf(document['issuer'])[0];
  return isJsonObject(issuer) ? issuer['id'] : issuer;
}

function beginsAt(document: JsonObject): number {
  const text = stringOf(document['validFrom'] ?? document['issuanceDate']);
  const instant = text === undefined ? undefined : parseZonedTime(text);
  return instant === undefined ? 0 : millisecondsOf(instant);
}
