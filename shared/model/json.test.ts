import { describe, expect, it } from 'vitest';
import { maxJsonContainers, maxJsonValues, parseJson } from './json.ts';

const told = (text: string) => {
  const parsed = parseJson(text);
  return parsed.ok ? 'read' : parsed.error.code;
};

describe('T51: foreign JSON', () => {
  it('holds no more values than its ceilings say, in lists and in objects', () => {
    expect(told(`[${'1,'.repeat(maxJsonValues - 2)}1]`)).toBe('read');
    expect(told(`[${'1,'.repeat(maxJsonValues)}1]`)).toBe('too-many-values');
    expect(told(`[${'{},'.repeat(maxJsonContainers - 2)}{}]`)).toBe('read');
    expect(told(`[${'{},'.repeat(maxJsonContainers)}{}]`)).toBe('too-many-values');
    expect(told(`[${'[],'.repeat(maxJsonContainers)}[]]`)).toBe('too-many-values');
  });

  it('is measured by its signs alone: those inside texts count for nothing', () => {
    expect(told(`["${',[{'.repeat(maxJsonValues)}"]`)).toBe('read');
    expect(told(`["\\"${',[{'.repeat(maxJsonValues)}"]`)).toBe('read');
  });

  it('nests as deep as it may and no deeper', () => {
    expect(told(`${'['.repeat(32)}${']'.repeat(32)}`)).toBe('read');
    expect(told(`${'['.repeat(33)}${']'.repeat(33)}`)).toBe('too-deep');
  });

  it('names nothing twice, however it is spelt, and nothing that reaches a prototype', () => {
    expect(told('{"a":1,"b":{"a":1}}')).toBe('read');
    for (const text of [
      '{"a":1,"a":1}',
      '{"a":1,"\\u0061":2}',
      '[{"b":[{"a":1,"c":0,"a":2}]}]',
      '{"__proto__":1}',
      '{"a":[{"\\u005f_proto__":{}}]}',
      '{"constructor":1}',
    ])
      expect(told(text)).toBe('malformed-json');
    expect(told('{"toString":1,"a":"__proto__"}')).toBe('read');
  });

  it('T41: has no number that is written like another value once it was read', () => {
    for (const text of ['1e308', '-1.5e-400', '"1e999"', '9'.repeat(308), '0e999', '5e-324'])
      expect(told(`[${text}]`)).toBe('read');
    for (const text of ['1e309', '-1E999', '1e+400', '9'.repeat(310), '1000e0307'])
      expect(told(`{"a":[${text}]}`)).toBe('malformed-json');
  });
});
