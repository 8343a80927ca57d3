import { seeText } from './browsers/browser.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { offerTag } from './issuers/hostile.ts';
import { untilLookedAt, visit } from './world/learner.ts';
import { expect, test } from './world/story.ts';

test('T73: no cookie and no referrer leaves with an offer’s request, though the page itself sends both', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  hostile.answer('/cookie', (_, response) =>
    response
      .writeHead(200, {
        'Content-Type': 'text/html',
        'Set-Cookie': ['session=secret; SameSite=Strict; Path=/', 'other=secret; Path=/'],
      })
      .end('<!doctype html><title>Signed in</title>'),
  );
  const badge = serveHostedBadge(hostile, '/badge');
  hostile.page('/', { head: offerTag(badge) });
  await (await browser.open(`${hostile.origin}/cookie`)).close();

  const page = await visit(browser, `${hostile.origin}/`, '1');
  expect(hostile.seenAt('/badge')).toHaveLength(0);
  const popup = await browser.openPopup(page);
  await untilLookedAt(popup, 1);
  await seeText(popup, 'A good badge');
  const [own] = hostile.seenAt('/badge');
  expect(own?.method).toBe('GET');
  expect(own?.headers.cookie).toBeUndefined();
  expect(own?.headers.referer).toBeUndefined();
  for (const path of ['/badge.class', '/badge.issuer'])
    for (const request of hostile.seenAt(path)) {
      expect(request.headers.cookie).toBeUndefined();
      expect(request.headers.referer).toBeUndefined();
    }

  // The twin: the same request made by the page does carry them, so the guard above is not idle.
  await page.evaluate("fetch('/badge').then((answer) => answer.status)");
  const twin = hostile.seenAt('/badge').at(-1);
  expect(twin?.headers.cookie).toContain('session=secret');
  expect(twin?.headers.referer).toBe(`${hostile.origin}/`);
});

test('T73: an answer that ended at a private host is dropped and said so', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium({ hosts: { 'academy.example': hostile.port } });
  const inside = serveHostedBadge(hostile, '/inside', { name: 'From the inside' });
  const origin = 'http://academy.example';
  serveHostedBadge(hostile, '/outside', { name: 'From the outside', origin });
  hostile.redirect('/to-inside', inside);
  hostile.redirect('/to-outside', `${origin}/outside`);
  hostile.page('/offers', { head: offerTag(`${origin}/to-inside`) + offerTag(`${origin}/to-outside`) });

  const page = await visit(browser, `${origin}/offers`, '2');
  const popup = await browser.openPopup(page);
  await untilLookedAt(popup, 2);
  const shown = await seeText(popup, [
    'sent Backpack on to an address that it does not open',
    // The twin: a redirect that stays outside is followed.
    'From the outside',
  ]);
  expect(shown).not.toContain('From the inside');
  expect(await popup.count('button', 'Claim badge')).toBe(1);
});
