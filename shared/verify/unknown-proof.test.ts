import { expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { jsonBytes } from '../testing/documents.ts';
import { verify } from '../testing/verify-served.ts';

const signed = jsonOf(await buildBadge());
const good = isJsonObject(signed['proof']) ? signed['proof'] : {};

async function verdictWith(proof: JsonObject | readonly JsonObject[]): Promise<string> {
  const bytes = jsonBytes({ ...signed, proof });
  const { verdict } = await verify({ kind: 'bytes', bytes }, new Map());
  return `${verdict.outcome}: ${verdict.reason}`;
}

const { type: _, ...untyped } = good;
const { cryptosuite: _suite, ...unnamed } = good;

it.each<[string, JsonObject]>([
  ['without a type', untyped],
  ['of an empty type', { ...good, type: [] }],
  ['without its suite', unnamed],
  ['of a suite that is nothing', { ...good, cryptosuite: null }],
  ['that says nothing', {}],
])('T41: a proof %s is none, alone and beside a good one', async (_name, proof) => {
  expect(await verdictWith(proof)).toBe('invalid: missing-field');
  expect(await verdictWith([good, proof])).toBe('invalid: missing-field');
});

it.each<[string, JsonObject]>([
  ['a suite', { ...good, cryptosuite: 'bbs-2023' }],
  ['a type', { ...unnamed, type: 'BbsBlsSignature2020' }],
])('%s of others is left open alone, and told beside a good one', async (_name, proof) => {
  expect(await verdictWith(proof)).toBe('unsupported: suite-not-supported');
  expect(await verdictWith([good, proof])).toBe('valid: all-passed');
});
