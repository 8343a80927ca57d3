import { parseHandle } from '../../shared/model/brands.ts';
import { firstOfEachSitemap, listedFrom } from '../use-cases/list-profiles.ts';
import { missing, publicRoute, tagOf } from './public-route.ts';
import type { RouteDeps } from './route.ts';

const xml = { 'content-type': 'application/xml; charset=utf-8' };
const open = '<?xml version="1.0" encoding="UTF-8"?>\n';
const space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** Pages say themselves whether they may be listed, and for that must be read. */
export const robots = publicRoute('/robots.txt', 'page', async (_, { publicOrigin }) => {
  const body = `User-agent: *\nDisallow: /v1/\n\nSitemap: ${publicOrigin}/sitemap.xml\n`;
  return {
    status: 200,
    body,
    headers: { 'content-type': 'text/plain; charset=utf-8', etag: tagOf(body) },
  };
});

/** The profiles that are listed by their owners' own yes; a list of such lists where they are too many for one. */
export const sitemap = publicRoute('/sitemap.xml', 'page', async ({ query }, deps) => {
  const asked = query['from'];
  const from = asked === undefined ? undefined : parseHandle(asked);
  if (from?.ok === false) return missing();
  if (from !== undefined) return { status: 200, body: profiles(from.value, deps), headers: xml };
  const firsts = await firstOfEachSitemap(deps);
  if (firsts.length <= 1) return { status: 200, body: profiles('', deps), headers: xml };
  const maps = firsts.map(
    (handle) => `<sitemap><loc>${deps.publicOrigin}/sitemap.xml?from=${handle}</loc></sitemap>\n`,
  );
  return {
    status: 200,
    body: `${open}<sitemapindex ${space}>\n${maps.join('')}</sitemapindex>\n`,
    headers: xml,
  };
});

/** Handles, instants and the origin hold no character that means anything in XML. */
async function* profiles(from: string, { publicOrigin, storage }: RouteDeps): AsyncGenerator<string> {
  yield `${open}<urlset ${space}>\n`;
  for await (const part of listedFrom(from, { storage }))
    yield part
      .map(
        ({ handle, changedAt }) =>
          `<url><loc>${publicOrigin}/@${handle}</loc><lastmod>${changedAt}</lastmod></url>\n`,
      )
      .join('');
  yield '</urlset>\n';
}
