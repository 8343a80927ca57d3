import type { JSX } from 'preact';
import { en } from '../messages/en.ts';
import { pageText } from './layout.tsx';

const offerLine = '<meta name="openbadges:offer" content="https://academy.example/awards/42.json">';

/** `/`: what this is, for someone without the extension, and what this server knows of its users. */
export function homePage(origin: string): string {
  return pageText(
    { title: en.home.title, description: en.home.lead, address: `${origin}/`, listed: true },
    <main class="page home">
      <header>
        <p class="home-product">{en.product}</p>
        <h1 class="home-lead">{en.home.lead}</h1>
        <p class="home-what">{en.home.what}</p>
      </header>
      <Part title={en.home.learnersTitle} text={en.home.learners} />
      <Part id="extension" title={en.home.extensionTitle} text={en.home.extension} />
      <Part title={en.home.issuersTitle} text={en.home.issuers}>
        <pre class="home-line">
          <code>{offerLine}</code>
        </pre>
      </Part>
      <Part title={en.home.visitorsTitle} text={en.home.visitors}>
        <p>
          <a href="/check">{en.home.check}</a>
        </p>
      </Part>
      <Part title={en.home.privacyTitle} text={en.home.privacy} />
    </main>,
  );
}

function Part(props: { id?: string; title: string; text: string; children?: JSX.Element }): JSX.Element {
  return (
    <section class="home-part" id={props.id}>
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
    </section>
  );
}
