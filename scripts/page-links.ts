import { parseDocument } from '../e2e/world/valid-html.ts';

/** What one address answers; redirects are not followed. */
export type Found = {
  readonly address: string;
  readonly status: number;
  readonly mediaType: string | null;
  readonly location: string | null;
  readonly text: string;
};

export type OutwardLink = { readonly address: string; readonly relations: string };

export async function foundAt(address: string): Promise<Found> {
  // A kept connection may be closed by the server just when it is used again, while long pages are judged here.
  const reply = await fetch(address, { redirect: 'manual', headers: { connection: 'close' } });
  return {
    address,
    status: reply.status,
    mediaType: reply.headers.get('content-type'),
    location: reply.headers.get('location'),
    text: await reply.text(),
  };
}

/** All that a page leads to or is made of, as whole addresses; those that it names for previews too. */
export async function addressesIn(page: Found): Promise<readonly string[]> {
  const tree = await parseDocument(page.text);
  const named = ['href', 'src'].flatMap((name) =>
    tree.querySelectorAll(`[${name}]`).map((one) => one.getAttributeValue(name) ?? ''),
  );
  const previewed = ['og:url', 'og:image'].flatMap((name) =>
    tree.querySelectorAll(`meta[property="${name}"]`).map((one) => one.getAttributeValue('content') ?? ''),
  );
  const all = [...named, ...previewed].map((text) => new URL(unescaped(text), page.address).href);
  return [...new Set(all)];
}

/** The links of a page to other places than the server, each with what it tells the browser of them. */
export async function outwardLinksIn(page: Found, origin: string): Promise<readonly OutwardLink[]> {
  const tree = await parseDocument(page.text);
  return tree
    .querySelectorAll('[href]')
    .map((one) => ({
      address: new URL(unescaped(one.getAttributeValue('href') ?? ''), page.address).href,
      relations: one.getAttributeValue('rel') ?? '',
    }))
    .filter(({ address }) => new URL(address).origin !== origin);
}

/** An attribute's value as a browser reads it; the pages escape no other characters. */
function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
