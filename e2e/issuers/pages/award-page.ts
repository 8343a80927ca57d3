import type { Award } from '../awards.ts';
import type { SchoolBadge } from '../catalogue.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

/** The page of one award: it offers the badge with one tag, and says how to take it. */
export function awardPage(award: Award, badge: SchoolBadge, learner: string | undefined): string {
  const peer = badge.earned === 'peer';
  return layout({
    title: peer ? `A badge for ${award.to ?? 'a class mate'}: ${badge.name}` : `You earned ${badge.name}`,
    offers: [award.offer],
    ...(learner === undefined ? {} : { learner }),
    main: html`<div class="card">
<img src="/art/${badge.slug}.svg" alt="" width="140" height="140">
<p class="lead">${badge.description}</p>
<dl>
<dt>Made out to</dt><dd>${award.to ?? 'nobody in particular'}</dd>
<dt>Given</dt><dd><time datetime="${award.issued}">${dateOf(award.issued)}</time></dd>
${award.why && html`<dt>Because</dt><dd>${award.why}</dd>`}
<dt>For</dt><dd>${badge.criteria}</dd>
</dl>
</div>
<p class="notice">Press the Backpack button in your browser's toolbar, then <strong>Claim badge</strong>.${peer && ' Send your class mate the address of this page, and they can claim it too.'}</p>
<p>Without the Backpack: <a href="${award.file}" download>save the badge as a file</a>.</p>
<p><a href="/">Back to the school</a></p>`,
  });
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

export function dateOf(instant: string): string {
  const date = new Date(instant);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
