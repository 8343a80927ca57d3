import type { Exhibit } from '../gallery.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

/** The list of bad badges. It offers none itself. */
export function galleryPage(exhibits: readonly Exhibit[], learner: string | undefined): string {
  return layout({
    title: 'The gallery of bad badges',
    ...(learner === undefined ? {} : { learner }),
    main: html`<p class="lead">Every page here offers one badge that something is wrong with. A good backpack says what, and loses nothing.</p>
<ul>${exhibits.map(({ slug, title, wrong }) => html`<li><a href="/gallery/${slug}">${title}</a>: ${wrong}</li>`)}</ul>`,
  });
}

/** One bad badge, with one tag. */
export function exhibitPage(exhibit: Exhibit, offer: string, learner: string | undefined): string {
  return layout({
    title: exhibit.title,
    offers: [offer],
    ...(learner === undefined ? {} : { learner }),
    main: html`<p class="lead">What is wrong here: ${exhibit.wrong}</p>
<p class="notice">Press the Backpack button in your browser's toolbar and see what it says.</p>
<p><a href="/gallery">Back to the gallery</a></p>`,
  });
}
