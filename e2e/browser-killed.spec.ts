import { seeText, until } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import { startSchool } from './issuers/school.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything, syncUntil } from './world/account.ts';
import { badgeFiles, importFiles } from './world/badge-files.ts';
import { startCompanion } from './world/companion.ts';
import { type Gate, openGate } from './world/gate.ts';
import { readKept } from './world/kept.ts';
import { earnBadge, givePeerBadge } from './world/learner.ts';
import { lifeOf } from './world/life.ts';
import { publish, toWhatBecomesReadable } from './world/sharing.ts';
import { test as base, expect } from './world/story.ts';

const anna = 'anna@example.org';

const test = base.extend<{ schoolGate: Gate; serverGate: Gate }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to learn what a fixture needs
  schoolGate: async ({}, use) => {
    const gate = await openGate();
    await use(gate);
    await gate.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  serverGate: async ({}, use) => {
    const gate = await openGate();
    await use(gate);
    await gate.close();
  },
  school: async ({ schoolGate }, use) => {
    const school = await startSchool({ port: 0, origin: schoolGate.origin });
    schoolGate.leadTo(school.port);
    await use(school);
    await school.close();
  },
  companion: async ({ school, serverGate }, use) => {
    const companion = await startCompanion([school.origin], { gate: serverGate });
    await use(companion);
    await companion.remove();
  },
});

/** Claims what the page offers, unless it was claimed already. */
async function claimOnce(browser: ChromiumBrowser, award: string): Promise<void> {
  const page = await browser.open(award);
  const popup = await browser.openPopup(page);
  const seen = await until('the offer is seen', async () => {
    const shown = await popup.text();
    const said = /Claim badge|[Ii]n your backpack/.exec(shown)?.[0];
    // Opened before the page was looked through.
    if (shown.includes('No badges on this page')) await popup.reload();
    return said;
  });
  if (seen === 'Claim badge') await popup.click('button', 'Claim badge');
  await seeText(popup, /[Ii]n your backpack/);
  await popup.close();
  await page.close();
}

/** Publishes one badge, or goes on where publishing was interrupted. */
async function publishKnots(browser: ChromiumBrowser, code: string, handle: string): Promise<void> {
  const sharing = await openBackpack(browser, 'sharing');
  const isBegun = async () => (await sharing.count('button', 'Change what is shown')) === 1;
  await until(
    'it can be shared',
    async () => (await isBegun()) || (await sharing.count('checkbox', 'Knots')) === 1,
  );
  const badges = (await isBegun()) ? [] : ['Knots'];
  if (badges.length === 0) await sharing.click('button', 'Change what is shown');
  await toWhatBecomesReadable(sharing, { badges, handle });
  await publish(sharing, code, 1);
  await sharing.close();
}

test('T28: a browser killed while it keeps badges has all that it said it kept, and nothing in part', async ({
  launchChromium,
  school,
  schoolGate,
}) => {
  const awards = [
    await earnBadge(school, 'javascript', anna),
    await earnBadge(school, 'php', anna),
    await givePeerBadge(school, 'good-teammate', anna),
  ] as const;
  const files = await badgeFiles(['Large 1', 'Knots', 'Sails', 'Large 2', 'Charts', 'Tides', 'Large 3']);
  const liveWith = async (withKills: boolean) => {
    const browser = await launchChromium();
    const life = lifeOf(browser, withKills);
    await life.through(
      () => claimOnce(browser, awards[0]),
      [
        { request: /^GET \/assertions\//, passage: 'asked', at: schoolGate },
        { request: /^GET \/classes\//, passage: 'half answered', at: schoolGate },
        { table: 'looked', when: 'durable' },
        { table: 'blobs', when: 'written' },
      ],
    );
    await life.through(() => claimOnce(browser, awards[1]), [{ table: 'docs', when: 'durable' }]);
    await life.through(() => claimOnce(browser, awards[2]), [{ table: 'dirty', when: 'written' }]);
    await life.through(
      () => importFiles(browser, files),
      [
        { table: 'blobs', when: 'written', nth: 7 },
        { table: 'docs', when: 'durable', nth: 2 },
        { table: 'cardPacks', when: 'written' },
      ],
    );
    const kept = await readKept(browser);
    await browser.close();
    return { kills: life.kills(), kept };
  };
  const killed = await liveWith(true);
  expect(killed.kills).toBe(9);
  expect(killed.kept.originals).toHaveLength(10);
  expect(killed.kept.unnamed).toEqual([]);
  expect(await liveWith(false)).toEqual({ kills: 0, kept: killed.kept });
});

test('T28: a browser killed while it syncs, publishes or joins goes on, and all browsers come to the same', async ({
  launchChromium,
  companion,
  serverGate,
}) => {
  const files = await badgeFiles(['Large 1', 'Knots', 'Large 2', 'Sails', 'Large 3']);
  const own = files.slice(0, 3);
  const ofOther = files.slice(3);
  const at = serverGate;
  const liveWith = async (withKills: boolean) => {
    const browser = await launchChromium();
    const life = lifeOf(browser, withKills);
    await life.through(() => importFiles(browser, own.slice(0, 1)), []);
    let code = '';
    const handle = `anna-${withKills ? 'killed' : 'well'}`;
    await life.through(async () => {
      code = await makeAccount(browser, companion);
    }, [
      { request: /^POST \/v1\/accounts/, passage: 'answered', at },
      { table: 'link', when: 'durable' },
    ]);
    await sendEverything(browser);
    // A push that is killed is made up for at the next start already: each kill has a badge of its own.
    for (const [index, moment] of (
      [
        { request: /^POST \/v1\/commits/, passage: 'answered', at },
        { table: 'outbox', when: 'durable' },
      ] as const
    ).entries())
      await life.through(async () => {
        await importFiles(browser, own.slice(index + 1, index + 2));
        await sendEverything(browser);
      }, [moment]);

    // What one browser asks meanwhile is never taken for a moment of the other.
    await life.rest();
    const other = await launchChromium();
    const otherLife = lifeOf(other, withKills);
    await otherLife.through(
      () => joinBackpack(other, companion, code),
      [
        { request: /^POST \/v1\/unlock/, passage: 'answered', at },
        { request: /^GET \/v1\/log/, passage: 'half answered', at },
        { table: 'recordPacks', when: 'written' },
        { request: /^POST \/v1\/commits/, passage: 'answered', at },
      ],
    );
    await life.wake();
    for (const [index, moment] of (
      [
        { request: /^GET \/v1\/log/, passage: 'half answered', at },
        { table: 'docs', when: 'written' },
      ] as const
    ).entries()) {
      await importFiles(other, ofOther.slice(index, index + 1));
      await sendEverything(other);
      await otherLife.rest();
      await life.through(async () => {
        await syncUntil(browser, 'the badge of the other', `${index + 4} badges`);
      }, [moment]);
      await otherLife.wake();
    }

    await life.through(async () => {
      await publishKnots(browser, code, handle);
    }, [
      { request: /^PUT \/v1\/published\/docs/, passage: 'answered', at },
      { request: /^PUT \/v1\/published\/manifests/, passage: 'answered', at },
    ]);
    expect(await (await fetch(`${companion.origin}/@${handle}`)).text()).toContain('Knots');
    await sendEverything(browser);
    await sendEverything(other);
    const kept = [await readKept(browser), await readKept(other)];
    await browser.close();
    await other.close();
    return { kills: life.kills() + otherLife.kills(), kept };
  };
  const killed = await liveWith(true);
  expect(killed.kills).toBe(15);
  const [first, second] = killed.kept;
  expect(first?.originals).toHaveLength(5);
  expect(second).toEqual(first);
  // However often its joining was begun, the other one is one browser.
  expect(first?.devices).toBe(2);
  expect(await liveWith(false)).toEqual({ kills: 0, kept: killed.kept });
});
