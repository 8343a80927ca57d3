import type { Assessment } from './assessment.ts';
import { type Token, tokensOf } from './code-tokens.ts';

const guards = new Set(['htmlspecialchars', 'htmlentities']);
const fallbacks = new Set(['??', 'isset', 'empty', 'array_key_exists', 'filter_input']);

/** The skill assessment PHP: greet a visitor by name without letting the name become markup. */
export const php: Assessment = {
  slug: 'php',
  title: 'PHP',
  kind: 'skill',
  task: [
    "This line greets a visitor by the name in the page's address. It has two faults: a name may hold markup, which the browser would then obey, and without a name PHP complains.",
    'Mend it. Whoever gives no name is greeted as “stranger”.',
  ],
  starter: '<?php\necho "<p>Hello " . $_GET["name"] . "</p>";\n',
  rubric: [
    {
      expects: 'The code can be read: every quote and bracket is closed.',
      shortfall: (answer) => readPhp(answer).problem,
    },
    {
      expects: 'It begins as PHP.',
      shortfall: (answer) =>
        /<\?(?:php\b|=)/.test(answer) ? undefined : 'Nothing says that this is PHP: begin with <?php.',
    },
    {
      expects: 'It greets with the name from the address.',
      shortfall: (answer) => {
        const { tokens } = readPhp(answer);
        const reads = tokens.some((token) => token.text === '$_GET' || token.text === 'filter_input');
        const says = tokens.some((token) => ['echo', 'print', 'printf', '<?='].includes(token.text));
        if (!reads) return 'The name is no longer read from $_GET.';
        return says ? undefined : 'Nothing is sent to the visitor: echo is missing.';
      },
    },
    {
      expects: 'Markup in a name is shown as text.',
      shortfall: (answer) => {
        const { tokens } = readPhp(answer);
        if (!tokens.some((token) => guards.has(token.text)))
          return 'htmlspecialchars turns markup into text; it is used nowhere.';
        return rawName(tokens)
          ? 'Somewhere the name is still sent as it came, outside htmlspecialchars.'
          : undefined;
      },
    },
    {
      expects: 'Without a name it greets a stranger.',
      shortfall: (answer) => {
        const { tokens } = readPhp(answer);
        if (!tokens.some((token) => fallbacks.has(token.text)))
          return 'Nothing looks whether there is a name at all: try the ?? operator.';
        return tokens.some((token) => token.kind === 'text' && /stranger/i.test(token.text))
          ? undefined
          : 'The word “stranger” appears nowhere.';
      },
    },
  ],
};

function readPhp(answer: string) {
  return tokensOf(answer, { hashComments: true });
}

/** True when something that came from the address reaches an output without a guard around it. */
function rawName(tokens: readonly Token[]): boolean {
  const foreign = new Set(['$_GET', '$_REQUEST', 'filter_input']);
  for (const statement of statementsOf(tokens)) {
    const unguarded = outsideGuards(statement);
    const carries = unguarded.some((token) => isForeign(token, foreign));
    const [first, second] = statement;
    if (first?.kind === 'variable' && second?.text === '=' && carries) foreign.add(first.text);
    const outputs = statement.some((token) => ['echo', 'print', 'printf', '<?='].includes(token.text));
    // In a condition the name is looked at, not sent.
    if (outputs && outsideChecks(unguarded).some((token) => isForeign(token, foreign))) return true;
  }
  return false;
}

function isForeign(token: Token, foreign: ReadonlySet<string>): boolean {
  if (token.kind !== 'text') return foreign.has(token.text);
  // PHP fills variables into texts in double quotes.
  return (
    token.quote === '"' && [...foreign].some((name) => name.startsWith('$') && token.text.includes(name))
  );
}

function statementsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if ([';', '?>', '{', '}', '<?php'].includes(token.text)) statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements;
}

const outsideGuards = (tokens: readonly Token[]) => withoutCallsOf(guards, tokens);
const outsideChecks = (tokens: readonly Token[]) => withoutCallsOf(new Set(['isset', 'empty']), tokens);

function withoutCallsOf(names: ReadonlySet<string>, tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    if (!names.has(token.text) || tokens[index + 1]?.text !== '(') {
      kept.push(token);
      continue;
    }
    let depth = 0;
    for (index += 1; index < tokens.length; index += 1) {
      if (tokens[index]?.text === '(') depth += 1;
      if (tokens[index]?.text === ')') depth -= 1;
      if (depth === 0) break;
    }
  }
  return kept;
}
