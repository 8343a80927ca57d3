import { type Bytes, concat, utf8 } from '../model/bytes.ts';
import { failure, passed } from '../model/check.ts';
import type { Facts } from '../model/errors.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { FindingCode } from '../model/verdict.ts';
import { embeddedSuite, isDataIntegrity, type Refused } from './embedded-proof.ts';
import { digest, optionsOf, rdfTexts } from './proof-hashes.ts';
import { type BaseValue, type DerivedValue, parseSdValue } from './selective-disclosure/proof-value.ts';
import { signedStatements } from './selective-disclosure/statements.ts';
import { type SignatureAnswer, verifySignature } from './signature.ts';

const source = 'DI ECDSA §3.5 (ecdsa-sd-2023)';

/**
 * Data Integrity with P-256 of which a holder shows only a part.
 *
 * The issuer signs the mandatory statements together with a key made for this badge alone, and that key signs every
 * other statement by itself. What others are shown is a derived proof. The base proof, which holds everything, is
 * for the holder: verified and kept when the badge is claimed, and refused when somebody is shown it.
 */
export const ecdsaSd2023 = embeddedSuite({
  name: 'ecdsa-sd-2023',
  source,
  recognises: (proof) => isDataIntegrity(proof, 'ecdsa-sd-2023'),
  open: async (proof, document, { session, audience }) => {
    const value = parseSdValue(stringOf(proof['proofValue']) ?? '');
    if (value === undefined) return refused('bad-value', { field: 'proof.proofValue' });
    if (value.kind === 'base' && audience !== 'holder') return refused('proof-for-holder', {});
    const texts = await rdfTexts(optionsOf(proof, 'proofValue'), document, session, 'SHA-256', source);
    if ('refusal' in texts) return texts;
    const statements = signedStatements(texts.document, value);
    if (statements === undefined) return refused('signature-bad', {});
    const signed: Signed = { statements, options: await digest(texts.options, 'SHA-256', session), session };
    return {
      check: (jwk) =>
        value.kind === 'base' ? checkBase(value, signed, document, jwk) : checkDerived(value, signed, jwk),
    };
  },
  notes: (proof) =>
    parseSdValue(stringOf(proof['proofValue']) ?? '')?.kind === 'base'
      ? [passed('proof-set', 'proof-for-holder', source)]
      : [],
});

function refused(code: FindingCode, facts: Facts): Refused {
  return { refusal: failure('integrity', 'invalid', code, source, facts) };
}

/** `options`: hash of the proof's own canonical options. */
type Signed = {
  readonly statements: readonly string[];
  readonly options: Bytes;
  readonly session: Session;
};

/** Source: DI ECDSA §3.5.8 (verifyDerived). */
async function checkDerived(value: DerivedValue, signed: Signed, jwk: JsonWebKey): Promise<SignatureAnswer> {
  const { statements } = signed;
  if ([...value.mandatory].some((index) => index >= statements.length)) return 'bad';
  const mandatory = statements.filter((_, index) => value.mandatory.has(index));
  const others = statements.filter((_, index) => !value.mandatory.has(index));
  if (others.length !== value.signatures.length) return 'bad';
  const answer = await checkIssuer(value, mandatory, signed, jwk);
  if (answer !== 'good') return answer;
  for (const [index, statement] of others.entries())
    if (!(await isSigned(value, value.signatures[index], statement, signed))) return 'bad';
  return 'good';
}

/**
 * Each statement is either the next one that the ephemeral key signed, or mandatory; the issuer's own signature then
 * says whether these are the mandatory ones. The pointers are no part of what is signed: they must at least lead
 * somewhere, or no copy for others could be made. Source: DI ECDSA §3.5.1 (createSignData), read backwards.
 */
async function checkBase(
  value: BaseValue,
  signed: Signed,
  document: JsonObject,
  jwk: JsonWebKey,
): Promise<SignatureAnswer> {
  if (!value.pointers.every((pointer) => leadsSomewhere(pointer, document))) return 'bad';
  const mandatory: string[] = [];
  let next = 0;
  for (const statement of signed.statements)
    if (await isSigned(value, value.signatures[next], statement, signed)) next += 1;
    else mandatory.push(statement);
  return next === value.signatures.length ? checkIssuer(value, mandatory, signed, jwk) : 'bad';
}

/** Source: DI ECDSA §3.5.2 (serializeSignData). */
async function checkIssuer(
  { baseSignature, publicKey }: BaseValue | DerivedValue,
  mandatory: readonly string[],
  { options, session }: Signed,
  jwk: JsonWebKey,
): Promise<SignatureAnswer> {
  const signed = concat(options, publicKey, await digest(mandatory.join(''), 'SHA-256', session));
  return verifySignature('ES256', jwk, baseSignature, signed, session);
}

async function isSigned(
  { ephemeral }: BaseValue | DerivedValue,
  signature: Bytes | undefined,
  statement: string,
  { session }: Signed,
): Promise<boolean> {
  if (signature === undefined) return false;
  return (await verifySignature('ES256', ephemeral, signature, utf8(statement), session)) === 'good';
}

/** RFC 6901. A list of one may have been written without its list. */
function leadsSomewhere(pointer: string, document: JsonObject): boolean {
  if (pointer === '') return true;
  if (!pointer.startsWith('/')) return false;
  let value: Json | undefined = document;
  for (const part of pointer.slice(1).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = listOf(value)[Number(name)];
    else value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    if (value === undefined) return false;
  }
  return true;
}
