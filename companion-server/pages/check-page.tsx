import { checkEn } from '../messages/check-en.ts';
import { claimEn } from '../messages/claim-en.ts';
import { en } from '../messages/en.ts';
import { pageText, Sheet } from './layout.tsx';

/** `/check`: where anybody checks a badge in their own browser. `script`: path of what does it. */
export function checkPage(origin: string, script: string): string {
  return scriptedPage('check', checkEn, `${origin}/check`, script, checkEn.how);
}

/** `/claim`: what somebody without the extension reaches from a page that offers a badge; the offer is in the fragment. */
export function claimPage(origin: string, script: string): string {
  return scriptedPage('claim', claimEn, `${origin}/claim`, script);
}

type Said = { readonly title: string; readonly lead: string; readonly noScript: string };

function scriptedPage(id: string, said: Said, address: string, script: string, how?: string): string {
  return pageText(
    {
      title: said.title,
      description: said.lead,
      address,
      listed: id === 'check',
      kind: 'check',
      firstScreens: ['check'],
      script,
    },
    <>
      <main class="page">
        <header class="check-head">
          <h1>{said.title}</h1>
          <p class="check-lead">{said.lead}</p>
          {how !== undefined && <p class="soft">{how}</p>}
        </header>
        <Sheet of="check" />
        <div id={id}>
          <noscript>
            <p>{said.noScript}</p>
          </noscript>
        </div>
      </main>
      <footer class="page-foot">
        <p>
          <a href="/">{en.foot.what}</a>
        </p>
      </footer>
    </>,
  );
}
