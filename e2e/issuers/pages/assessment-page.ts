import type { Assessed, Assessment } from '../assessments/assessment.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

export type Attempt = { readonly answer: string; readonly assessed: Assessed };

/** A task with its rubric; after a try that fell short, what is missing, with the answer kept. */
export function assessmentPage(
  assessment: Assessment,
  learner: string | undefined,
  attempt?: Attempt,
): string {
  const findings = attempt?.assessed.findings;
  return layout({
    title: `${assessment.title}: the assessment`,
    ...(learner === undefined ? {} : { learner }),
    main: html`<p class="lead">${assessment.kind === 'skill' ? 'A skill assessment.' : 'A value assessment.'} Take as long, and as many tries, as you like.</p>
${attempt && html`<p class="notice" role="alert"><strong>Not there yet.</strong> What is missing stands below; your answer is kept.</p>`}
${assessment.task.map((paragraph) => html`<p>${paragraph}</p>`)}
<form method="post">
<label for="answer">Your answer</label>
<textarea id="answer" name="answer" class="code" rows="9" spellcheck="false" autocomplete="off">
${attempt?.answer ?? assessment.starter}</textarea>
<button>Hand it in</button>
</form>
<h2>What is looked at</h2>
<ul class="rubric">${
      findings === undefined
        ? assessment.rubric.map(({ expects }) => html`<li>${expects}</li>`)
        : findings.map(({ expects, met, why }) =>
            met
              ? html`<li class="met">${expects}</li>`
              : html`<li class="missed">${expects} <span class="why">${why}</span></li>`,
          )
    }</ul>`,
  });
}
