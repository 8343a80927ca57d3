import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, parseUrl } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { failed, ok } from '../model/result.ts';
import type { Session } from '../model/session.ts';
import { judgeExtensions } from './extensions.ts';
import { judgeBySchema } from './json-schema.ts';

const context = 'https://extensions.example/place/context.json';
const schema = 'https://extensions.example/place/schema.json';
const contextDocument: JsonObject = {
  '@context': { extensions: 'https://w3id.org/openbadges/extensions#', place: 'http://schema.org/place' },
  'obi:validation': [{ 'obi:validatesType': 'extensions:Place', 'obi:validationSchema': schema }],
};
const schemaDocument: JsonObject = {
  type: 'object',
  properties: { place: { type: 'string', minLength: 2 } },
  required: ['place'],
};

function sessionWith(served: Readonly<Record<string, JsonObject>>): Session {
  return {
    now: instantOf(0),
    contexts: (address) => (address === context ? contextDocument : undefined),
    read: async (address) => {
      const url = parseUrl(address);
      const body = served[address];
      if (!url.ok || body === undefined) return failed(new BackpackError('offer-unreachable', {}));
      const bytes = utf8(JSON.stringify(body));
      return ok({
        requested: url.value,
        url: url.value,
        status: 200,
        mediaType: '',
        bytes,
        at: instantOf(0),
      });
    },
  };
}

function badgeWith(extension: JsonObject): JsonObject {
  return { '@context': 'https://w3id.org/openbadges/v2', 'extensions:place': extension };
}

async function asked(
  extension: JsonObject,
  served: Readonly<Record<string, JsonObject>> = { [schema]: schemaDocument },
) {
  const checks = await judgeExtensions({ document: badgeWith(extension) }, sessionWith(served));
  return checks.map(({ outcome, asks, detail }) => asks ?? `${outcome} ${detail.code}`);
}

const type = ['Extension', 'extensions:Place'];

describe('an extension', () => {
  it('passes when it keeps to the schema that its context names', async () => {
    expect(await asked({ '@context': context, type, place: 'Berlin' })).toEqual(['passed well-formed']);
  });

  it('is malformed when it breaks it, whichever way its words are written', async () => {
    expect(await asked({ '@context': context, type, place: 1337 })).toEqual(['malformed']);
    expect(await asked({ '@context': context, type })).toEqual(['malformed']);
    expect(await asked({ '@context': context, type, 'http://schema.org/place': 'B' })).toEqual(['malformed']);
    expect(await asked({ '@context': context, type, 'http://schema.org/place': 'Berlin' })).toEqual([
      'passed well-formed',
    ]);
  });

  it('is malformed when nothing defines its type', async () => {
    expect(await asked({ '@context': context, type: ['Extension', 'extensions:Elsewhere'] })).toEqual([
      'malformed',
    ]);
    expect(await asked({ type })).toEqual(['malformed']);
  });

  it('is known by its type, in the prefix of drafts too, whether or not it calls itself one', async () => {
    for (const named of [
      ['Extension', 'obi:extensions/#Place'],
      ['Extension', 'https://w3id.org/openbadges/extensions#Place'],
      'extensions:Place',
      ['extensions:Place', 'https://extensions.example/Spot'],
    ]) {
      const of = (place: JsonObject[string]) => asked({ '@context': context, type: named, place });
      expect(await of('Berlin'), String(named)).toEqual(['passed well-formed']);
      expect(await of(1337), String(named)).toEqual(['malformed']);
    }
    expect(await asked({ '@context': context, type: 'extensions:Elsewhere', place: 1337 })).toEqual([]);
  });

  it('is malformed when its context is no address, or one of its types no word', async () => {
    const one = { '@context': context, type, place: 'Berlin' };
    expect(await asked(one)).toEqual(['passed well-formed']);
    expect(await asked({ ...one, '@context': 'extensions.example/place/context.json' })).toEqual([
      'malformed',
    ]);
    expect(await asked({ ...one, type: [...type, {}] })).toEqual(['malformed']);
  });

  it('is nothing to judge when it is a class of the standard that calls itself one as well', async () => {
    expect(await asked({ type: ['Criteria', 'Extension'], narrative: 'Solve it' })).toEqual([]);
    expect(await asked({ type: ['Criteria', 'Extension', 'extensions:Place'] })).toEqual(['malformed']);
    expect(await asked({ type: 'Extension' })).toEqual(['malformed']);
  });

  it('is a warning when its context is not in the package or its schema is not served', async () => {
    expect(await asked({ '@context': 'https://unknown.example/c.json', type, place: 1 })).toEqual([
      'warning unknown-context',
    ]);
    expect(await asked({ '@context': context, type, place: 1 }, {})).toEqual(['warning schema-unavailable']);
  });

  it('says that some were left alone when there are more than 20', async () => {
    const one = { '@context': context, type, place: 'Berlin' };
    const told = async (count: number) => {
      const document = { extensions: Array.from({ length: count }, () => ({ ...one })) };
      const checks = await judgeExtensions({ document }, sessionWith({ [schema]: schemaDocument }));
      return [checks.filter(({ outcome }) => outcome === 'passed').length, checks.at(-1)?.detail.code];
    };
    expect(await told(20)).toEqual([20, 'well-formed']);
    expect(await told(21)).toEqual([20, 'some-not-checked']);
  });

  it('T51: never runs a pattern that a schema brings', async () => {
    const hostile = { ...schemaDocument, properties: { place: { type: 'string', pattern: '^(a+)+$' } } };
    expect(await asked({ '@context': context, type, place: 'a'.repeat(50) }, { [schema]: hostile })).toEqual([
      'warning schema-unavailable',
    ]);
  });

  it('answers for any schema and any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, schemaValue) => {
        const plain = JSON.parse(JSON.stringify({ value, schemaValue }));
        expect(['judged', 'cannot-judge']).toContain(judgeBySchema(plain.value, plain.schemaValue).kind);
        if (isJsonObject(plain.value))
          expect(typeof judgeExtensions({ document: plain.value }, sessionWith({})).then).toBe('function');
      }),
    );
  });
});
