import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base58 } from '@scure/base';
import { decode, encode } from 'cborg';
import { base64UrlOf, bytesOfBase64Url, concat, utf8 } from '../model/bytes.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { canonicalQuads, digestOf, plainQuads, throughExpansion } from './canonical-forms.ts';
import { createKey, type SigningKey, signBytes } from './signing-keys.ts';

/** What the builders' base proofs oblige every copy to show. */
export const mandatoryPointers = ['/issuer', '/validFrom', '/credentialSubject/achievement/id'];

const header = { base: Uint8Array.of(0xd9, 0x5d, 0x00), derived: Uint8Array.of(0xd9, 0x5d, 0x01) };
/** Nodes without a name get one while parts are picked, so that each can be told from the others. */
const skolem = 'urn:bnid:';

/** The value of a base proof of `ecdsa-sd-2023`. Source: DI ECDSA §3.5.1, §3.5.2, written by its steps. */
export async function sdProofValue(
  credential: JsonObject,
  options: JsonObject,
  key: SigningKey,
  pointers: readonly string[] = mandatoryPointers,
): Promise<string> {
  const hmacKey = crypto.getRandomValues(new Uint8Array(32));
  const grouped = await openDocument(credential, hmacKey);
  const mandatory = await grouped.statementsAt(pointers);
  const own = await createKey('ES256');
  const publicKey = new Uint8Array(base58.decode((own.multikey ?? '').slice(1)));
  const signatures: Uint8Array[] = [];
  for (const line of grouped.statements)
    if (!mandatory.has(line)) signatures.push(await signBytes(own, utf8(line)));
  const signed = grouped.statements.filter((line) => mandatory.has(line)).join('');
  const config = await canonicalQuads({ ...options, '@context': credential['@context'] ?? [] });
  const data = concat(await digestOf(config, 'SHA-256'), publicKey, await digestOf(signed, 'SHA-256'));
  const parts = [await signBytes(key, data), publicKey, hmacKey, signatures, [...pointers]];
  return `u${base64UrlOf(concat(header.base, encode(parts)))}`;
}

/**
 * The copy that a holder of a base proof shows to others: the mandatory parts and those at `reveal` (JSON pointers).
 * Source: DI ECDSA §3.5.4 – §3.5.6.
 */
export async function deriveCopy(signed: JsonObject, reveal: readonly string[]): Promise<JsonObject> {
  const { proof, ...credential } = signed;
  const base = isJsonObject(proof) ? proof : {};
  const bytes = bytesOfBase64Url(String(base['proofValue']).slice(1)) ?? new Uint8Array();
  const [baseSignature, publicKey, hmacKey, signatures, pointers] = decode(bytes.subarray(3)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array[],
    string[],
  ];
  const grouped = await openDocument(credential, hmacKey);
  const mandatory = await grouped.statementsAt(pointers);
  const optional = grouped.statements.filter((line) => !mandatory.has(line));
  const shown = grouped.select([...pointers, ...reveal]);
  const copy = await openDocument(shown, hmacKey, grouped.signedNames);
  const parts = [
    baseSignature,
    publicKey,
    copy.statements.flatMap((line) => signatures[optional.indexOf(line)] ?? []),
    copy.labels,
    copy.statements.flatMap((line, index) => (mandatory.has(line) ? [index] : [])),
  ];
  const proofValue = `u${base64UrlOf(concat(header.derived, encode(parts)))}`;
  return { ...withoutSkolems(shown), proof: { ...base, proofValue } };
}

type Grouped = {
  /** as they are signed, in order, each with its line break */
  readonly statements: readonly string[];
  /** name of each node while parts are picked → its name in the signed statements */
  readonly signedNames: ReadonlyMap<string, string>;
  /** number of each canonical blank node → the bytes of its name in the signed statements */
  readonly labels: ReadonlyMap<number, Uint8Array>;
  readonly select: (pointers: readonly string[]) => JsonObject;
  readonly statementsAt: (pointers: readonly string[]) => Promise<ReadonlySet<string>>;
};

async function openDocument(
  document: JsonObject,
  hmacKey: Uint8Array,
  named?: ReadonlyMap<string, string>,
): Promise<Grouped> {
  let count = 0;
  const compact = await throughExpansion(document, (expanded) =>
    withSkolems(expanded, () => `${skolem}${count++}`),
  );
  const quadsOf = async (part: JsonObject) =>
    (await plainQuads(part)).replaceAll(new RegExp(`<${skolem}(\\d+)>`, 'g'), '_:bnid$1');
  const names = new Map<string, string>();
  const quads = await quadsOf(compact);
  await canonicalQuads(quads, { names });
  const labels = new Map<number, Uint8Array>();
  const signedNames = new Map<string, string>();
  for (const [input, canonical] of names) {
    const bare = canonical.replace('_:', '');
    const node = input.replace('_:', '');
    const signed = named?.get(node) ?? `u${base64UrlOf(hmac(sha256, hmacKey, utf8(bare)))}`;
    signedNames.set(node, signed);
    labels.set(Number(bare.slice('c14n'.length)), bytesOfBase64Url(signed.slice(1)) ?? new Uint8Array());
  }
  const renamed = (text: string) =>
    text
      .split('\n')
      .flatMap((line) =>
        line === ''
          ? []
          : `${line.replaceAll(/_:(bnid\d+)/g, (_, node) => `_:${signedNames.get(node) ?? ''}`)}\n`,
      );
  const select = (pointers: readonly string[]) => selected(compact, pointers);
  return {
    statements: renamed(quads).sort(),
    signedNames,
    labels,
    select,
    statementsAt: async (pointers) => new Set(renamed(await quadsOf(select(pointers)))),
  };
}

function withSkolems(value: Json, next: () => string): Json {
  if (Array.isArray(value)) return value.map((entry) => withSkolems(entry, next));
  if (!isJsonObject(value) || '@value' in value) return value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withSkolems(one, next)]),
  );
  return '@id' in value || '@list' in value || '@set' in value ? inner : { '@id': next(), ...inner };
}

function withoutSkolems(value: JsonObject): JsonObject {
  const clean = (one: Json): Json => {
    if (Array.isArray(one)) return one.map(clean);
    if (!isJsonObject(one)) return one;
    return Object.fromEntries(
      Object.entries(one)
        .filter(([name, inner]) => name !== 'id' || !String(inner).startsWith(skolem))
        .map(([name, inner]) => [name, clean(inner)]),
    );
  };
  return clean(value) as JsonObject;
}

/** Source: DI ECDSA §3.4.11 (selectJsonLd): the parts at the pointers, with id and type of all that holds them. */
function selected(document: JsonObject, pointers: readonly string[]): JsonObject {
  const copy: Record<string, Json> = { '@context': document['@context'] ?? [], ...frameOf(document) };
  for (const pointer of pointers) {
    let from: Json = document;
    let into: Record<string, Json> = copy;
    const path = pointer.slice(1).split('/');
    for (const [index, name] of path.entries()) {
      from = (from as JsonObject)[name] ?? null;
      if (index === path.length - 1) {
        const before = into[name];
        into[name] = isJsonObject(before) && isJsonObject(from) ? { ...before, ...from } : from;
      } else {
        into[name] ??= Array.isArray(from) ? [] : frameOf(from as JsonObject);
        into = into[name] as Record<string, Json>;
      }
    }
  }
  return copy;
}

function frameOf({ id, type }: JsonObject): Record<string, Json> {
  return { ...(id === undefined ? {} : { id }), ...(type === undefined ? {} : { type }) };
}
