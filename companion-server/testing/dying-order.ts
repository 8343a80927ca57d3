/**
 * Where the dying server kills itself. Only one transaction is counted: the first that asks a statement beginning with
 * `from`, and from that statement on, because others come at any time. `at`: the how-manieth of its statements it dies
 * before, or the point about its commit; absent where it lives.
 */
export type Order = { readonly from: string; readonly at?: DyingPoint };

export type DyingPoint = number | CommitPoint;

/** `underway`: sent, and not answered yet. */
export type CommitPoint = (typeof commitPoints)[number];

export const commitPoints = ['before commit', 'underway commit', 'after commit'] as const;

/** An order that nothing meets. */
export const noOrder: Order = { from: 'no statement' };

/** Where a transaction can be cut whose moments were reported: in its middle, and about its commit. */
export function pointsOf(moments: readonly string[]): readonly DyingPoint[] {
  const statements = moments.filter((moment) => !moment.endsWith(' commit'));
  return [Math.ceil((statements.length + 1) / 2), ...commitPoints];
}
