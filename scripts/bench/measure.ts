import { cpus, type } from 'node:os';

/** One line of a bench, as `--json` writes it. */
export type Row = {
  readonly area: string;
  readonly measure: string;
  readonly ours: number;
  readonly baseline: number | null;
  readonly unit: string;
  readonly ratio: number | null;
  readonly goal: string;
  readonly pass: boolean;
  readonly baselineName: string;
  readonly note?: string;
};

/** One area: its set-up is its own, and it cleans up. */
export type Area = { readonly name: string; readonly run: () => Promise<readonly Row[]> };

/** Runs once and answers what it cost, in the unit of the measure. */
export type Candidate = { readonly name: string; readonly once: () => Promise<number> };

/** Rounds of every measure: fewer would let one busy moment of the machine decide. */
export const rounds = 15;

export type Spread = { readonly low: number; readonly median: number; readonly high: number };

/**
 * Runs the candidates in turn, A, B, A, B, so that a machine that wanders wanders for all of them. Answers each
 * candidate's costs in the order of the rounds.
 */
export async function alternate(candidates: readonly Candidate[], count = rounds): Promise<number[][]> {
  const costs = candidates.map((): number[] => []);
  for (let round = 0; round < count; round += 1)
    for (const [index, candidate] of candidates.entries()) costs[index]?.push(await candidate.once());
  return costs;
}

/** Quartiles of a list. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** Cost in milliseconds of one step, from `count` of them in a row. */
export async function timed(count: number, step: (index: number) => unknown): Promise<number> {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) await step(index);
  return (performance.now() - start) / count;
}

export type Comparison = {
  readonly area: string;
  readonly measure: string;
  readonly unit: string;
  readonly baselineName: string;
  /** largest ratio that meets the goal */
  readonly atMost: number;
  readonly ours: readonly number[];
  readonly baseline: readonly number[];
  /** what both cost without doing the work, taken off both; one figure a round */
  readonly nothing?: readonly number[];
  /** false when a gate failed: then the figures are worth nothing */
  readonly sound?: boolean;
  readonly note?: string;
};

/** The median of the round-by-round ratios with its quartiles, and whether it meets the goal. */
export function compare(comparison: Comparison): Row {
  const { ours, baseline, nothing, sound = true } = comparison;
  const idle = (round: number) => nothing?.[round] ?? 0;
  const ratios = ours.map(
    (cost, round) => (cost - idle(round)) / ((baseline[round] ?? Number.NaN) - idle(round)),
  );
  const ratio = spreadOf(ratios);
  const medianOf = (costs: readonly number[]) =>
    spreadOf(costs.map((cost, round) => cost - idle(round))).median;
  const quartiles = `quartiles ${rounded(ratio.low)} – ${rounded(ratio.high)} of ${ratios.length} rounds`;
  return {
    area: comparison.area,
    measure: comparison.measure,
    ours: rounded(medianOf(ours)),
    baseline: rounded(medianOf(baseline)),
    unit: comparison.unit,
    ratio: rounded(ratio.median),
    goal: `<= ${comparison.atMost}`,
    pass: sound && ratio.median <= comparison.atMost,
    baselineName: comparison.baselineName,
    note: [comparison.note, quartiles, sound ? undefined : 'the gate failed'].filter(Boolean).join('; '),
  };
}

/** A figure that has a ceiling of its own and nothing beside it. */
export function ceiling(
  area: string,
  measure: string,
  ours: number,
  atMost: number,
  unit: string,
  note?: string,
): Row {
  return {
    area,
    measure,
    ours: rounded(ours),
    baseline: null,
    unit,
    ratio: null,
    goal: `<= ${atMost}`,
    pass: ours <= atMost,
    baselineName: 'none: a ceiling',
    ...(note === undefined ? {} : { note }),
  };
}

/** Four significant figures: more would pretend. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function machine(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${type()}, Node ${process.versions.node}`;
}
