/** A piece of source code. Texts are without their quotes; comments are left out. */
export type Token = {
  readonly kind: 'word' | 'variable' | 'number' | 'text' | 'pattern' | 'sign';
  readonly text: string;
  /** only for texts: the quote it was written in */
  readonly quote?: string;
};

/** `problem`: one sentence when the code cannot be read to its end. */
export type Tokens = { readonly tokens: readonly Token[]; readonly problem?: string };

const signs =
  /^(?:\?->|===|!==|\*\*=|<=>|\.\.\.|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|->|::|\+\+|--|[+\-*/.%]=|\*\*|<\?php|<\?=|\?>|.)/s;
const openers = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const wordsBeforeAPattern = new Set(['return', 'typeof', 'case', 'of', 'in']);

/**
 * Splits JavaScript or PHP into tokens and looks whether quotes, comments and brackets are closed.
 * `hashComments`: PHP's third kind of comment.
 */
export function tokensOf(code: string, { hashComments = false } = {}): Tokens {
  const tokens: Token[] = [];
  const open: string[] = [];
  let rest = code;
  const take = (length: number): string => {
    const taken = rest.slice(0, length);
    rest = rest.slice(length);
    return taken;
  };
  while (rest !== '') {
    const space = /^\s+/.exec(rest);
    if (space) {
      take(space[0].length);
      continue;
    }
    if (rest.startsWith('//') || (hashComments && rest.startsWith('#'))) {
      take(/^[^\n]*/.exec(rest)?.[0].length ?? rest.length);
      continue;
    }
    if (rest.startsWith('/*')) {
      const end = rest.indexOf('*/', 2);
      if (end === -1) return { tokens, problem: 'A comment is opened and never closed.' };
      take(end + 2);
      continue;
    }
    const quote = rest.charAt(0);
    if (quote === "'" || quote === '"' || quote === '`') {
      const length = lengthOfText(rest, quote);
      if (length === undefined)
        return { tokens, problem: `A text that begins with ${quote} is never closed.` };
      tokens.push({ kind: 'text', text: take(length).slice(1, -1), quote });
      continue;
    }
    const pattern = rest.startsWith('/') && mayBePattern(tokens.at(-1)) ? lengthOfPattern(rest) : undefined;
    if (pattern !== undefined) {
      tokens.push({ kind: 'pattern', text: take(pattern) });
      continue;
    }
    const word = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(rest) ?? /^\d[\d_.a-zA-Z]*/.exec(rest);
    if (word) {
      const text = take(word[0].length);
      const kind = /^\d/.test(text) ? 'number' : text.startsWith('$') ? 'variable' : 'word';
      tokens.push({ kind, text });
      continue;
    }
    const sign = take(signs.exec(rest)?.[0].length ?? 1);
    const closer = openers.get(sign);
    if (closer !== undefined) open.push(closer);
    else if ([...openers.values()].includes(sign) && open.pop() !== sign)
      return { tokens, problem: `There is a ${sign} that closes nothing.` };
    tokens.push({ kind: 'sign', text: sign });
  }
  const missing = open.pop();
  return missing === undefined ? { tokens } : { tokens, problem: `A closing ${missing} is missing.` };
}

function lengthOfText(rest: string, quote: string): number | undefined {
  for (let index = 1; index < rest.length; index += 1) {
    if (rest[index] === '\\') index += 1;
    else if (rest[index] === quote) return index + 1;
    else if (rest[index] === '\n' && quote !== '`') return undefined;
  }
  return undefined;
}

// A slash divides after a value and begins a pattern everywhere else.
function mayBePattern(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'word') return wordsBeforeAPattern.has(before.text);
  return before.kind === 'sign' && ![')', ']', '}', '++', '--'].includes(before.text);
}

function lengthOfPattern(rest: string): number | undefined {
  const flags = /^\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/.exec(rest);
  return flags?.[0].length;
}
