import { type Html, html } from './html.ts';

export type Page = {
  readonly title: string;
  readonly main: Html;
  /** contents of the offer tags, one badge each */
  readonly offers?: readonly string[];
  /** whom badges are made out to */
  readonly learner?: string;
};

/** A whole page of the school. */
export function layout({ title, main, offers = [], learner }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – School of Webcraft</title>
<link rel="stylesheet" href="/school.css">
<link rel="icon" href="/school.svg" type="image/svg+xml">
${offers.map((offer) => html`<meta name="openbadges:offer" content="${offer}">\n`)}</head>
<body>
<header class="top">
<a class="school" href="/"><img src="/school.svg" alt="" width="32" height="32">School of Webcraft</a>
<p class="learner">${learner === undefined ? 'Badges will name nobody.' : html`Badges go to <strong>${learner}</strong>.`} <a href="/#learner">Change</a></p>
</header>
<main>
<h1>${title}</h1>
${main}
</main>
<footer><p>A practice school. What you give here stays on this computer.</p></footer>
</body>
</html>`.markup;
}
