import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../model/json.ts';
import { type BadgeWish, buildBadge, jsonOf } from '../../testing/build-badge.ts';
import { buildIssuer } from '../../testing/build-issuer.ts';
import { type Documents, mergeDocuments, servedJson } from '../../testing/documents.ts';
import { signEmbedded } from '../../testing/sign-data-integrity.ts';
import { verify } from '../../testing/verify-served.ts';

const status = 'https://www.w3.org/ns/credentials/status#';
const xsd = 'http://www.w3.org/2001/XMLSchema#';

async function outcomeOf(document: JsonObject, documents: Documents, recipient?: string) {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const asked = recipient === undefined ? {} : { recipient: [{ type: 'email', value: recipient }] };
  return (await verify({ kind: 'bytes', bytes }, documents, asked)).verdict.outcome;
}

/** The signed badge with one context of its own more, as whoever holds it can write it. */
function withContext(signed: JsonObject, own: Json, changes: JsonObject): JsonObject {
  return { ...signed, ...changes, '@context': [...(signed['@context'] as readonly Json[]), own] };
}

/** Prefixes that lead to one another, further than anybody needs. */
const longWay: JsonObject = {
  w0: status,
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [`w${at + 1}`, { '@id': `w${at}:`, '@prefix': true }]),
  ),
};

describe('a signed badge that says the same statements by other names (T42)', () => {
  it('stays revoked under another spelling of its own name', async () => {
    const { documents, ...badge } = await buildBadge({
      status: { kind: '1EdTechRevocationList', set: true },
    });
    const signed = jsonOf({ documents, ...badge });
    expect(await outcomeOf(signed, documents)).toBe('revoked');
    const own = { x: 'https://academy.example/' };
    const id = String(signed['id']).replace(own.x, 'x:');
    expect(await outcomeOf(withContext(signed, own, { id }), documents)).toBe('malformed');
  });

  it('is not asked about at another host by a prefix that looks like a scheme', async () => {
    const { documents, ...badge } = await buildBadge({ status: { set: true } });
    const signed = jsonOf({ documents, ...badge });
    const entry = signed['credentialStatus'] as JsonObject;
    const address = String(entry['statusListCredential']);
    // What is left of the address after the prefix names a host that anybody can own.
    const elsewhere = address.replace('https://acad', 'https:');
    const clear = await buildBadge({ status: { set: false } });
    const list = [...clear.documents].find(([at]) => at.includes('/status/'))?.[1] ?? servedJson({});
    const served = mergeDocuments(documents, new Map([[new URL(elsewhere).href, list]]));
    const changes = { credentialStatus: { ...entry, statusListCredential: elsewhere } };
    const own = { https: { '@id': 'https://acad', '@prefix': true } };
    expect(await outcomeOf(signed, served)).toBe('revoked');
    expect(await outcomeOf(withContext(signed, own, changes), served)).toBe('malformed');
  });

  it('is nobody else’s by a prefix that takes the place of half an address', async () => {
    const recipient = { type: 'did', value: 'mailto:jane.anne@x.example' } as const;
    const signed = jsonOf(await buildBadge({ recipient }));
    const subject = signed['credentialSubject'] as JsonObject;
    const changes = { credentialSubject: { ...subject, id: 'mailto:anne@x.example' } };
    const half = { p: { '@id': 'mailto:jane.', '@prefix': true } };
    const whole = { mailto: { '@id': 'p:', '@prefix': true } };
    const forged = withContext(withContext(signed, half, {}), whole, changes);
    expect(await outcomeOf(signed, new Map(), 'jane.anne@x.example')).toBe('valid');
    expect(await outcomeOf(forged, new Map(), 'anne@x.example')).toBe('malformed');
  });

  it('is asked about at the same place of its list', async () => {
    const { documents, ...badge } = await buildBadge({ status: { size: 2, value: 2 } });
    const signed = jsonOf({ documents, ...badge });
    expect(await outcomeOf(signed, documents)).toBe('revoked');
    const { statusSize, ...entry } = signed['credentialStatus'] as JsonObject;
    // The published context spells the datatype so.
    const size = { '@value': statusSize ?? null, '@type': 'https://www.w3.org/2001/XMLSchema#integer' };
    const whole = { ...signed, credentialStatus: { ...entry, [`${status}statusSize`]: size } };
    expect(await outcomeOf(whole, documents)).toBe('malformed');
    for (const [own, name] of [
      [{ bits: `${status}statusSize` }, 'bits'],
      [{ s: status }, 's:statusSize'],
      [{ s: 'https://www.w3.org/ns/' }, 's:credentials/status#statusSize'],
      [{ other: 'statusSize' }, 'other'],
      [{ ...longWay, end: 'w10:statusSize' }, 'end'],
    ] as const) {
      const changes = { credentialStatus: { ...entry, [name]: size } };
      expect(await outcomeOf(withContext(signed, own, changes), documents), name).toBe('malformed');
    }
  });

  it.each(['eddsa-rdfc-2022', 'Ed25519Signature2020'] as const)(
    'ends with its proof, whatever that calls its end (%s)',
    async (suite) => {
      const issuer = await buildIssuer();
      const { key, keyId } = issuer;
      const { document } = await buildBadge({ proof: suite, issuer });
      const until = '2026-02-01T00:00:00Z';
      const wish = { suite, key, verificationMethod: keyId, created: '2026-01-15T10:00:00Z' };
      const signed = await signEmbedded(document, { ...wish, extra: { expires: until } });
      const { expires: _, ...proof } = signed['proof'] as JsonObject;
      expect(await outcomeOf(signed, new Map())).toBe('invalid');
      const ends = { '@value': until, '@type': `${xsd}dateTime` };
      const hidden = { ...signed, proof: { ...proof, 'https://w3id.org/security#expiration': ends } };
      expect(await outcomeOf(hidden, new Map())).toBe('malformed');
    },
  );
});

describe('a badge with words of its own beside the published ones', () => {
  const words: readonly (readonly [string, JsonObject, JsonObject])[] = [
    ['behind a prefix', { ex: 'https://t.example/#' }, { 'ex:shoeSize': '43' }],
    ['of everyday, though published ones mean the same', { s: 'https://schema.org/' }, { 's:name': 'JS' }],
    ['with their whole address', {}, { 'https://t.example/#shoeSize': '43' }],
    [
      'that its context of badges lacks, by the names that they have',
      { endorsementJwt: 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt' },
      { endorsementJwt: ['a.b.c'] },
    ],
    [
      'that mean one thing here and another there',
      { grade: 'https://t.example/#grade' },
      {
        grade: 'A',
        evidence: [{ '@context': { grade: 'https://other.example/#grade' }, type: ['Evidence'], grade: 'B' }],
      },
    ],
    [
      'and a type behind a prefix',
      { ex: 'https://t.example/#' },
      { type: ['VerifiableCredential', 'OpenBadgeCredential', 'ex:Award'] },
    ],
  ];

  it.each(words)('is good with words %s', async (_, own, said) => {
    const change: BadgeWish['change'] = (document) => withContext(document, own, said);
    const badge = await buildBadge({ change });
    expect(await outcomeOf(jsonOf(badge), badge.documents)).toBe('valid');
  });
});
