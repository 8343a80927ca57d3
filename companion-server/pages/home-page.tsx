import type { JSX } from 'preact';
import { en } from '../messages/en.ts';
import { icon } from './icon.ts';
import { pageText } from './layout.tsx';

const offerLine = '<meta name="openbadges:offer" content="https://academy.example/awards/42.json">';

/** `/`: what this is, for someone without the extension, and what this server knows of its users. */
export function homePage(origin: string): string {
  return pageText(
    { title: en.home.title, description: en.home.lead, address: `${origin}/`, listed: true, kind: 'plain' },
    <main class="page home-page">
      <header class="home-page-head">
        <img class="home-page-icon" src={icon.path} alt="" width="128" height="128" />
        <div class="home-page-words">
          <p class="home-page-product">{en.product}</p>
          <h1 class="home-page-lead">{en.home.lead}</h1>
          <p class="home-page-what">{en.home.what}</p>
          <p class="home-page-ways">
            <a class="button button-main" href="#extension">
              {en.home.extensionTitle}
            </a>
            <a class="button" href="/check">
              {en.home.check}
            </a>
          </p>
        </div>
      </header>
      <div class="home-page-parts">
        <Part title={en.home.learnersTitle} text={en.home.learners} />
        <Part title={en.home.visitorsTitle} text={en.home.visitors} />
        <Part title={en.home.issuersTitle} text={en.home.issuers}>
          <pre class="home-page-line">
            <code>{offerLine}</code>
          </pre>
        </Part>
        <Part id="extension" title={en.home.extensionTitle} text={en.home.extension} />
      </div>
      <section class="home-page-privacy">
        <h2>{en.home.privacyTitle}</h2>
        <p>{en.home.privacy}</p>
      </section>
    </main>,
  );
}

function Part(props: { id?: string; title: string; text: string; children?: JSX.Element }): JSX.Element {
  return (
    <section class="home-page-part" id={props.id}>
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
    </section>
  );
}
