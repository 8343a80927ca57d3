import { reportPage } from '../pages/report-page.tsx';
import { page, publicRoute } from './public-route.ts';

/** The addresses of what learners publish here; whatever else stands in the query is shown to nobody. */
const published = /^\/@[a-z0-9-]{3,30}(?:\/[A-Za-z0-9_-]{1,43})?(?:\/badges\/[A-Za-z0-9_-]{22})?$/;

export const report = publicRoute('/report', 'page', async ({ query }, { publicOrigin, reportContact }) => {
  const path = query['page'] ?? '';
  const address = published.test(path) ? publicOrigin + path : undefined;
  return page(reportPage({ origin: publicOrigin, contact: reportContact, address }));
});
