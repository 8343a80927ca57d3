import type { Award } from '../awards.ts';
import { badgeOf } from '../catalogue.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

/** One page with three offers. */
export function openDayPage(awards: readonly Award[], learner: string | undefined): string {
  return layout({
    title: 'The open day',
    offers: awards.map((award) => award.offer),
    ...(learner === undefined ? {} : { learner }),
    main: html`<p class="lead">You came, you made something, you asked. Three badges lie here for you.</p>
<ul class="tiles">${awards.map((award) => {
      const badge = badgeOf(award.slug);
      return html`<li class="tile"><img src="/art/${award.slug}.svg" alt="" width="96" height="96"><h2>${badge?.name}</h2><p>${badge?.description}</p></li>`;
    })}</ul>
<p class="notice">Press the Backpack button in your browser's toolbar: it shows all three.</p>`,
  });
}
