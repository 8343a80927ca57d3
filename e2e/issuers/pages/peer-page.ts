import type { SchoolBadge } from '../catalogue.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

export type PeerForm = { readonly email: string; readonly why: string; readonly wrong: string };

/** The form that gives a class mate a badge. */
export function peerPage(badge: SchoolBadge, learner: string | undefined, form?: PeerForm): string {
  return layout({
    title: `Give “${badge.name}” to a class mate`,
    ...(learner === undefined ? {} : { learner }),
    main: html`<p class="lead">${badge.description}</p>
<form method="post" class="card">
<img src="/art/${badge.slug}.svg" alt="" width="96" height="96">
<label for="email">Your class mate's e-mail address</label>
<input id="email" name="email" inputmode="email" required value="${form?.email ?? ''}"${form ? html` aria-describedby="email-wrong" aria-invalid="true"` : ''}>
${form && html`<p class="why" id="email-wrong">${form.wrong}</p>`}
<label for="why">What did they do?</label>
<p class="hint">One or two sentences; they become part of the badge.</p>
<textarea id="why" name="why" rows="3" maxlength="600">${form?.why ?? ''}</textarea>
<button>Give the badge</button>
</form>`,
  });
}
