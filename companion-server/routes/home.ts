import { homePage } from '../pages/home-page.tsx';
import { icon } from '../pages/icon.ts';
import { markShapes } from '../pages/mark-shapes.tsx';
import { stylesheet } from '../pages/stylesheet.ts';
import { missing, page, publicRoute } from './public-route.ts';

export const home = publicRoute('/', 'page', async (_, { publicOrigin }) => page(homePage(publicOrigin)));

/** Styles, pictures and scripts, each under an address made of its content. */
export const assets = publicRoute('/assets/:file', 'asset', async ({ names, header }, { scripts }) => {
  const file = names['file'] ?? '';
  if (file === `${stylesheet.hash}.css`)
    return { status: 200, body: stylesheet.text, headers: { 'content-type': 'text/css; charset=utf-8' } };
  const picture = [icon, markShapes].find(({ fileName }) => file === fileName);
  if (picture !== undefined)
    return { status: 200, body: picture.text, headers: { 'content-type': 'image/svg+xml' } };
  const script = scripts.files.get(file);
  if (script === undefined)
    return {
      ...missing(),
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    };
  const zipped = /\bgzip\b/.test(header('accept-encoding') ?? '');
  return {
    status: 200,
    body: zipped ? script.zipped : script.plain,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'accept-encoding',
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    },
  };
});
