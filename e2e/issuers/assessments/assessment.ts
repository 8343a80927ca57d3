/** One line of a rubric: what is expected, and a judge that answers why an answer falls short of it. */
export type Expectation = {
  readonly expects: string;
  /** `undefined` when it is met, else one sentence for the learner */
  readonly shortfall: (answer: string) => string | undefined;
};

/** A short task with a rubric that the server itself checks. Answers are read, never run. */
export type Assessment = {
  readonly slug: string;
  readonly title: string;
  readonly kind: 'skill' | 'value';
  /** paragraphs of the task */
  readonly task: readonly string[];
  /** what the answer's field holds at first */
  readonly starter: string;
  readonly rubric: readonly Expectation[];
};

export type Finding = { readonly expects: string; readonly met: boolean; readonly why?: string };
export type Assessed = { readonly passed: boolean; readonly findings: readonly Finding[] };

/** Longest answer that is looked at, in characters. */
export const maxAnswerLength = 4000;

/** Judges an answer line by line; it passes when every line is met. */
export function assess(assessment: Assessment, answer: string): Assessed {
  if (answer.length > maxAnswerLength) {
    const why = `The answer is longer than ${maxAnswerLength} characters; a short one is enough.`;
    return { passed: false, findings: [{ expects: 'The answer is short.', met: false, why }] };
  }
  const findings = assessment.rubric.map(({ expects, shortfall }): Finding => {
    const why = shortfall(answer);
    return why === undefined ? { expects, met: true } : { expects, met: false, why };
  });
  return { passed: findings.every((finding) => finding.met), findings };
}
