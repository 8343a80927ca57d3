import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import { judgeBySchema } from './json-schema.ts';

const place: JsonObject = {
  $schema: 'https://json-schema.org/draft/2019-09/schema',
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', pattern: '^[A-Z]' }, inside: { $ref: '#' } },
};

const deep = (levels: number): Json => (levels === 0 ? {} : { x: deep(levels - 1) });

describe('a JSON schema', () => {
  it('tells the deepest path at which a value breaks it', () => {
    const answer = judgeBySchema({ name: 'Berlin', inside: { name: 7 } }, place);
    expect(answer).toEqual({ kind: 'judged', broken: ['/inside/name'], isWhole: true });
    expect(judgeBySchema({ name: 'Berlin', inside: { name: 'Mitte' } }, place)).toEqual({
      kind: 'judged',
      broken: [],
      isWhole: true,
    });
    expect(judgeBySchema({ name: 'berlin' }, place)).toMatchObject({ broken: ['/name'] });
  });

  it('T51: is not asked for patterns that can run for ever, and says so', () => {
    for (const pattern of ['^(a+)+$', '(a|a)*b', '.*.*.*x', '(?=a)b', '(a)\\1', 'a'.repeat(201)])
      expect(judgeBySchema('a'.repeat(40), { type: 'string', pattern }), pattern).toEqual({
        kind: 'judged',
        broken: [],
        isWhole: false,
      });
    expect(judgeBySchema('7', { pattern: '^\\d+$' })).toMatchObject({ broken: [], isWhole: true });
    expect(judgeBySchema('x', { pattern: '^\\d+$' })).toMatchObject({ broken: [''], isWhole: true });
  });

  it('T51: is refused when its references multiply or never end', () => {
    const both = { properties: { x: { $ref: '#/$defs/a' } } };
    const multiplying = { $ref: '#/$defs/a', $defs: { a: { anyOf: [both, both] } } };
    expect(judgeBySchema(deep(40), multiplying)).toEqual({ kind: 'cannot-judge' });
    expect(judgeBySchema(deep(3), multiplying)).toMatchObject({ kind: 'judged', broken: [] });
    expect(judgeBySchema({}, { allOf: [{ $ref: '#' }] })).toEqual({ kind: 'cannot-judge' });
  });

  it('is refused when it rests on another document, or is none', () => {
    expect(judgeBySchema({}, { $ref: 'https://stranger.example/schema.json' })).toEqual({
      kind: 'cannot-judge',
    });
    expect(judgeBySchema({}, 7)).toEqual({ kind: 'cannot-judge' });
  });
});
