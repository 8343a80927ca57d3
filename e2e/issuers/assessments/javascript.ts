import type { Assessment } from './assessment.ts';
import { type Token, tokensOf } from './code-tokens.ts';

const walkers = new Set(['for', 'while', 'reduce', 'forEach', 'sort', 'toSorted', 'map', 'reduceRight']);

/** The skill assessment JavaScript: one small function, read token by token. */
export const javascript: Assessment = {
  slug: 'javascript',
  title: 'JavaScript',
  kind: 'skill',
  task: [
    'Write a function longestWord(words). It is given a list of words and gives back the longest of them.',
    'An empty list gives an empty text. Any way of writing a function will do.',
  ],
  starter: 'function longestWord(words) {\n  \n}\n',
  rubric: [
    {
      expects: 'The code can be read: every quote and bracket is closed.',
      shortfall: (answer) => tokensOf(answer).problem,
    },
    {
      expects: 'It declares longestWord with exactly one parameter.',
      shortfall: (answer) => {
        const parameters = parametersOf('longestWord', wordsAndSigns(answer));
        if (parameters === undefined) return 'No function with the name longestWord was found.';
        return parameters === 1 ? undefined : `It takes ${parameters} parameters; one is needed.`;
      },
    },
    {
      expects: 'It looks at every word, with a loop or a method of the list.',
      shortfall: (answer) =>
        wordsAndSigns(answer).some((token) => walkers.has(token.text))
          ? undefined
          : 'Nothing goes through the list: try a for … of loop, or reduce.',
    },
    {
      expects: 'It compares the lengths of words.',
      shortfall: (answer) => {
        const tokens = wordsAndSigns(answer);
        const lengths = tokens.filter((token) => token.text === 'length').length;
        const compares = tokens.some((token) => ['<', '>', '<=', '>=', '-'].includes(token.text));
        return lengths >= 2 && compares ? undefined : 'Two lengths have to be compared, with < or >.';
      },
    },
    {
      expects: 'An empty list gives an empty text.',
      shortfall: (answer) =>
        tokensOf(answer).tokens.some((token) => token.kind === 'text' && token.text === '')
          ? undefined
          : "The empty text '' appears nowhere, so an empty list gives something else.",
    },
    {
      expects: 'It gives its result back.',
      shortfall: (answer) => {
        const tokens = wordsAndSigns(answer);
        const arrow = tokens.findIndex((token) => token.text === '=>');
        const expression = arrow !== -1 && tokens[arrow + 1]?.text !== '{';
        return expression || tokens.some((token) => token.text === 'return')
          ? undefined
          : 'The function never says return.';
      },
    },
    {
      expects: 'It declares names with const or let, and compares without surprises.',
      shortfall: (answer) => {
        const bad = wordsAndSigns(answer).find((token) => ['var', '==', '!='].includes(token.text));
        if (bad === undefined) return undefined;
        return bad.text === 'var'
          ? 'var is visible outside its block: const or let says what is meant.'
          : `${bad.text} converts before it compares: ${bad.text}= does not.`;
      },
    },
  ],
};

function wordsAndSigns(answer: string): readonly Token[] {
  return tokensOf(answer).tokens.filter((token) => token.kind !== 'text' && token.kind !== 'pattern');
}

/** How many parameters the function of that name takes, in each way of writing it. */
function parametersOf(name: string, tokens: readonly Token[]): number | undefined {
  const at = tokens.findIndex((token) => token.text === name);
  if (at === -1) return undefined;
  let next = at + 1;
  if (tokens[at - 1]?.text !== 'function') {
    if (tokens[next]?.text !== '=') return undefined;
    next += 1;
    if (tokens[next]?.text === 'function') next += tokens[next + 1]?.kind === 'word' ? 2 : 1;
    else if (tokens[next]?.kind === 'word' && tokens[next + 1]?.text === '=>') return 1;
  }
  if (tokens[next]?.text !== '(') return undefined;
  if (tokens[next + 1]?.text === ')') return 0;
  let depth = 0;
  let commas = 0;
  for (const token of tokens.slice(next)) {
    if (['(', '[', '{'].includes(token.text)) depth += 1;
    if ([')', ']', '}'].includes(token.text)) depth -= 1;
    if (depth === 0) return commas + 1;
    if (depth === 1 && token.text === ',') commas += 1;
  }
  return undefined;
}
