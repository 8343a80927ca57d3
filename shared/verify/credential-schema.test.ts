import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { extensionsContext } from '../testing/build-status.ts';
import { fetcherOver, mergeDocuments, servedJson } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { verifyBadge } from './verify-badge.ts';

const address = 'https://academy.example/schema.json';

async function verdictWith(schema: Json | undefined, type = '1EdTechJsonSchemaValidator2019') {
  const change = (document: JsonObject): JsonObject => ({
    ...document,
    '@context': [...(document['@context'] as readonly string[]), extensionsContext],
    credentialSchema: [{ id: address, type }],
  });
  const badge = await buildBadge({ change });
  const served = new Map(schema === undefined ? [] : [[address, servedJson(schema)] as const]);
  const fetch = fetcherOver(mergeDocuments(badge.documents, served));
  const { verdict } = await verifyBadge(
    { kind: 'bytes', bytes: badge.bytes },
    {},
    { fetch, clock: fixedClock() },
  );
  const check = verdict.checks.find((one) => one.check === 'schema');
  return [verdict.outcome, check?.outcome, check?.detail.code, check?.detail.facts['field']];
}

it('holds a credential to the schema that it names', async () => {
  const named = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
  expect(await verdictWith(named)).toEqual(['valid', 'passed', 'schema-kept', undefined]);
  expect(await verdictWith(named, 'JsonSchema')).toEqual(['valid', 'passed', 'schema-kept', undefined]);
});

it('tells where it breaks the schema, and leaves the badge what it is', async () => {
  const schema = {
    properties: { credentialSubject: { properties: { achievement: { required: ['humanCode'] } } } },
  };
  expect(await verdictWith(schema)).toEqual([
    'valid',
    'warning',
    'schema-broken',
    '/credentialSubject/achievement',
  ]);
});

it('says so when the schema cannot be had or used', async () => {
  const unavailable = ['valid', 'warning', 'schema-unavailable', undefined];
  expect(await verdictWith(undefined)).toEqual(unavailable);
  expect(await verdictWith({ $ref: 'https://elsewhere.example/schema.json' })).toEqual(unavailable);
  expect(await verdictWith({ properties: { name: { pattern: '^(a+)+$' } } })).toEqual(unavailable);
});
