import type { Asset } from '../pages/asset.ts';
import { homePage } from '../pages/home-page.tsx';
import { icon } from '../pages/icon.ts';
import { markShapes } from '../pages/mark-shapes.tsx';
import { styleSheets } from '../pages/style-sheets.ts';
import { missing, page, publicRoute } from './public-route.ts';

export const home = publicRoute('/', 'page', async (_, { publicOrigin }) => page(homePage(publicOrigin)));

/** The style sheets and the pictures that it and the pages name. */
const own: ReadonlyMap<string, Asset> = new Map(
  [...Object.values(styleSheets), icon, markShapes].map(({ fileName, asset }) => [fileName, asset]),
);

/** Styles, pictures and scripts, each under an address made of its content. */
export const assets = publicRoute('/assets/:file', 'asset', async ({ names, header }, { scripts }) => {
  const file = names['file'] ?? '';
  const asset = own.get(file) ?? scripts.files.get(file);
  if (asset === undefined)
    return {
      ...missing(),
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    };
  const { mediaType, plain, zipped } = asset;
  if (zipped === undefined) return { status: 200, body: plain, headers: { 'content-type': mediaType } };
  const headers = { 'content-type': mediaType, vary: 'accept-encoding' };
  return /\bgzip\b/.test(header('accept-encoding') ?? '')
    ? { status: 200, body: zipped, headers: { ...headers, 'content-encoding': 'gzip' } }
    : { status: 200, body: plain, headers };
});
