import { cut, plainText } from '../messages/plain-text.ts';
import { type Inline, parseInline } from './inline-text.ts';

/** A foreign text with its everyday formatting, as data that components draw; no markup is made of it anywhere. */
export type Block =
  | { readonly kind: 'paragraph' | 'heading'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | ListBlock;
export type ListBlock = {
  readonly kind: 'list';
  readonly ordered: boolean;
  /** number of the first item */
  readonly start: number;
  readonly items: readonly ListItem[];
};
export type ListItem = { readonly content: readonly Inline[]; readonly inner: readonly ListBlock[] };

const maxDepth = 4;
const maxIndent = 40;

/**
 * Reads the part of Markdown that people use: paragraphs, lists, headings, code, and within lines what `parseInline`
 * reads. Headings lose their level, since ours are in order; a line break stays one; quotes, tables and HTML stay as
 * they are written. At most `limit` characters, cleaned like every foreign text (threats T47, T48).
 *
 * Source: OB 3.0 §Criteria, §Evidence, §AchievementSubject `narrative` and §EndorsementSubject `endorsementComment`,
 * which are Markdown. Errors: none; any text is a text.
 */
export function formattedText(text: string, limit: number): readonly Block[] {
  const lines = cut(text.slice(0, limit * 4), limit)
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map(cleanLine);
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const fence = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    const heading = /^ {0,3}#{1,6} (.*)$/.exec(line)?.[1];
    if (fence !== undefined) {
      const found = lines.findIndex((other, index) => index > at && other.trimStart().startsWith(fence));
      const end = found < 0 ? lines.length : found;
      blocks.push({ kind: 'code', text: lines.slice(at + 1, end).join('\n') });
      at = end + 1;
    } else if (heading !== undefined) {
      blocks.push({ kind: 'heading', content: parseInline(heading.replace(/ #{1,6}$/, '')) });
      at += 1;
    } else if (itemOf(line) !== undefined) {
      const end = endOfList(lines, at);
      blocks.push(...listsOf(lines.slice(at, end)));
      at = end;
    } else if (isEmpty(line)) at += 1;
    else {
      const from = at;
      do at += 1;
      while (at < lines.length && !beginsAnew(lines[at] ?? ''));
      blocks.push({ kind: 'paragraph', content: parseInline(bare(lines.slice(from, at))) });
    }
  }
  return blocks;
}

/** One line as it may be shown, its indent kept: lists and code are told by it. */
function cleanLine(line: string): string {
  const indent = line
    .slice(0, maxIndent)
    .replace(/\t/g, '    ')
    .search(/[^ ]|$/);
  const clean = plainText(line, line.length + 1);
  return clean === '' ? '' : ' '.repeat(Math.min(indent, maxIndent)) + clean;
}

/** Nothing, or a line of dashes that only divides. */
function isEmpty(line: string): boolean {
  return line === '' || /^ {0,3}(?:-{3,}|={3,}|\*{3,}|_{3,})$/.test(line);
}

function beginsAnew(line: string): boolean {
  return isEmpty(line) || itemOf(line) !== undefined || /^ {0,3}(?:```|~~~|#{1,6} )/.test(line);
}

function bare(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join('\n');
}

type Item = { readonly indent: number; readonly number: number | undefined; readonly text: string };

function itemOf(line: string): Item | undefined {
  const [, indent = '', sign, text = ''] = /^( {0,40})([-*+•]|\d{1,6}[.)]) (.*)$/.exec(line) ?? [];
  if (sign === undefined) return undefined;
  const number = /^\d/.test(sign) ? Number.parseInt(sign, 10) : undefined;
  return { indent: indent.length, number, text };
}

/** A list goes on through its items, what is indented below them, and single empty lines between them. */
function endOfList(lines: readonly string[], from: number): number {
  let at = from + 1;
  while (at < lines.length) {
    const [line = '', next = ''] = [lines[at], lines[at + 1]];
    const goesOn = itemOf(line) !== undefined || line.startsWith('  ');
    if (!goesOn && !(isEmpty(line) && (itemOf(next) !== undefined || next.startsWith('  ')))) break;
    at += 1;
  }
  return at;
}

/** The lists that some lines make; deeper ones hang below the item before them. */
function listsOf(lines: readonly string[]): readonly ListBlock[] {
  const items: (Item & { lines: string[] })[] = [];
  for (const line of lines) {
    const item = itemOf(line);
    if (item !== undefined) items.push({ ...item, lines: [item.text] });
    else if (!isEmpty(line)) items.at(-1)?.lines.push(line);
  }
  return nested(items, 1);
}

function nested(
  items: readonly (Item & { readonly lines: readonly string[] })[],
  depth: number,
): readonly ListBlock[] {
  const lists: (Omit<ListBlock, 'items'> & { items: ListItem[] })[] = [];
  const indent = items[0]?.indent ?? 0;
  for (let at = 0; at < items.length; ) {
    const item = items[at];
    if (item === undefined) break;
    let end = at + 1;
    while (depth < maxDepth && (items[end]?.indent ?? 0) > indent + 1) end += 1;
    const shown = {
      content: parseInline(bare(item.lines)),
      inner: nested(items.slice(at + 1, end), depth + 1),
    };
    const ordered = item.number !== undefined;
    const last = lists.at(-1);
    if (last?.ordered === ordered) last.items.push(shown);
    else lists.push({ kind: 'list', ordered, start: item.number ?? 1, items: [shown] });
    at = end;
  }
  return lists;
}
