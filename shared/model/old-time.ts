import { type Instant, instantOf } from './brands.ts';
import type { Json } from './json.ts';
import { parseZonedTime } from './time.ts';

/** `hasZone` is false for a day or hour that leaves open where on earth it is meant; `at` then takes it as UTC. */
export type OldTime = { readonly at: Instant; readonly hasZone: boolean };

/** First and last second that ten digits can say: a day written as one number, 20130218, is none. */
const minUnixSeconds = 1_000_000_000;
const maxUnixSeconds = 9_999_999_999;

const extended =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,](\d{1,12}))?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?)?$/;
const basic =
  /^(\d{4})(\d{2})(?:(\d{2})(?:[Tt](\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,12}))?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?)?$/;

/**
 * Reads a time as the generations before 2.0 write it: Unix seconds as number or ten digits, with a fraction or not;
 * ISO 8601 with or without dashes and colons, a month or a day alone, hours with or without a zone.
 *
 * Days that do not exist (`2015-04-31`) and other words are refused. Milliseconds since 1970 are none of it.
 * Source: OB 1.1 §DateTime (ISO 8601 or Unix time); OB 0.5 (`YYYY-MM-DD` or Unix time).
 */
export function parseOldTime(value: Json | undefined): OldTime | undefined {
  if (typeof value === 'number') return unixTime(value);
  if (typeof value !== 'string' || value.length > 60) return undefined;
  const text = value.trim();
  if (/^\d{10}(?:\.\d{1,12})?$/.test(text)) return unixTime(Number(text));
  const parts = extended.exec(text) ?? basic.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day = '01', hour = '00', minute = '00', second, fraction = '0', zone] = parts;
  // Without seconds a fraction is one of the minute (ISO 8601 §4.2.2.4).
  const seconds = second ?? String(Math.floor(Number(`0.${fraction}`) * 60)).padStart(2, '0');
  const rest = second === undefined ? '' : `.${fraction}`;
  const at = parseZonedTime(`${year}-${month}-${day}T${hour}:${minute}:${seconds}${rest}${zone ?? 'Z'}`);
  return at === undefined ? undefined : { at, hasZone: zone !== undefined };
}

function unixTime(seconds: number): OldTime | undefined {
  if (!(seconds >= minUnixSeconds && seconds <= maxUnixSeconds)) return undefined;
  return { at: instantOf(Math.floor(seconds * 1000)), hasZone: true };
}
