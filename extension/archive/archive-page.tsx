import type { JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import base from '../../shared/components/base.css?inline';
import checkList from '../../shared/components/check-list.css?inline';
import controls from '../../shared/components/controls.css?inline';
import icon from '../../shared/components/icon.css?inline';
import issuerLine from '../../shared/components/issuer-line.css?inline';
import tokens from '../../shared/components/tokens.css?inline';
import verdictMark from '../../shared/components/verdict-mark.css?inline';
import { directionOf } from '../../shared/messages/direction.ts';
import { archiveEn } from '../messages/archive-en.ts';
import archive from './archive.css?inline';

/** One badge on the page of an archive: texts that may be foreign, and the paths of its files. */
export type ArchivedBadge = {
  readonly name: string;
  /** who issued it, as far as that was proven, in one sentence */
  readonly issuer: string;
  /** what was found when it was last checked, with the day */
  readonly verdict: string;
  readonly file?: string;
  readonly picture?: string;
};

/** The page's one script, and its SHA-256 in base64, by which alone it may run. */
export type PageScript = { readonly code: string; readonly hash: string };

const styles = [tokens, base, controls, icon, verdictMark, issuerLine, checkList, archive].join('\n');

/**
 * The page that an archive opens with in any browser: what is in it, and a script that checks it, so that it still says
 * everything when nobody else does. It loads nothing but the pictures beside it, sends nothing, and runs that one script
 * (threats T47); without it, it still shows what was found.
 */
export function archivePage(badges: readonly ArchivedBadge[], language: string, script: PageScript): string {
  const policy = [
    "default-src 'none'",
    "img-src 'self' file:",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${script.hash}'`,
  ].join('; ');
  return `<!doctype html>${renderToString(
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>{archiveEn.title}</title>
        <Raw tag="style" text={styles} />
      </head>
      <body>
        <main>
          <h1>{archiveEn.title}</h1>
          <p>{archiveEn.how}</p>
          <section id="checker">
            <noscript>{archiveEn.noScript}</noscript>
          </section>
          <ul>
            {badges.map((badge) => (
              <Item key={badge.file ?? badge.name} {...badge} />
            ))}
          </ul>
        </main>
        <Raw tag="script" text={script.code} />
      </body>
    </html>,
  )}`;
}

/** Text of our own that a browser does not read as markup: the one style and the one script. */
function Raw({ tag: Tag, text }: { readonly tag: 'style' | 'script'; readonly text: string }): JSX.Element {
  return <Tag dangerouslySetInnerHTML={{ __html: text }} />;
}

function Item({ name, issuer, verdict, file, picture }: ArchivedBadge): JSX.Element {
  return (
    <li>
      {picture !== undefined && <img alt="" src={addressOf(picture)} />}
      <div>
        <h2 dir="auto">{name}</h2>
        <p>{issuer}</p>
        <p>{verdict}</p>
        {file !== undefined && (
          <p>
            <a href={addressOf(file)}>{archiveEn.file}</a>
          </p>
        )}
      </div>
    </li>
  );
}

/** A path within the archive; never anything that a browser could take for another address. */
function addressOf(path: string): string {
  return `./${path.split('/').map(encodeURIComponent).join('/')}`;
}

/**
 * A script as it may stand inside a page: nothing in it ends the element or begins a comment. In texts and patterns,
 * the only places of such characters, `\x3C` says the same as what it replaces.
 */
export async function pageScriptOf(code: string): Promise<PageScript> {
  const safe = code.replaceAll('\r\n', '\n').replace(/<(?=\/script|script|!--)/gi, '\\x3C');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(safe));
  return { code: safe, hash: btoa(String.fromCharCode(...new Uint8Array(digest))) };
}
