import { answeringHost } from '../model/answering-host.ts';
import { textOf } from '../model/bytes.ts';
import { hostOf } from '../model/host-of.ts';
import { parseJsonObject } from '../model/json.ts';
import { readCryptographicKey } from './cryptographic-key.ts';
import type { KeyAnswer, KeySource } from './key-source.ts';
import { jwkOfPem } from './pem.ts';

/**
 * The key of a signed 1.x badge: whatever `verify.url` answers as PEM text, under any media type. A key document of
 * 2.0 at that address holds the same. The key names nobody; whose it is only its address can tell.
 * Source: OB 1.1 §Signed Badges.
 */
export const pemDocument: KeySource = {
  name: 'pem-document',
  recognises: ({ reference, use }) => use === 'pem' && /^https?:/i.test(reference),
  find: async ({ reference }, session) => {
    const facts = { host: hostOf(reference) };
    const answer = await session.read(reference, 'application/x-pem-file, text/plain;q=0.9, */*;q=0.1');
    if (!answer.ok || answer.value.status !== 200)
      return { found: false, code: 'document-unreachable', facts, asks: 'unreachable' };
    const read = await readKey(answer.value.bytes, reference);
    if (!read.found) return { ...read, facts: { ...read.facts, ...facts } };
    const host = answeringHost(answer.value);
    const { controller: _, ...key } = read.key;
    return { found: true, key: { ...key, id: reference, ...(host === undefined ? {} : { host }) } };
  },
};

async function readKey(bytes: Uint8Array, reference: string): Promise<KeyAnswer> {
  const document = parseJsonObject(bytes);
  if (document.ok) {
    const read = await readCryptographicKey(document.value, reference);
    return read.found || read.asks === 'unsupported' ? read : { ...read, asks: 'invalid' };
  }
  const jwk = await jwkOfPem(textOf(bytes) ?? '');
  if (jwk.ok)
    return {
      found: true,
      key: { jwk: jwk.value, id: reference, authorised: true, certainty: 'document' },
    };
  // A page in the key's place is no key: the signature cannot be the issuer's as long as that is all there is.
  return jwk.error === 'bad-value'
    ? { found: false, code: 'bad-value', facts: { field: 'verify.url' }, asks: 'invalid' }
    : { found: false, code: jwk.error, facts: { kind: 'PEM' }, asks: 'unsupported' };
}
