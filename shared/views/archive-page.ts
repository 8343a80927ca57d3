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

/** The page's own sentences. */
export type ArchivePageWords = {
  readonly language: string;
  readonly title: string;
  readonly how: string;
  readonly file: string;
};

export const pagePath = 'index.html';

/**
 * The page that an archive opens with in any browser: what is in it, without a script, an address or a font from
 * elsewhere, so that it still shows everything when nobody else does. Every text is escaped, and the page's own policy
 * lets nothing run and nothing load but the pictures beside it (threats T47).
 */
export function archivePage(badges: readonly ArchivedBadge[], words: ArchivePageWords): string {
  const title = escaped(words.title);
  const items = badges.map((badge) => itemOf(badge, words)).join('\n');
  return `<!doctype html>
<html lang="${escaped(words.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<p>${escaped(words.how)}</p>
<ul>
${items}
</ul>
</body>
</html>
`;
}

function itemOf({ name, issuer, verdict, file, picture }: ArchivedBadge, words: ArchivePageWords): string {
  const image = picture === undefined ? '' : `<img alt="" src="${addressOf(picture)}">`;
  const link = file === undefined ? '' : `<p><a href="${addressOf(file)}">${escaped(words.file)}</a></p>`;
  return `<li>${image}<div><h2 dir="auto">${escaped(name)}</h2><p>${escaped(issuer)}</p><p>${escaped(verdict)}</p>${link}</div></li>`;
}

/** A path within the archive; never anything that a browser could take for another address. */
function addressOf(path: string): string {
  return `./${path.split('/').map(encodeURIComponent).join('/')}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
ul { list-style: none; padding: 0; }
li { display: flex; gap: 1rem; padding: 1rem 0; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
img { inline-size: 5rem; block-size: 5rem; object-fit: contain; flex: none; }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 0 0 .25rem; }
p { margin: 0 0 .25rem; overflow-wrap: anywhere; }
`;
