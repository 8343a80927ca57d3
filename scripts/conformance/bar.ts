import { readFileSync } from 'node:fs';
import type { Outcome } from '../../shared/model/verdict.ts';
import { isOutcome, isRecord } from './manifest.ts';

/**
 * What a deviation may at most be, by the kind of case and never by its name, so that cases nobody has seen yet are
 * held to the same bar. The first rule that fits a case decides; a case that no rule fits may not deviate.
 */
export type Bar = { readonly rules: readonly Rule[] };

type Rule = {
  readonly generations?: readonly string[];
  readonly formats?: readonly string[];
  /** proof suites: fits when the document holds no other ones (`none` when it holds no proof) */
  readonly suites?: readonly string[];
  /** fits only documents that hold a 2.0 extension, or only those that hold none */
  readonly extensions?: boolean;
  readonly allows: readonly Outcome[];
};

export type Traits = {
  readonly generation: string;
  readonly format: string;
  readonly suites: readonly string[];
  readonly extensions: boolean;
};

/** Reads a bar. Throws an Error with one plain sentence when it is none. */
export function readBar(file: string): Bar {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`The bar ${file} cannot be read.`, { cause });
  }
  if (!isRecord(value) || !Array.isArray(value['rules']))
    throw new Error(`The bar ${file} has no list of rules.`);
  return { rules: value['rules'].map((rule) => parseRule(rule, file)) };
}

/** Whether a case that did not pass stays above the bar. A wrong `valid` never does. */
export function barAllows(
  bar: Bar,
  traits: Traits,
  verdict: Outcome | undefined,
  isExpected: boolean,
): boolean {
  if (verdict === undefined || (verdict === 'valid' && !isExpected)) return false;
  const rule = bar.rules.find((one) => fits(one, traits));
  return rule?.allows.includes(verdict) ?? false;
}

function fits(rule: Rule, traits: Traits): boolean {
  return (
    (rule.generations?.includes(traits.generation) ?? true) &&
    (rule.formats?.includes(traits.format) ?? true) &&
    (rule.suites === undefined || traits.suites.every((suite) => rule.suites?.includes(suite))) &&
    (rule.extensions === undefined || rule.extensions === traits.extensions)
  );
}

function parseRule(value: unknown, file: string): Rule {
  if (!isRecord(value) || !Array.isArray(value['allows']) || !value['allows'].every(isOutcome))
    throw new Error(`A rule of the bar ${file} does not say which verdicts it allows.`);
  const words = (name: string) => {
    const list = value[name];
    return Array.isArray(list) ? { [name]: list.map(String) } : {};
  };
  return {
    ...words('generations'),
    ...words('formats'),
    ...words('suites'),
    ...(typeof value['extensions'] === 'boolean' ? { extensions: value['extensions'] } : {}),
    allows: value['allows'],
  };
}
