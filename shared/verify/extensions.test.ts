import { describe, expect, it } from 'vitest';
import { contextOf } from '../contexts/bundled.ts';
import type { JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { buildOldBadge } from '../testing/build-old-badge.ts';
import { type Documents, fetcherOver, mergeDocuments, servedJson } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { verifyBadge } from './verify-badge.ts';

const contextAddress = 'https://w3id.org/openbadges/extensions/placeExtension/context.json';
const schemaAddress = 'https://openbadgespec.example/extensions/placeExtension/schema.json';
const context: JsonObject = {
  '@context': { obi: 'https://w3id.org/openbadges#', extensions: 'https://w3id.org/openbadges/extensions#' },
  'obi:validation': [
    { 'obi:validatesType': 'extensions:PlaceExtension', 'obi:validationSchema': schemaAddress },
  ],
};
const schema: JsonObject = {
  type: 'object',
  properties: { place: { type: 'string' } },
  required: ['place'],
};
const contexts = (address: string) => (address === contextAddress ? context : contextOf(address));
const type = ['Extension', 'extensions:PlaceExtension'];
const place = (said: JsonObject) => (document: JsonObject) => ({
  ...document,
  'extensions:place': { '@context': contextAddress, type, ...said },
});

type Built = { readonly bytes: Uint8Array; readonly documents: Documents };

async function verdictOf({ bytes, documents }: Built) {
  const served = mergeDocuments(documents, new Map([[schemaAddress, servedJson(schema)]]));
  const effects = { fetch: fetcherOver(served), clock: fixedClock(), contexts };
  const { verdict } = await verifyBadge({ kind: 'bytes', bytes }, {}, effects);
  const told = verdict.checks.filter(({ check }) => check === 'extension').map(({ detail }) => detail.code);
  return [`${verdict.outcome}: ${verdict.reason}`, ...told];
}

const carriers: Readonly<Record<string, (said: JsonObject) => Promise<Built>>> = {
  'a hosted assertion of 1.1': (said) => buildOldBadge({ generation: '1.1', change: place(said) }),
  'a signed assertion of 1.1': (said) =>
    buildOldBadge({ generation: '1.1', signed: true, change: place(said) }),
  'a badge class of 1.1': (said) => buildOldBadge({ generation: '1.1', changeClass: place(said) }),
  'an issuer of 1.1': (said) => buildOldBadge({ generation: '1.1', changeIssuer: place(said) }),
  'a hosted assertion of 2.0': (said) => buildBadge({ proof: 'hosted', change: place(said) }),
};

describe.each(Object.entries(carriers))('an extension of %s', (_, build) => {
  it('is checked by the schema that its context names', async () => {
    expect(await verdictOf(await build({ place: 'Berlin' }))).toEqual(['valid: all-passed', 'well-formed']);
  });

  it('makes the badge malformed when it breaks that schema', async () => {
    expect(await verdictOf(await build({ place: 1337 }))).toEqual([
      'malformed: extension-bad',
      'extension-bad',
    ]);
  });

  it('makes the badge malformed when none of its contexts defines it', async () => {
    const undefinedType = { '@context': 'https://w3id.org/openbadges/v1', place: 'Berlin' };
    expect((await verdictOf(await build(undefinedType)))[0]).toBe('malformed: extension-bad');
  });

  it('is only told when its context is not in the package', async () => {
    const unknown = { '@context': 'https://extensions.example/other.json', place: 1337 };
    expect(await verdictOf(await build(unknown))).toEqual(['valid: all-passed', 'unknown-context']);
  });
});
