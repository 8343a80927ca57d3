import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formats } from '../formats/registry.ts';
import type { KeyRequest } from '../keys/key-source.ts';
import { keySources } from '../keys/registry.ts';
import type { JsonObject } from '../model/json.ts';
import type { Proof, Subject } from '../model/subject.ts';
import { proofSuites } from '../proofs/registry.ts';
import { statusKinds } from '../status/registry.ts';
import { parseCompactToken } from './read-document.ts';

const badge: Subject = { generation: '3.0', document: {} };
const assertion: Subject = { generation: '2.0', document: {} };
const oldAssertion: Subject = { generation: '1.0', document: {} };
const parsed = parseCompactToken('eyJhbGciOiJFZERTQSJ9.e30.AAAA');
const token = parsed.ok ? parsed.value : undefined;

const proofSamples: Readonly<Record<string, readonly [Proof | undefined, Subject]>> = {
  hosted: [{ kind: 'hosted' }, assertion],
  'ob-2.0-jws': [token && { kind: 'token', token }, assertion],
  'ob-1.x-jws': [token && { kind: 'token', token }, oldAssertion],
  'vc-jwt': [token && { kind: 'token', token }, badge],
  'eddsa-rdfc-2022': [
    { kind: 'embedded', proof: { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' } },
    badge,
  ],
  ...Object.fromEntries(
    ['eddsa-jcs-2022', 'ecdsa-rdfc-2019', 'ecdsa-jcs-2019', 'ecdsa-sd-2023'].map((cryptosuite) => [
      cryptosuite,
      [{ kind: 'embedded', proof: { type: 'DataIntegrityProof', cryptosuite } }, badge] as const,
    ]),
  ),
  Ed25519Signature2018: [{ kind: 'embedded', proof: { type: 'Ed25519Signature2018' } }, badge],
  JsonWebSignature2020: [{ kind: 'embedded', proof: { type: 'JsonWebSignature2020' } }, badge],
  Ed25519Signature2020: [{ kind: 'embedded', proof: { type: 'Ed25519Signature2020' } }, badge],
};
const keySamples: Readonly<Record<string, KeyRequest>> = {
  'did:key': { reference: 'did:key:z6Mk#z6Mk', use: 'credential' },
  'did:jwk': { reference: 'did:jwk:e30#0', use: 'credential' },
  'did:web': { reference: 'did:web:academy.example#1', use: 'credential' },
  'web-document': { reference: 'https://academy.example/keys#1', use: 'credential' },
  'pem-document': { reference: 'https://academy.example/key.pem', use: 'pem' },
  'cryptographic-key': { reference: 'https://academy.example/keys/1', use: 'assertion' },
};
const statusSamples: Readonly<Record<string, readonly [JsonObject, Subject]>> = {
  RevocationList: [{ type: 'RevocationList', id: 'https://academy.example/list' }, assertion],
  'RevocationList of 1.x': [{ type: 'RevocationList', id: 'https://academy.example/list' }, oldAssertion],
  BitstringStatusListEntry: [{ type: 'BitstringStatusListEntry' }, badge],
  StatusList2021Entry: [{ type: 'StatusList2021Entry' }, badge],
  RevocationList2020Status: [{ type: 'RevocationList2020Status' }, badge],
  '1EdTechRevocationList': [{ type: '1EdTechRevocationList' }, badge],
};

describe.each([
  ['formats', formats],
  ['proofs', proofSuites],
  ['keys', keySources],
  ['status', statusKinds],
] as const)('the registry of %s', (_, variants) => {
  it('has each name once', () => {
    const names = variants.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('each variant is found first by its own sample', () => {
  it.each(proofSuites)('$name', (suite) => {
    const [proof, subject] = proofSamples[suite.name] ?? [];
    if (proof === undefined || subject === undefined) throw new Error(`No sample of ${suite.name}`);
    expect(proofSuites.find((candidate) => candidate.recognises(proof, subject))).toBe(suite);
  });
  it.each(keySources)('$name', (source) => {
    const request = keySamples[source.name];
    if (request === undefined) throw new Error(`No sample of ${source.name}`);
    expect(keySources.find((candidate) => candidate.recognises(request))).toBe(source);
  });
  it.each(statusKinds)('$name', (kind) => {
    const [entry, subject] = statusSamples[kind.name] ?? [];
    if (entry === undefined || subject === undefined) throw new Error(`No sample of ${kind.name}`);
    expect(statusKinds.find((candidate) => candidate.recognises(entry, subject))).toBe(kind);
  });
  it('generations belong to one format each', () => {
    const generations = formats.flatMap((format) => format.generations);
    expect(new Set(generations).size).toBe(generations.length);
  });
});

/** File of each variant whose name is not its file's, and its test where several are tested as one story. */
const places: Readonly<Record<string, { readonly file?: string; readonly test?: string }>> = {
  'formats/ob-0.5': { test: 'verify/ob-1' },
  'formats/ob-1.x': { file: 'formats/ob-1', test: 'verify/ob-1' },
  'formats/ob-2.0': { file: 'formats/ob-2', test: 'verify/ob-2' },
  'formats/ob-3.0': { file: 'formats/ob-3' },
  'formats/vc-2.0': { file: 'formats/vc-2' },
  'formats/clr-2.0': { file: 'formats/clr-2', test: 'verify/parts' },
  'proofs/hosted': { test: 'verify/ob-2' },
  'proofs/ob-1.x-jws': { file: 'proofs/ob-1-jws' },
  'proofs/ob-2.0-jws': { file: 'proofs/ob-2-jws', test: 'verify/ob-2' },
  'proofs/Ed25519Signature2020': { file: 'proofs/ed25519-signature-2020' },
  'proofs/Ed25519Signature2018': { file: 'proofs/ed25519-signature-2018' },
  'proofs/JsonWebSignature2020': { file: 'proofs/json-web-signature-2020' },
  'keys/did:jwk': { file: 'keys/did-jwk' },
  'keys/did:key': { file: 'keys/did-key' },
  'keys/did:web': { file: 'keys/did-web' },
  'keys/cryptographic-key': { test: 'verify/ob-2' },
  'keys/pem-document': { test: 'proofs/ob-1-jws' },
  'status/RevocationList of 1.x': { file: 'status/revocation-object' },
  'status/RevocationList': { file: 'status/revocation-list', test: 'verify/ob-2' },
  'status/BitstringStatusListEntry': { file: 'status/bitstring-status-list' },
  'status/StatusList2021Entry': { file: 'status/status-list-2021', test: 'status/bitstring-status-list' },
  'status/RevocationList2020Status': { file: 'status/revocation-list-2020' },
  'status/1EdTechRevocationList': { file: 'status/one-edtech-revocation-list' },
};

it.each([
  ...formats.map(({ name }) => `formats/${name}`),
  ...proofSuites.map(({ name }) => `proofs/${name}`),
  ...keySources.map(({ name }) => `keys/${name}`),
  ...statusKinds.map(({ name }) => `status/${name}`),
])('%s has a file and a test', (variant) => {
  const file = places[variant]?.file ?? variant;
  for (const path of [`${file}.ts`, `${places[variant]?.test ?? file}.test.ts`])
    expect(existsSync(new URL(`../${path}`, import.meta.url)), path).toBe(true);
});
