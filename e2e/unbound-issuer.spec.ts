import { buildBadge } from '../shared/testing/build-badge.ts';
import { buildIssuer } from '../shared/testing/build-issuer.ts';
import { signToken } from '../shared/testing/sign-token.ts';
import { seeText, type Tab, until } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import { offerTag } from './issuers/hostile.ts';
import { openBackpack } from './world/account.ts';
import { givePeerBadge, untilLookedAt, visit } from './world/learner.ts';
import { publishFirst } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

const name = 'Doctor of Everything';
const host = 'university.example';

/** A token in the name of a university, signed by a key that came with it and that nobody vouches for. */
async function unboundToken(): Promise<string> {
  const issuer = await buildIssuer({
    origin: `https://${host}`,
    name: 'The Old University',
    keyPlace: 'controller',
    algorithm: 'ES256',
  });
  const { document } = await buildBadge({ proof: 'vc-jwt', issuer, name, recipient: 'nobody' });
  return signToken({ alg: 'ES256', typ: 'JWT', jwk: issuer.key.publicJwk }, document, issuer.key);
}

/** Claims the one offer of a page, of which the popup says this; answers all that it said of it. */
async function claimReading(browser: ChromiumBrowser, address: string, says: string): Promise<string> {
  const page = await visit(browser, address, '1');
  const popup = await browser.openPopup(page);
  await untilLookedAt(popup, 1);
  const said = await seeText(popup, ['Claim badge', says]);
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  await popup.close();
  await page.close();
  return said;
}

/** What the detail of a badge says, this among it. */
async function detailOf(browser: ChromiumBrowser, badge: string, says: string | RegExp): Promise<string> {
  const tab: Tab = await openBackpack(browser);
  await tab.click('link', badge);
  const said = await seeText(tab, ['What was checked', says]);
  await tab.close();
  return said;
}

test('k.15: a host is never shown as the issuer of a badge whose key nothing binds to it', async ({
  launchChromium,
  hostile,
  school,
  companion,
}) => {
  const browser = await launchChromium();
  const token = hostile.file('/badge', await unboundToken(), 'application/vc+jwt');
  const schoolHost = new URL(school.origin).host;
  // The twin says who issued it wherever the other one says that nobody is proven.
  const offer = hostile.page('/', { head: offerTag(token) });
  const unbound = await claimReading(browser, offer, 'Issuer not proven');
  const award = await givePeerBadge(school, 'peer-mentor', 'anna@example.org');
  const bound = await claimReading(browser, award, schoolHost);
  expect(unbound).not.toContain(host);
  // Once as the page that is open, once as the issuer.
  expect(bound.split(schoolHost).length).toBeGreaterThan(2);
  expect(bound).not.toContain('Issuer not proven');

  const detail = await detailOf(browser, name, /Issuer not proven\s*the badge names The Old University/);
  expect(detail).not.toContain(host);
  await detailOf(browser, 'Peer Mentor', `${schoolHost} (not encrypted) says it is School of Webcraft`);

  const { address } = await publishFirst(browser, companion, [name, 'Peer Mentor']);
  // The server proves nobody before it has asked the issuer itself.
  await until('the server has checked', async () =>
    (await (await fetch(address)).text()).includes(schoolHost),
  );
  const profile = await browser.open(address);
  const listed = await seeText(profile, [name, 'Issuer not proven', schoolHost]);
  expect(listed).not.toContain(host);
  await profile.click('link', name);
  const page = 'Check this badge yourself';
  const shown = await seeText(profile, [page, 'Issuer not proven', 'The Old University']);
  expect(shown).not.toContain(host);
  await profile.goto(address);
  await profile.click('link', 'Peer Mentor');
  expect(await seeText(profile, [page, schoolHost])).not.toContain('Issuer not proven');
});
