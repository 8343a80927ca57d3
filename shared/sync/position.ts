/**
 * A place in an order that several devices arrange (design §6): the digits of a fraction between 0 and 1, which compares
 * as text. Between any two there is another, so that moving one thing writes one field and leaves all others alone.
 */
export type Position = string & { readonly position: unique symbol };

const digits = '0123456789abcdefghijklmnopqrstuvwxyz';
const base = digits.length;
/** A longer one is not made: the order is spaced anew before. */
const maxPositionLength = 16;
const positionForm = /^[0-9a-z]{0,15}[1-9a-z]$/;

/** True for a well-formed position. */
export function isPosition(value: unknown): value is Position {
  return typeof value === 'string' && positionForm.test(value);
}

/** A thing in an order; `at` is absent where another version wrote what this one cannot read. */
export type Placed = { readonly id: string; readonly at?: Position };

/** Things in their order. Two that devices put at one place at once stand by their ids, alike everywhere. */
export function inOrder<Thing extends Placed>(things: readonly Thing[]): readonly Thing[] {
  const key = ({ at, id }: Placed): string => `${at ?? '~'} ${id}`;
  return [...things].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * The positions to write so that `moved` stand together from `index` on in an order that is otherwise as it was: their
 * own alone, or everybody's where there is no room between the neighbours.
 */
export function placeAt(
  order: readonly Placed[],
  moved: readonly string[],
  index: number,
): ReadonlyMap<string, Position> {
  const rest = order.filter(({ id }) => !moved.includes(id));
  const at = Math.min(Math.max(index, 0), rest.length);
  const [before, after] = [rest[at - 1], rest[at]];
  const isRead = (one: Placed | undefined): boolean => one === undefined || one.at !== undefined;
  const found =
    isRead(before) && isRead(after) ? positionsBetween(before?.at, after?.at, moved.length) : undefined;
  if (found !== undefined) return paired(moved, found);
  const ids = rest.map(({ id }) => id);
  const whole = [...ids.slice(0, at), ...moved, ...ids.slice(at)];
  return paired(whole, positionsBetween(undefined, undefined, whole.length) ?? []);
}

/** That many positions in order after one and before another; `undefined` where there is no room for them. */
export function positionsBetween(
  before: Position | undefined,
  after: Position | undefined,
  count: number,
): readonly Position[] | undefined {
  if (count === 0) return [];
  const middle = between(before, after);
  if (middle === undefined) return undefined;
  const left = Math.floor((count - 1) / 2);
  const first = positionsBetween(before, middle, left);
  const last = positionsBetween(middle, after, count - 1 - left);
  return first === undefined || last === undefined ? undefined : [...first, middle, ...last];
}

/** The shortest fraction about halfway between two, digit by digit. */
function between(before: Position | undefined, after: Position | undefined): Position | undefined {
  if (before !== undefined && after !== undefined && before >= after) return undefined;
  let found = '';
  let end: string | undefined = after;
  while (found.length < maxPositionLength) {
    const index = found.length;
    const low = digitAt(before, index);
    const high = end === undefined ? base : digitAt(end, index);
    if (high - low > 1) return `${found}${digits[(low + high) >> 1]}` as Position;
    found += digits[low];
    // Whatever follows here is before the end.
    if (high > low) end = undefined;
  }
  return undefined;
}

function digitAt(position: string | undefined, index: number): number {
  return Math.max(digits.indexOf(position?.[index] ?? '0'), 0);
}

function paired(ids: readonly string[], positions: readonly Position[]): ReadonlyMap<string, Position> {
  return new Map(ids.flatMap((id, index) => (positions[index] ? [[id, positions[index]] as const] : [])));
}
