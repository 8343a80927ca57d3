import { sayFinding, type Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';
import { plainText } from '../messages/plain-text.ts';
import type { Check, CheckName, CheckOutcome } from '../model/verdict.ts';

/** The questions in the order in which a person doubts (look §3). */
export type Question = 'unaltered' | 'who' | 'good' | 'whose' | 'more';

export type CheckLine = {
  readonly name: string;
  readonly outcome: CheckOutcome;
  /** "Passed", "Failed" … */
  readonly word: string;
  readonly sentence: string;
  readonly remedy?: string;
  /** section of the specification that asks for it */
  readonly source: string;
  readonly code: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
};

export type CheckGroup = {
  readonly question: Question;
  readonly title: string;
  readonly lines: readonly CheckLine[];
};

const questionOf: Readonly<Record<CheckName, Question>> = {
  form: 'unaltered',
  limits: 'unaltered',
  integrity: 'unaltered',
  hosting: 'unaltered',
  key: 'who',
  issuer: 'who',
  validity: 'good',
  status: 'good',
  recipient: 'whose',
  schema: 'more',
  endorsement: 'more',
  part: 'more',
  extension: 'more',
  'proof-set': 'more',
  presentation: 'more',
};
const questions: readonly Question[] = ['unaltered', 'who', 'good', 'whose', 'more'];
const maxLines = 200;
const maxFactLength = 300;

/** Every check as a line, grouped by the question it answers; groups without a check are left out. */
export function checkListView(checks: readonly Check[], words: Words): readonly CheckGroup[] {
  const shown = checks.slice(0, maxLines);
  return questions
    .map((question) => ({
      question,
      title: words.text.questions[question],
      lines: shown
        .filter((check) => questionOf[check.check] === question)
        .map((check) => checkLine(check, words)),
    }))
    .filter((group) => group.lines.length > 0);
}

function checkLine(check: Check, words: Words): CheckLine {
  const { code, facts } = check.detail;
  return {
    name: words.text.checkNames[check.check],
    outcome: check.outcome,
    word: words.text.checkOutcomes[check.outcome],
    ...sayFinding({ code, facts: sayableFacts(facts, words) }, words),
    source: check.source === 'ours' ? words.text.checkList.ours : check.source,
    code,
    facts: Object.entries(facts).map(([name, value]) => ({
      name: plainText(name, 40),
      value: plainText(String(value), maxFactLength),
    })),
  };
}

/** Nobody knows a key by heart: in a sentence its end is enough, and the whole of it stands among the facts. */
function sayableFacts(facts: Check['detail']['facts'], words: Words): Check['detail']['facts'] {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('did:key:')
        ? fill(words.text.checkList.key, { tail: value.slice(-8) }, words.formats)
        : value,
    ]),
  );
}
