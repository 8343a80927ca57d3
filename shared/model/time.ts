import { type Instant, instantOf } from './brands.ts';

/** Seconds of the last moment that an Instant can hold, the end of the year 9999. */
export const maxInstantSeconds = 253_402_300_799;

const zoned =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?(?:([Zz])|([+-])(\d{2})(?::?(\d{2}))?)$/;

/** As nearly all issuers write a time, on a day that every month has: nothing is left to reckon. */
const usual =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

/**
 * Reads an ISO 8601 time that says its zone; `undefined` for anything else.
 *
 * Days and hours that do not exist (`2015-04-31`) are refused, never rolled over. Seconds may be left out,
 * fractions count to milliseconds. Source: OB 2.0 §DateTime (dtDateTime: time and zone are required).
 */
export function parseZonedTime(text: string): Instant | undefined {
  if (usual.test(text)) return (text.length === 24 ? text : `${text.slice(0, 19)}.000Z`) as Instant;
  const parts = zoned.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute] = parts.slice(1, 6).map(Number);
  const second = Number(parts[6] ?? '0');
  const fraction = Number(`0.${parts[7] ?? '0'}`);
  const zone = zoneMinutes(parts[8], parts[9], parts[10], parts[11]);
  if (year === undefined || month === undefined || day === undefined || hour === undefined) return undefined;
  if (minute === undefined || zone === undefined) return undefined;
  // 24:00 and leap seconds (:60) are written by some clocks; both mean the next moment.
  const endsDay = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !endsDay) || minute > 59 || second > 60) return undefined;
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const milliseconds =
    date.getTime() + ((hour * 60 + minute - zone) * 60 + second) * 1000 + Math.floor(fraction * 1000);
  return instantWithinRange(milliseconds);
}

function zoneMinutes(
  zulu: string | undefined,
  sign: string | undefined,
  hours: string | undefined,
  minutes: string | undefined,
): number | undefined {
  if (zulu !== undefined) return 0;
  const size = Number(hours) * 60 + Number(minutes ?? '0');
  if (!(Number(hours) <= 23) || Number(minutes ?? '0') > 59) return undefined;
  return sign === '-' ? -size : size;
}

function instantWithinRange(milliseconds: number): Instant | undefined {
  // Years outside 0000–9999 have another text form and would not compare as text.
  if (milliseconds < -62_167_219_200_000 || milliseconds >= (maxInstantSeconds + 1) * 1000) return undefined;
  return instantOf(milliseconds);
}
