import { createHash } from 'node:crypto';
import { seeCount, seeText, type Tab, until } from './browsers/browser.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { offerTag } from './issuers/hostile.ts';
import { makeAccount, openBackpack } from './world/account.ts';
import { claimFrom } from './world/learner.ts';
import { everythingPublic, thingsSaying } from './world/public-bytes.ts';
import { publish, toWhatBecomesReadable, unlockUntilSaid } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';
const disguised = `sha256$${createHash('sha256').update(`${anna}salted`).digest('hex')}`;

test('an address in a badge is published only after a tick of its own, and never with the result alone (T54)', async ({
  launchChromium,
  hostile,
  companion,
}) => {
  const browser = await launchChromium();
  const offer = (path: string, name: string, recipient?: object) => {
    const badge = serveHostedBadge(hostile, path, {
      name,
      ...(recipient === undefined ? {} : { recipient }),
    });
    return hostile.page(`${path}.page`, { head: offerTag(badge) });
  };
  await claimFrom(browser, offer('/clear', 'In clear'));
  const hashed = { type: 'email', hashed: true, salt: 'salted', identity: disguised };
  await claimFrom(browser, offer('/hashed', 'In disguise', hashed));
  const code = await makeAccount(browser, companion);
  const address = `${companion.origin}/@anna-builds`;

  const sharing = await openBackpack(browser, 'sharing');
  await toWhatBecomesReadable(sharing, { badges: ['In clear', 'In disguise'] });
  // Which of them gives away what.
  const clear = await seePart(
    sharing,
    'In clear',
    `It contains an address of yours for everybody to read: ${anna}`,
  );
  expect(clear).not.toContain('in disguise: whoever guesses');
  const inDisguise = await seePart(sharing, 'In disguise', 'It contains your address in disguise');
  expect(inDisguise).not.toContain(anna);

  // Without the tick nothing goes out, not even the name in the address.
  await sharing.click('button', 'Publish 2 badges');
  await seeText(sharing, 'Agree to show your address, or leave out the badges that contain it.');
  expect((await fetch(address)).status).toBe(404);
  expect(await sharing.count('textbox', 'Recovery code')).toBe(0);

  // By description and result only there is nothing to agree to, and no byte of the address.
  await sharing.click('checkbox', 'Description and result only: In clear');
  await sharing.click('checkbox', 'Description and result only: In disguise');
  await seeCount(sharing, 0, 'checkbox', 'Publish my address along with these badges');
  await seePart(sharing, 'In clear', 'It contains no address of yours');
  await publish(sharing, code, 2);
  const quiet = await everythingPublic(address);
  expect(thingsSaying(quiet, 'In clear').length).toBeGreaterThanOrEqual(3);
  expect(thingsSaying(quiet, 'In disguise').length).toBeGreaterThanOrEqual(3);
  for (const given of [anna, disguised, disguised.slice('sha256$'.length)])
    expect(thingsSaying(quiet, given)).toEqual([]);

  // The twin: with the tick the same search finds it, in the documents, and nowhere else.
  await sharing.click('button', 'Change what is shown');
  await sharing.click('button', 'Continue');
  await sharing.click('button', 'Continue');
  await sharing.click('checkbox', 'Description and result only: In clear');
  await sharing.click('checkbox', 'Description and result only: In disguise');
  await sharing.click('checkbox', 'Publish my address along with these badges');
  await publish(sharing, code, 2);
  const told = await everythingPublic(address);
  const saying = thingsSaying(told, anna);
  expect(saying.filter((path) => path.startsWith('/d/'))).toHaveLength(1);
  expect(saying.filter((path) => !path.startsWith('/d/'))).toEqual([]);
  const hinting = thingsSaying(told, disguised);
  expect(hinting.filter((path) => path.startsWith('/d/'))).toHaveLength(1);
  expect(hinting.filter((path) => !path.startsWith('/d/'))).toEqual([]);
  expect(told.filter(({ address: one }) => isPage(new URL(one).pathname)).length).toBe(3);
});

test('what has changed since it was shown is listed anew, and asked about anew, before it is published', async ({
  launchChromium,
  hostile,
  companion,
}) => {
  const browser = await launchChromium();
  const badge = serveHostedBadge(hostile, '/clear', { name: 'In clear' });
  await claimFrom(browser, hostile.page('/page', { head: offerTag(badge) }));
  const code = await makeAccount(browser, companion);
  const address = `${companion.origin}/@anna-builds`;
  const sharing = await openBackpack(browser, 'sharing');
  await toWhatBecomesReadable(sharing, { badges: ['In clear'] });
  await sharing.click('checkbox', 'Publish my address along with these badges');

  // Meanwhile the badge is checked again in another tab, and its issuer answers with other words.
  serveHostedBadge(hostile, '/clear', {
    name: 'In clear',
    description: `Now in other words${', and more'.repeat(500)}.`,
  });
  const other = await openBackpack(browser);
  await other.click('link', 'In clear');
  await other.click('button', 'Check again');
  await seeText(other, 'Checked again: nothing has changed.');
  await other.close();

  const before = await seePart(sharing, 'In clear', 'It contains an address of yours');
  await sharing.click('button', 'Publish 1 badge');
  await unlockUntilSaid(sharing, code, 'What would become readable has changed since it was shown to you.');
  expect((await fetch(address)).status).toBe(404);
  await until('the list is read anew', async () => (await partOf(sharing, 'In clear')) !== before);
  // The yes was given to another list.
  await sharing.click('button', 'Publish 1 badge');
  await seeText(sharing, 'Agree to show your address, or leave out the badges that contain it.');
  await sharing.click('checkbox', 'Publish my address along with these badges');
  await publish(sharing, code, 1);
  expect(thingsSaying(await everythingPublic(address), 'Now in other words').length).toBeGreaterThan(0);
});

/** The profile, or the page of one badge. */
function isPage(path: string): boolean {
  return /^\/@[a-z-]+(?:\/badges\/[^/]+)?$/.test(path);
}

/** Waits until the list of what becomes readable says that of one badge; answers all that it says of it. */
function seePart(sharing: Tab, badge: string, wanted: string): Promise<string> {
  return seeText({ text: () => partOf(sharing, badge) }, wanted);
}

/** What the list of what becomes readable says of one badge, its documents unfolded. */
async function partOf(sharing: Tab, badge: string): Promise<string> {
  return (await sharing.evaluate(
    `[...document.querySelectorAll('.share-readable-list > li')].map((one) => one.textContent)
      .find((text) => text.startsWith('“${badge}”')) ?? ''`,
  )) as string;
}
