import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseZonedTime } from './time.ts';

const parts = fc.record({
  year: fc.integer({ min: 0, max: 9999 }),
  month: fc.integer({ min: 0, max: 13 }),
  day: fc.integer({ min: 0, max: 32 }),
  hour: fc.integer({ min: 0, max: 25 }),
  minute: fc.integer({ min: 0, max: 61 }),
  second: fc.integer({ min: 0, max: 62 }),
  fraction: fc.constantFrom('', '.5', '.120', '.999'),
});

it('a time means the same however its zone is written, and none that does not exist is read', () => {
  fc.assert(
    fc.property(parts, ({ year, month, day, hour, minute, second, fraction }) => {
      const two = (number: number) => String(number).padStart(2, '0');
      const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
      const time = `${date}T${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
      const read = parseZonedTime(`${time}Z`);
      expect(parseZonedTime(`${time}+00:00`)).toBe(read);
      const isUsual = hour < 24 && minute < 60 && second < 60 && new Date(`${date}Z`).getUTCDate() === day;
      if (isUsual) expect(read).toBe(new Date(`${time}Z`).toISOString());
      else if (hour > 24 || minute > 59 || second > 60) expect(read).toBeUndefined();
    }),
  );
});

it('the usual forms are read as they are', () => {
  expect(parseZonedTime('2026-02-28T23:59:59Z')).toBe('2026-02-28T23:59:59.000Z');
  expect(parseZonedTime('2026-02-28T23:59:59.123Z')).toBe('2026-02-28T23:59:59.123Z');
  expect(parseZonedTime('2024-02-29T00:00:00Z')).toBe('2024-02-29T00:00:00.000Z');
  expect(parseZonedTime('2026-02-29T00:00:00Z')).toBeUndefined();
});
