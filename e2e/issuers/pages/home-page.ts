import { assessments } from '../assessments/registry.ts';
import { catalogue } from '../catalogue.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

type Tile = { readonly href: string; readonly slug: string; readonly name: string; readonly text: string };

/** The school's front door: who one is, and what can be earned. `wrong`: an address that was none. */
export function homePage(learner: string | undefined, wrong?: string): string {
  const skills = assessments.map((assessment): Tile => {
    const what = assessment.kind === 'skill' ? 'A skill assessment.' : 'A value assessment.';
    return tile(`/assessments/${assessment.slug}`, assessment.slug, `${what} One short task.`);
  });
  const peers = catalogue
    .filter((badge) => badge.earned === 'peer')
    .map((badge) => tile(`/peers/${badge.slug}`, badge.slug, 'Given by one class mate to another.'));
  return layout({
    title: 'Learn the web by making it',
    ...(learner === undefined ? {} : { learner }),
    main: html`<p class="lead">Show what you can do, and take home a badge that you can keep anywhere: it is yours, not the school's.</p>
<section id="learner" aria-labelledby="learner-heading">
<h2 id="learner-heading">Whom shall badges name?</h2>
<form method="post" action="/learner" class="card">
<label for="email">Your e-mail address</label>
<p class="hint" id="email-hint">It is written into your badges in scrambled form. Without one, badges name nobody.</p>
<input id="email" name="email" inputmode="email" autocomplete="email" aria-describedby="email-hint${wrong === undefined ? '' : ' email-wrong'}" value="${wrong ?? learner ?? ''}">
${wrong === undefined ? '' : html`<p class="why" id="email-wrong">This does not look like an e-mail address.</p>`}
<button>Remember this</button>
</form>
</section>
<h2>Show what you can do</h2>
${tiles(skills)}
<h2>Thank a class mate</h2>
${tiles(peers)}
<h2>Take part</h2>
<ul>
<li><a href="/open-day">The open day</a>: one page, three badges.</li>
<li><a href="/gallery">The gallery of bad badges</a>: revoked, expired, tampered with, and worse.</li>
</ul>`,
  });
}

function tile(href: string, slug: string, text: string): Tile {
  const name = catalogue.find((badge) => badge.slug === slug)?.name ?? slug;
  return { href, slug, name, text };
}

function tiles(list: readonly Tile[]): Html {
  return html`<ul class="tiles">${list.map(
    ({ href, slug, name, text }) =>
      html`<li class="tile"><img src="/art/${slug}.svg" alt="" width="72" height="72"><h3><a href="${href}">${name}</a></h3><p>${text}</p></li>`,
  )}</ul>`;
}
