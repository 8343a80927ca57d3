import { checkEn } from '../messages/check-en.ts';
import { en } from '../messages/en.ts';
import { pageText } from './layout.tsx';

/** `/check`: where anybody checks a badge in the own browser. `script`: path of what does it. */
export function checkPage(origin: string, script: string): string {
  return pageText(
    { title: checkEn.title, description: checkEn.lead, address: `${origin}/check`, listed: true, script },
    <>
      <main class="page check">
        <header class="check-head">
          <h1>{checkEn.title}</h1>
          <p class="check-lead">{checkEn.lead}</p>
          <p class="soft">{checkEn.how}</p>
        </header>
        <div id="check">
          <noscript>
            <p>{checkEn.noScript}</p>
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
