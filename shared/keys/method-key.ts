import { bytesOfBase58 } from '../model/base58.ts';
import type { Bytes } from '../model/bytes.ts';
import { hasType, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { KeyAnswer } from './key-source.ts';
import { ed25519JwkOf, parseMultikey, pointJwkOf } from './multikey.ts';
import { jwkOfPem } from './pem.ts';
import { isSameKey, parsePublicJwk } from './public-jwk.ts';

/** Raw keys in base58btc, by the types of method that write them so. */
const base58Kinds: Readonly<Record<string, (raw: Bytes) => JsonWebKey | undefined>> = {
  Ed25519VerificationKey2018: ed25519JwkOf,
  EcdsaSecp256k1VerificationKey2019: (raw) => pointJwkOf('secp256k1', raw),
  EcdsaSecp256r1VerificationKey2019: (raw) => pointJwkOf('P-256', raw),
};

/** A key out of one method, or why there is none. */
export type MethodKey =
  | { readonly ok: true; readonly jwk: JsonWebKey }
  | { readonly ok: false; readonly answer: Extract<KeyAnswer, { found: false }> };

/**
 * The key that a verification method holds, in any of the forms that are in use: Multikey,
 * Ed25519VerificationKey2020 and 2018, JsonWebKey and JsonWebKey2020, PEM. One key may stand there in several forms; two
 * keys may not, for readers differ in which of them counts. Source: Controlled Identifiers §2.2.
 */
export async function keyOfMethod(method: JsonObject): Promise<MethodKey> {
  const forms = [multibaseKeyOf(method), jwkOf(method), base58KeyOf(method), await pemKeyOf(method)];
  const keys = forms.filter((key) => key !== undefined);
  const good = keys.filter((key) => key.ok);
  const [first] = good;
  if (first === undefined) return keys[0] ?? refused('unsupported', kindOf(method, 'unnamed'));
  return good.every(({ jwk }) => isSameKey(jwk, first.jwk))
    ? first
    : refused('malformed', 'verificationMethod');
}

function multibaseKeyOf(method: JsonObject): MethodKey | undefined {
  const text = stringOf(method['publicKeyMultibase']);
  if (text === undefined) return undefined;
  const key = parseMultikey(text);
  if (!key.ok) return refused(key.why, key.kind ?? kindOf(method, 'publicKeyMultibase'));
  // A suite's own key type says its curve; another curve below that name is a mistake or a trick.
  return hasType(method, 'Ed25519VerificationKey2020') && key.curve !== 'Ed25519'
    ? refused('malformed', 'Ed25519VerificationKey2020')
    : { ok: true, jwk: key.jwk };
}

function jwkOf(method: JsonObject): MethodKey | undefined {
  if (method['publicKeyJwk'] === undefined) return undefined;
  const key = parsePublicJwk(method['publicKeyJwk']);
  return key.ok ? key : refused(key.why, key.kind ?? kindOf(method, 'publicKeyJwk'));
}

function base58KeyOf(method: JsonObject): MethodKey | undefined {
  const text = stringOf(method['publicKeyBase58']);
  const read = Object.entries(base58Kinds).find(([name]) => hasType(method, name))?.[1];
  if (text === undefined || read === undefined) return undefined;
  const raw = bytesOfBase58(text);
  const jwk = raw === undefined ? undefined : read(raw);
  return jwk === undefined ? refused('malformed', 'publicKeyBase58') : { ok: true, jwk };
}

async function pemKeyOf(method: JsonObject): Promise<MethodKey | undefined> {
  const pem = stringOf(method['publicKeyPem']);
  if (pem === undefined) return undefined;
  const jwk = await jwkOfPem(pem);
  if (jwk.ok) return { ok: true, jwk: jwk.value };
  return refused(jwk.error === 'bad-value' ? 'malformed' : 'unsupported', 'publicKeyPem');
}

function kindOf(method: JsonObject, otherwise: string): string {
  const type = listOf(method['type']).find((entry) => typeof entry === 'string');
  return String(type ?? otherwise).slice(0, 60);
}

function refused(why: 'secret' | 'unsupported' | 'malformed', kind: string): MethodKey {
  return why === 'unsupported'
    ? {
        ok: false,
        answer: { found: false, code: 'key-kind-not-supported', facts: { kind }, asks: 'unsupported' },
      }
    : {
        ok: false,
        answer: { found: false, code: 'bad-value', facts: { field: kind }, asks: 'invalid' },
      };
}
