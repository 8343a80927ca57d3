import type { ComponentChildren, JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { wordsOf } from '../../shared/messages/catalogue.ts';
import { type Formats, fill } from '../../shared/messages/formats.ts';
import type { Shelf } from '../../shared/model/page-data.ts';
import { type Theme, themeOf, themes } from '../../shared/model/themes.ts';
import { en } from '../messages/en.ts';
import { icon } from './icon.ts';
import { type FirstScreen, inlineStyles } from './inline-styles.ts';
import { type PageKind, styleSheets } from './style-sheets.ts';

export const words = wordsOf('en');

/** Fills a sentence of this room's catalogue. */
export function say(sentence: string, facts: Readonly<Record<string, string | number>> = {}): string {
  return fill(sentence, facts, words.formats);
}

export type PageHead = {
  readonly title: string;
  readonly description?: string;
  /** absolute address of the page */
  readonly address?: string;
  /** absolute address of a PNG or JPEG picture for previews */
  readonly picture?: string;
  /** whether search engines may list the page */
  readonly listed: boolean;
  readonly alternate?: string;
  /** name of the theme that the page's owner chose */
  readonly theme?: string | undefined;
  /** path of the one script of a page that has any */
  readonly script?: string;
  readonly kind: PageKind;
  /** what the page draws without its style sheet, which then stands right behind that (`Sheet`) */
  readonly firstScreens?: readonly FirstScreen[];
};

/** A whole page as text. Everything foreign in it is a text node or an attribute: escaped by the renderer. */
export function pageText(head: PageHead, body: ComponentChildren): string {
  return `<!doctype html>${renderToString(<Page head={head}>{body}</Page>)}`;
}

function Page({ head, children }: { head: PageHead; children: ComponentChildren }): JSX.Element {
  const { firstScreens = [] } = head;
  return (
    <html lang={words.formats.language} dir={turnedOf(words.formats)} class={classOf(themeOf(head.theme))}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{head.title}</title>
        {head.description !== undefined && <meta name="description" content={head.description} />}
        {!head.listed && <meta name="robots" content="noindex" />}
        {firstScreens.length === 0 && <meta name="color-scheme" content="light dark" />}
        <meta property="og:title" content={head.title} />
        <meta property="og:site_name" content={en.product} />
        {head.description !== undefined && <meta property="og:description" content={head.description} />}
        {head.address !== undefined && <meta property="og:url" content={head.address} />}
        {head.picture !== undefined && <meta property="og:image" content={head.picture} />}
        {head.address !== undefined && <link rel="canonical" href={head.address} />}
        {head.alternate !== undefined && (
          <link rel="alternate" type="application/json" href={head.alternate} />
        )}
        <link rel="icon" type="image/svg+xml" href={icon.path} />
        {inlineStyles(firstScreens, themeOf(head.theme)).map((text) => (
          <style key={text}>{text}</style>
        ))}
        {firstScreens.length === 0 && <Sheet of={head.kind} />}
        {head.script !== undefined && <script type="module" src={head.script} />}
      </head>
      <body>{children}</body>
    </html>
  );
}

/** The style sheet of a page: in its head, or behind what it draws without. */
export function Sheet({ of }: { readonly of: PageKind }): JSX.Element {
  return <link rel="stylesheet" href={styleSheets[of].path} />;
}

/** From left to right is how pages run that say nothing of it. */
function turnedOf({ direction }: Formats): 'rtl' | undefined {
  return direction === 'rtl' ? direction : undefined;
}

/** The usual theme is what every other page has. */
function classOf(theme: Theme): string | undefined {
  return theme === themes[0] ? undefined : `theme-${theme}`;
}

/** The path below which a page's badges stand: that of the profile, or of the unlisted collection. */
export function pathOfShelf({ handle, secret }: Shelf): string {
  return secret === undefined ? `/@${handle}` : `/@${handle}/${secret}`;
}

/** The foot of what a learner published: who signed it, and where to look further. */
export function SignedFoot({
  shelf,
  path,
  identity,
  formerly,
}: {
  readonly shelf: Shelf;
  /** path of the page that it stands on */
  readonly path: string;
  readonly identity: string;
  readonly formerly: readonly string[];
}): JSX.Element {
  const at = pathOfShelf(shelf);
  return (
    <footer class="page-foot">
      <p>
        <span title={identity}>{say(en.foot.signed, { tail: identity.slice(-8) })}</span>
      </p>
      {formerly.map((former) => (
        <p key={former}>
          <span title={former}>{say(en.foot.formerly, { tail: former.slice(-8) })}</span>
        </p>
      ))}
      <p>
        <a href={`/check#profile=${at.slice('/@'.length)}`}>{en.foot.check}</a>
        <a href={`${at}.jws`}>{en.foot.manifest}</a>
        {shelf.secret === undefined && <a href={`${at}.json`}>{en.foot.asData}</a>}
        <a href={`/report?page=${path}`} rel="nofollow">
          {en.foot.report}
        </a>
        <a href="/">{en.foot.what}</a>
      </p>
    </footer>
  );
}
