import { homePage } from '../pages/home-page.tsx';
import { stylesheet } from '../pages/stylesheet.ts';
import { missing, page, publicRoute } from './public-route.ts';

export const home = publicRoute('/', 'page', async (_, { publicOrigin }) => page(homePage(publicOrigin)));

export const styles = publicRoute('/assets/:file', 'asset', async ({ names }) =>
  names['file'] === `${stylesheet.hash}.css`
    ? { status: 200, body: stylesheet.text, headers: { 'content-type': 'text/css; charset=utf-8' } }
    : { ...missing(), headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } },
);
