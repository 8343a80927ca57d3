import type { Outcome } from '../../shared/model/verdict.ts';
import { type Expected, isRecord } from './manifest.ts';

/** What the product said about one case. What a scope does not look at is absent. */
export type Observed = {
  readonly verdict: Outcome;
  readonly reason: string;
  readonly recipientMatch?: boolean;
  readonly detectedGeneration?: string;
  readonly warnings?: boolean;
  readonly endorsements?: number;
  readonly extracted?: string;
};

/** What differs from what a case expects, in words; empty when it passes. Source: conformance README §expected. */
export function deviationsOf(expected: Expected, observed: Observed): readonly string[] {
  const deviations: string[] = [];
  if (!isExpectedVerdict(expected, observed.verdict))
    deviations.push(`expected ${expected.verdict}, is ${observed.verdict} (${observed.reason})`);
  for (const name of ['recipientMatch', 'detectedGeneration', 'warnings', 'endorsements'] as const) {
    if (expected[name] !== undefined && expected[name] !== observed[name])
      deviations.push(`expected ${name} ${String(expected[name])}, is ${String(observed[name])}`);
  }
  if ('extracted' in expected && !matches(expected.extracted, observed.extracted))
    deviations.push('extracted something else');
  if ('extractedHas' in expected && !matches(expected.extractedHas, observed.extracted))
    deviations.push('extracted lacks what is expected');
  return deviations;
}

export function isExpectedVerdict(expected: Expected, verdict: Outcome): boolean {
  return verdict === expected.verdict || expected.alsoAcceptable.includes(verdict);
}

/** A text is equal after trimming; an object is a deep subset of the JSON that was extracted. */
function matches(expected: unknown, extracted: string | undefined): boolean {
  if (extracted === undefined) return false;
  if (typeof expected === 'string') return expected.trim() === extracted.trim();
  try {
    return isSubset(expected, JSON.parse(extracted));
  } catch {
    return false;
  }
}

function isSubset(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part))
    return (
      Array.isArray(whole) &&
      part.length === whole.length &&
      part.every((one, index) => isSubset(one, whole[index]))
    );
  if (isRecord(part))
    return isRecord(whole) && Object.entries(part).every(([name, one]) => isSubset(one, whole[name]));
  return part === whole;
}
