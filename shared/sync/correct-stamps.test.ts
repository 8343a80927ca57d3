import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctStamps } from './correct-stamps.ts';
import { emptyDoc, newestStampOf, wiped, withFields } from './doc.ts';
import { nextStamp, partsOf } from './stamp.ts';

const device = '00000000000000aa';
const other = '00000000000000bb';
const year = 365 * 24 * 60 * 60 * 1000;
const now = Date.parse('2026-11-23T12:00:00.000Z');

describe('stamps of a clock that was years off (T26)', () => {
  it('are moved to the time they were made at, in their order', () => {
    const first = nextStamp('', now + year, device);
    const second = nextStamp(first, now + year, device);
    const removed = nextStamp(second, now + year + 5, device);
    const { docs, newest } = correctStamps(
      [
        withFields(withFields(emptyDoc('badge|A'), { made: 1 }, first), { note: 2 }, second),
        wiped(emptyDoc('badge|B'), removed),
      ],
      device,
      -year,
    );
    const [claimed, gone] = docs;
    const made = claimed?.f['made']?.[1];
    const note = claimed?.f['note']?.[1];
    expect(made === undefined ? 0 : partsOf(made).milliseconds).toBe(now);
    expect(note !== undefined && made !== undefined && note > made).toBe(true);
    expect(gone?.w).toBe(newest);
    expect(newest === '' ? 0 : partsOf(newest).milliseconds).toBe(now + 5);
  });

  it('leave those of other devices alone', () => {
    const foreign = withFields(emptyDoc('badge|A'), { made: 1 }, nextStamp('', now, other));
    expect(correctStamps([foreign], device, -year)).toEqual({ docs: [foreign], newest: '' });
  });

  it('keep their order under any correction', () => {
    const clocks = fc.array(fc.nat({ max: 10 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(clocks, fc.integer({ min: -20, max: 20 }), (times, offset) => {
        let doc = emptyDoc('badge|A');
        for (const [index, time] of times.entries())
          doc = withFields(doc, { [`m:${index}`]: 1 }, nextStamp(newestStampOf(doc), time, device));
        const [after] = correctStamps([doc], device, offset).docs;
        const stamps = times.map((_, index) => after?.f[`m:${index}`]?.[1] ?? '');
        expect([...stamps].sort()).toEqual(stamps);
        expect(new Set(stamps).size).toBe(stamps.length);
      }),
    );
  });
});
