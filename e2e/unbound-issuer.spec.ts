import { buildBadge } from '../shared/testing/build-badge.ts';
import { buildIssuer } from '../shared/testing/build-issuer.ts';
import { signToken } from '../shared/testing/sign-token.ts';
import { seeText, type Tab, until } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import { offerTag } from './issuers/hostile.ts';
import { makeAccount, openBackpack } from './world/account.ts';
import { givePeerBadge, visit } from './world/learner.ts';
import { publish } from './world/sharing.ts';
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

/** Claims the one offer of a page; answers what the popup said of it before. */
async function claimReading(browser: ChromiumBrowser, address: string): Promise<string> {
  const page = await visit(browser, address, '1');
  const popup = await browser.openPopup(page);
  const said = await seeText(popup, 'Claim badge');
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  await popup.close();
  await page.close();
  return said;
}

async function detailOf(browser: ChromiumBrowser, badge: string): Promise<string> {
  const tab: Tab = await openBackpack(browser);
  await tab.click('link', badge);
  const said = await seeText(tab, 'What was checked');
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
  const unbound = await claimReading(browser, hostile.page('/', { head: offerTag(token) }));
  const bound = await claimReading(browser, await givePeerBadge(school, 'peer-mentor', 'anna@example.org'));
  const schoolHost = new URL(school.origin).host;
  // The twin says who issued it wherever the other one says that nobody is proven.
  expect(unbound).toContain('Issuer not proven');
  expect(unbound).not.toContain(host);
  // Once as the page that is open, once as the issuer.
  expect(bound.split(schoolHost).length).toBeGreaterThan(2);
  expect(bound).not.toContain('Issuer not proven');

  const detail = await detailOf(browser, name);
  expect(detail).toMatch(/Issuer not proven\s*the badge names The Old University/);
  expect(detail).not.toContain(host);
  const twin = await detailOf(browser, 'Peer Mentor');
  expect(twin).toContain(`${schoolHost} (not encrypted) says it is School of Webcraft`);

  const code = await makeAccount(browser, companion);
  const sharing = await openBackpack(browser, 'sharing');
  await sharing.click('checkbox', name);
  await sharing.click('checkbox', 'Peer Mentor');
  await sharing.click('button', 'Continue');
  await sharing.fill('textbox', 'Your name', 'Anna Builds');
  await sharing.fill('textbox', 'Name in the address', 'anna-builds');
  await sharing.click('button', 'Continue');
  await seeText(sharing, 'will be able to read');
  await publish(sharing, code, 2);
  const address = `${companion.origin}/@anna-builds`;
  // The server proves nobody before it has asked the issuer itself.
  await until('the server has checked', async () =>
    (await (await fetch(address)).text()).includes(schoolHost),
  );
  const profile = await browser.open(address);
  const listed = await seeText(profile, name);
  expect(listed).toContain('Issuer not proven');
  expect(listed).not.toContain(host);
  expect(listed).toContain(schoolHost);
  await profile.click('link', name);
  const shown = await seeText(profile, 'Issuer not proven');
  expect(shown).toContain('The Old University');
  expect(shown).not.toContain(host);
  await profile.goto(address);
  await profile.click('link', 'Peer Mentor');
  expect(await seeText(profile, schoolHost)).not.toContain('Issuer not proven');
});
