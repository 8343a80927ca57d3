import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { parseOldTime } from './old-time.ts';

const read: readonly (readonly [Json, string])[] = [
  [1_361_561_067, '2013-02-22T19:24:27.000Z'],
  ['1361561067', '2013-02-22T19:24:27.000Z'],
  ['1500423730.5', '2017-07-19T00:22:10.500Z'],
  ['2013-02', '2013-02-01T00:00:00.000Z'],
  ['201302', '2013-02-01T00:00:00.000Z'],
  ['2013-02-21', '2013-02-21T00:00:00.000Z'],
  ['20130221', '2013-02-21T00:00:00.000Z'],
  ['2013-02-21T15:18Z', '2013-02-21T15:18:00.000Z'],
  ['2013-02-18T18:10+0500', '2013-02-18T13:10:00.000Z'],
  ['2013-02-21T15:18.500-0500', '2013-02-21T20:18:30.000Z'],
  ['20130221T1518.000-0500', '2013-02-21T20:18:00.000Z'],
  ['20130221T151800Z', '2013-02-21T15:18:00.000Z'],
  ['2013-02-21T15:18:09,25+00:00', '2013-02-21T15:18:09.250Z'],
  ['2013-02-21T15:18:09', '2013-02-21T15:18:09.000Z'],
  ['2013-02-21 15:18:09', '2013-02-21T15:18:09.000Z'],
];

const refused: readonly Json[] = [
  '2015-04-31',
  '20150431',
  '2013-13',
  '20',
  '2013022',
  'January 12th',
  '08/13/1985',
  '1361561085305',
  1_361_561_085_305,
  -1,
  0,
  20_130_218,
  '0000000000',
  '000000000000000000000',
  '901d1',
  '2001-10-190-19',
  '2013-02-21T25:00Z',
  '',
  true,
  null,
  ['2013-02-21'],
  { not: 'a string' },
];

describe('a time of the generations before 2.0', () => {
  it.each(read)('%j is read', (written, at) => {
    expect(parseOldTime(written)?.at).toBe(at);
  });
  it.each(refused)('%j is refused', (written) => {
    expect(parseOldTime(written)).toBeUndefined();
  });
  it('says whether it leaves its zone open', () => {
    expect(parseOldTime('2013-02-21')?.hasZone).toBe(false);
    expect(parseOldTime('2013-02-21T15:18:09')?.hasZone).toBe(false);
    expect(parseOldTime('2013-02-21T15:18Z')?.hasZone).toBe(true);
    expect(parseOldTime(1_361_561_067)?.hasZone).toBe(true);
  });
  it('answers for any value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void parseOldTime(value as Json)));
  });
});
