import { html } from './html.ts';
import { layout } from './layout.ts';

/** A page that says one thing. */
export function messagePage(title: string, sentence: string): string {
  return layout({
    title,
    main: html`<p class="lead">${sentence}</p>\n<p><a href="/">To the school</a></p>`,
  });
}
