import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { fetcherOver } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { verifyBadge } from '../verify/verify-badge.ts';

const issuer = await buildIssuer();
const badge = await buildBadge({ issuer, expires: '2030-01-01T00:00:00Z', narrative: 'By hand' });
const signed = jsonOf(badge);
const proof = isJsonObject(signed['proof']) ? signed['proof'] : {};

async function judge(document: JsonObject | string) {
  const bytes = utf8(typeof document === 'string' ? document : JSON.stringify(document));
  const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
  return verifyBadge({ kind: 'bytes', bytes }, {}, effects);
}
const withProof = (change: JsonObject): JsonObject => ({ ...signed, proof: { ...proof, ...change } });

/** The document with the value at a path replaced; every place in it can be reached. */
function changedAt(value: Json, path: readonly string[], by: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return by;
  if (Array.isArray(value))
    return value.map((entry, index) => (String(index) === name ? changedAt(entry, rest, by) : entry));
  return isJsonObject(value) ? { ...value, [name]: changedAt(value[name] ?? null, rest, by) } : by;
}
function pathsOf(value: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => pathsOf(entry, [...path, String(index)]));
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]));
  return [path];
}

describe('a badge with an eddsa-rdfc-2022 proof', () => {
  it('is valid as it was signed, in whatever order its names stand', async () => {
    expect((await judge(signed)).verdict.outcome).toBe('valid');
    expect((await judge(Object.fromEntries(Object.entries(signed).reverse()))).verdict.outcome).toBe('valid');
  });

  it('never survives a change of any of its values (T41)', async () => {
    const { '@context': _, ...rest } = signed;
    const paths = pathsOf(rest);
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) {
      const changed = changedAt(signed, path, 'urn:changed:value');
      const { verdict, issuerProof } = await judge(changed as JsonObject);
      expect(verdict.outcome, path.join('.')).not.toBe('valid');
      expect(issuerProof.kind, path.join('.')).toBe('none');
    }
  });

  it('never survives an addition that its signature does not cover', async () => {
    const subject = isJsonObject(signed['credentialSubject']) ? signed['credentialSubject'] : {};
    const additions: readonly JsonObject[] = [
      { ...signed, favouriteColour: 'green' },
      { ...signed, awardedDate: '2026-01-01T00:00:00Z' },
      { ...signed, evidence: [{ type: ['Evidence'], narrative: 'added' }] },
      { ...signed, credentialSubject: { ...subject, role: 'Director' } },
      { ...signed, credentialSubject: [subject, subject] },
      { ...signed, id: `${String(signed['id'])}0` },
    ];
    for (const document of additions) expect((await judge(document)).verdict.outcome).not.toBe('valid');
  });

  it.each([
    ['another purpose', { proofPurpose: 'authentication' }, 'proof-purpose-wrong'],
    ['no purpose', { proofPurpose: null }, 'proof-purpose-wrong'],
    ['its own end in the past', { expires: '2026-01-01T00:00:00Z' }, 'proof-expired'],
    ['no key', { verificationMethod: null }, 'missing-field'],
    ['a value in another base', { proofValue: 'uAAAA' }, 'bad-value'],
    ['an empty value', { proofValue: '' }, 'bad-value'],
    ['a value of another length', { proofValue: 'z3' }, 'signature-bad'],
    ['the moment of another signing', { created: '2020-01-01T00:00:00Z' }, 'signature-bad'],
  ])('is invalid with %s', async (_, change, reason) => {
    expect((await judge(withProof(change))).verdict).toMatchObject({ outcome: 'invalid', reason });
  });

  it('is unsupported with a suite that we do not know, and names it', async () => {
    const { verdict } = await judge(withProof({ cryptosuite: 'wonder-2030' }));
    expect(verdict).toMatchObject({ outcome: 'unsupported', reason: 'suite-not-supported' });
    expect(verdict.checks.find((check) => check.asks === 'unsupported')?.detail.facts).toEqual({
      suite: 'wonder-2030',
    });
  });

  it('stays valid beside a proof of an unknown kind, and says so; a bad one beside it spoils it', async () => {
    const unknown = await judge({ ...signed, proof: [proof, { type: 'SomeProof' }] });
    expect(unknown.verdict.outcome).toBe('valid');
    expect(unknown.verdict.checks.some((check) => check.check === 'proof-set')).toBe(true);
    const bad = await judge({ ...signed, proof: [proof, { ...proof, created: '2020-01-01T00:00:00Z' }] });
    expect(bad.verdict.outcome).toBe('invalid');
  });

  it('is invalid without any proof, and malformed when a name stands in it twice', async () => {
    const { proof: _, ...bare } = signed;
    expect((await judge(bare)).verdict).toMatchObject({ outcome: 'invalid', reason: 'no-proof' });
    const twice = JSON.stringify(signed).replace(
      '{',
      '{"id":"urn:uuid:aa8b0b2e-5b52-4e30-8b2f-3f5c2c1d9a01",',
    );
    expect((await judge(twice)).verdict).toMatchObject({ outcome: 'malformed', reason: 'not-json' });
  });
});
