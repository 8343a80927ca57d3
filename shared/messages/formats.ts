import type { Facts } from '../model/errors.ts';
import { type Direction, directionOf, isolated } from './direction.ts';
import { plainText } from './plain-text.ts';

/** A language of the catalogue, as in `lang` and for `Intl`. */
export type Language = 'en';

/** Longest value that a sentence takes from outside. */
const maxFactLength = 120;
const slots = /\{(\w+)(?:\|([^}]*))?\}/g;
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** Numbers, dates and lists in one language. */
export type Formats = {
  readonly language: Language;
  readonly direction: Direction;
  /** 12 March 2026, the day in UTC: what a badge says about itself reads the same everywhere */
  readonly date: (instant: string) => string;
  /** 12 March 2026, the day where the reader is: what was done here, and when */
  readonly dateHere: (instant: string) => string;
  /** 12 March 2026 at 14:05:09 UTC, in the reader's time zone */
  readonly exactTime: (instant: string) => string;
  readonly year: (instant: string) => string;
  readonly number: (value: number) => string;
  /** 12 kB */
  readonly size: (bytes: number) => string;
  readonly list: (items: readonly string[]) => string;
  /** picks the form for a count */
  readonly plural: (count: number, forms: { readonly one: string; readonly other: string }) => string;
};

/** The formats of a language. `timeZone`: the reader's, as an IANA name; `UTC` makes the same text on every machine. */
export function formatsOf(language: Language, timeZone = 'UTC'): Formats {
  const locale = language === 'en' ? 'en-GB' : language;
  const day = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const date = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' });
  const dateHere = new Intl.DateTimeFormat(locale, { ...day, timeZone });
  const exact = new Intl.DateTimeFormat(locale, {
    ...day,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone,
  });
  const year = new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(locale);
  const kilobytes = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'kilobyte',
    maximumFractionDigits: 0,
  });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const plurals = new Intl.PluralRules(locale);
  const written = (form: Intl.DateTimeFormat, instant: string): string => {
    const moment = Date.parse(instant);
    return Number.isNaN(moment) ? plainText(instant, maxFactLength) : form.format(moment);
  };
  return {
    language,
    direction: directionOf(language),
    date: (instant) => written(date, instant),
    dateHere: (instant) => written(dateHere, instant),
    exactTime: (instant) => written(exact, instant),
    year: (instant) => written(year, instant),
    number: (value) => number.format(value),
    size: (bytes) => kilobytes.format(Math.max(1, Math.round(bytes / 1000))),
    list: (items) => list.format(items),
    plural: (count, forms) =>
      (plurals.select(count) === 'one' ? forms.one : forms.other).replaceAll('{count}', number.format(count)),
  };
}

/**
 * Fills the named slots of a sentence: `{host}`, or `{host|the issuer}` with what is said when the fact is absent.
 * Instants become dates, numbers are written in the language; texts lose what could disguise them (T48) and keep their
 * direction to themselves.
 */
export function fill(sentence: string, facts: Facts, formats: Formats): string {
  return sentence.replace(slots, (_, slot: string, absent: string | undefined, position: number) => {
    const fact = Object.hasOwn(facts, slot) ? facts[slot] : undefined;
    if (typeof fact === 'number') return formats.number(fact);
    if (typeof fact === 'string' && fact !== '')
      return instantForm.test(fact)
        ? formats.date(fact)
        : isolated(plainText(fact, maxFactLength), formats.direction);
    // A host keeps its small letter at the beginning of a sentence; our own words do not.
    const words = absent ?? '';
    return position === 0 ? words.charAt(0).toUpperCase() + words.slice(1) : words;
  });
}
