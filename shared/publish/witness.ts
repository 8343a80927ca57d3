import * as v from 'valibot';
import type { Kid } from '../model/brands.ts';
import { BackpackError } from '../model/errors.ts';
import { parseJson, parseJsonObject } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { outcomes } from '../model/verdict.ts';
import {
  kidOf,
  parseCompactJws,
  type Signer,
  signCompactJws,
  verifyCompactJws,
} from '../sync/compact-jws.ts';
import { hashShape, instantShape, parseShape, signingKeyShape, wholeNumberShape } from '../sync/shapes.ts';

/*
 * What a server has seen of a published badge, signed by it, so that it can be shown when the issuer is gone, and when
 * the server is: from which addresses, on which day, with what result. It is a server's word and no proof of the badge.
 */

const maxStatementLength = 64 * 1024;
const maxStatements = 2_000;
const address = v.pipe(v.string(), v.maxLength(2048));

const statementShape = v.strictObject({
  v: v.literal(1),
  /** origin of the server */
  iss: address,
  at: instantShape,
  /** SHA-256 of the badge's document, byte for byte */
  doc: hashShape,
  outcome: v.picklist(outcomes),
  reason: v.pipe(v.string(), v.maxLength(100)),
  /** what it was answered, and by whom */
  seen: v.pipe(
    v.array(
      v.strictObject({ address, status: wholeNumberShape(100, 599), hash: hashShape, at: instantShape }),
    ),
    v.maxLength(100),
  ),
});

/** One check of one badge as a server signs it. */
export type WitnessStatement = v.InferOutput<typeof statementShape>;

const jwkShape = v.strictObject({
  kty: v.literal('OKP'),
  crv: v.literal('Ed25519'),
  x: signingKeyShape,
  kid: v.string(),
  use: v.literal('sig'),
  alg: v.literal('EdDSA'),
});
/** Public keys of a server, as `/.well-known/jwks.json` answers them. Source: RFC 7517 §5, RFC 8037 §2. */
const keysShape = v.strictObject({ keys: v.pipe(v.array(jwkShape), v.maxLength(100)) });
export type WitnessKeys = v.InferOutput<typeof keysShape>;

const fileShape = v.strictObject({
  type: v.literal('backpack-witness'),
  iss: address,
  ...keysShape.entries,
  statements: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(maxStatementLength))),
    v.maxLength(maxStatements),
  ),
});
/** Statements about one badge, with the keys that signed them, as a page hands them out. */
export type WitnessFile = v.InferOutput<typeof fileShape>;

/** Signs what was seen. */
export async function signStatement(statement: WitnessStatement, signer: Signer): Promise<string> {
  const payload = parseJson(JSON.stringify(statement));
  if (!payload.ok) throw payload.error;
  return signCompactJws('backpack-witness', payload.value, signer);
}

export async function witnessKeysOf(signer: Signer): Promise<WitnessKeys> {
  const { key: x, kid } = signer;
  return { keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' }] };
}

/** Reads the keys of a server. Errors: `companion-misbehaved`. */
export function parseWitnessKeys(bytes: Uint8Array): Result<WitnessKeys> {
  const json = parseJsonObject(bytes);
  return json.ok ? parseShape(keysShape, json.value, 'companion-misbehaved') : json;
}

/** Reads a file of statements: its form alone. Errors: `malformed-json`. */
export function parseWitnessFile(bytes: Uint8Array): Result<WitnessFile> {
  const json = parseJsonObject(bytes);
  return json.ok ? parseShape(fileShape, json.value, 'malformed-json') : json;
}

/**
 * A statement and the key that has signed it, one of `keys`. That the key is the server's is for whoever has the keys to
 * say. Errors: `unauthorized`.
 */
export async function readStatement(
  token: string,
  { keys }: WitnessKeys,
): Promise<Result<{ readonly statement: WitnessStatement; readonly kid: Kid }>> {
  const jws = parseCompactJws(token, 'backpack-witness', maxStatementLength);
  if (!jws.ok) return jws;
  const { kid, payload } = jws.value;
  const statement = parseShape(statementShape, payload, 'unauthorized');
  if (!statement.ok) return statement;
  for (const { x } of keys)
    if ((await kidOf(x)) === kid && (await verifyCompactJws(jws.value, x)))
      return ok({ statement: statement.value, kid });
  return failed(new BackpackError('unauthorized'));
}
