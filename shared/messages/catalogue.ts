import type { BackpackError, ErrorCode, Facts } from '../model/errors.ts';
import type { FindingCode } from '../model/verdict.ts';
import { type Catalogue, en } from './en.ts';
import { errorWords } from './errors.ts';
import { findingWords } from './findings.ts';
import { type Formats, fill, formatsOf, type Language } from './formats.ts';

/** All that a view needs to speak: the catalogue of one language and its formats. */
export type Words = { readonly text: Catalogue; readonly formats: Formats };

const catalogues: Readonly<Record<Language, Catalogue>> = { en };

/** The words of a language. `timeZone`: the reader's, see `formatsOf`. */
export function wordsOf(language: Language, timeZone?: string): Words {
  return { text: catalogues[language], formats: formatsOf(language, timeZone) };
}

/** What happened and what to do, as whole sentences, for an error or what is left of it after a message. */
export function sayError(
  error: Pick<BackpackError, 'code' | 'facts'>,
  words: Words,
): { readonly happened: string; readonly remedy: string } {
  const said = errorWords[error.code satisfies ErrorCode];
  return {
    happened: fill(said.happened, error.facts, words.formats),
    remedy: fill(said.remedy, error.facts, words.formats),
  };
}

/** Both as one text. */
export function sayErrorInFull(error: Pick<BackpackError, 'code' | 'facts'>, words: Words): string {
  const { happened, remedy } = sayError(error, words);
  return `${happened} ${remedy}`;
}

/** The sentence of a finding and, where there is one, its remedy. */
export function sayFinding(
  finding: { readonly code: FindingCode; readonly facts: Facts },
  words: Words,
): { readonly sentence: string; readonly remedy?: string } {
  const said = findingWords[finding.code];
  const fuller = Object.entries(said.where ?? {}).find(([when]) => isSo(when, finding.facts));
  const sentence = fill(fuller?.[1] ?? said.sentence, finding.facts, words.formats);
  return said.remedy === undefined
    ? { sentence }
    : { sentence, remedy: fill(said.remedy, finding.facts, words.formats) };
}

/** `name`: the fact is known; `name=value`: it is that. */
function isSo(when: string, facts: Facts): boolean {
  const [name = '', value] = when.split('=');
  const fact = facts[name];
  if (value !== undefined) return fact === value;
  return typeof fact === 'number' || (typeof fact === 'string' && fact.trim() !== '');
}
