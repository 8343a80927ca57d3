import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { mergeDocuments, servedJson } from '../testing/documents.ts';
import { signToken } from '../testing/sign-token.ts';
import { jsonAt, verify } from '../testing/verify-served.ts';

const other = await buildIssuer({ algorithm: 'ES256', origin: 'https://keys.example', keyPlace: 'jwks' });
const { publicJwk, multikey } = other.key;
/** Where a token may say that the key which signed it lies. */
const places: readonly (readonly [string, JsonObject])[] = [
  ['in a set at another host', { kid: other.keyId }],
  ['in its own name', { kid: `did:key:${multikey}#${multikey}` }],
  ['beside the signature', { jwk: publicJwk }],
];

describe.each(['did:web', 'controller'] as const)(
  'a token in the name of an issuer with keys (%s)',
  (keyPlace) => {
    it.each(places)('T41: is not his when signed by a key that he does not list, %s', async (_, header) => {
      const issuer = await buildIssuer({ algorithm: 'ES256', keyPlace });
      const { document } = await buildBadge({ proof: 'vc-jwt', issuer });
      const bytes = utf8(await signToken({ alg: 'ES256', ...header }, document, other.key));
      const [address = ''] = issuer.documents.keys();
      const own = jsonAt(issuer, address);
      const method = {
        id: `${issuer.id}#key-2`,
        type: 'JsonWebKey',
        controller: issuer.id,
        publicKeyJwk: publicJwk,
      };
      const verdictWith = async (change: JsonObject) => {
        const served = new Map([[address, servedJson({ ...own, ...change })]]);
        const documents = mergeDocuments(issuer.documents, other.documents, served);
        const { verdict, issuerProof } = await verify({ kind: 'bytes', bytes }, documents);
        return [`${verdict.outcome}: ${verdict.reason}`, issuerProof.kind];
      };
      const refused = ['invalid: key-not-listed', 'none'];
      expect(await verdictWith({})).toEqual(refused);
      // A key that stands there for another purpose, or none, is not listed.
      const methods = [...(own['verificationMethod'] as JsonObject[]), method];
      expect(await verdictWith({ verificationMethod: methods })).toEqual(refused);
      expect(await verdictWith({ verificationMethod: methods, authentication: [method.id] })).toEqual(
        refused,
      );
      const assertionMethod = [...(own['assertionMethod'] as string[]), method.id];
      expect(await verdictWith({ verificationMethod: methods, assertionMethod })).toEqual([
        'valid: all-passed',
        'host',
      ]);
    });
  },
);
