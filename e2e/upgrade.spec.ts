import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { seeCount, seeText, type Tab, until } from './browsers/browser.ts';
import { type School, startSchool } from './issuers/school.ts';
import {
  companionPort,
  emptyState,
  openState,
  type State,
  schoolPort,
  statesFolder,
} from './upgrade/kept-state.ts';
import { joinBackpack, openBackpack, sendEverything, syncUntil } from './world/account.ts';
import { type Companion, startCompanion } from './world/companion.ts';
import { onceFree } from './world/free-port.ts';
import { claimFrom, earnBadge } from './world/learner.ts';
import { expect, test } from './world/story.ts';

// The addresses are part of what was recorded, so that two stories cannot run at once.
test.describe.configure({ mode: 'serial' });

const anna = 'anna@example.org';
const names = ['JavaScript', 'Accessibility', 'Good Teammate'];
const profilePage = `http://localhost:${companionPort}/@anna-builds`;
const releases = readdirSync(statesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** How many pictures are drawn: none is that could not be read. */
async function drawnPictures(tab: Tab): Promise<number> {
  return Number(
    await tab.evaluate(
      "[...document.querySelectorAll('main img')].filter((one) => one.complete && one.naturalWidth > 0).length",
    ),
  );
}

/** Names of offers that the browser knows as claimed, read from its database as it is by now. */
const claimedOffers = `(async () => {
  const open = indexedDB.open('backpack');
  await new Promise((done, fail) => Object.assign(open, { onsuccess: done, onerror: () => fail(open.error) }));
  const all = open.result.transaction('offerPacks').objectStore('offerPacks').getAll();
  await new Promise((done, fail) => Object.assign(all, { onsuccess: done, onerror: () => fail(all.error) }));
  open.result.close();
  const offers = all.result.flatMap(({ rows }) => JSON.parse(rows));
  return offers.filter(({ standing }) => standing === 'claimed').map(({ id }) => id);
})()`;

async function within(
  state: State,
  story: (school: School, companion: Companion) => Promise<void>,
): Promise<void> {
  // Another run of these stories on this machine may have its port, and the server's with it; it is over soon.
  const school = await onceFree(schoolPort, () =>
    startSchool({ port: schoolPort, dataFolder: state.school }),
  );
  try {
    const place = { port: companionPort, dataDirectory: state.server };
    const companion = await startCompanion([school.origin], place);
    try {
      await story(school, companion);
    } finally {
      await companion.kill();
    }
  } finally {
    await school.close();
  }
}

test('there is a release to come from', () => {
  expect(releases).toContain('0.1.0');
});

for (const release of releases)
  test(`what ${release} has written opens without loss`, async ({ launchChromium, launch }) => {
    const state = await openState(join(statesFolder, release));
    try {
      await within(state, async (school, companion) => {
        // Read before any browser has spoken to the server: this is what it found in its database.
        expect(await (await fetch(profilePage)).text()).toContain('Anna Builds');

        const browser = await launchChromium(state);
        const backpack = await openBackpack(browser);
        await seeText(backpack, ['3 badges', ...names]);
        await until('every picture is drawn', async () => (await drawnPictures(backpack)) === 3);
        // Before any badge is written again, which would have its offer remembered anew.
        expect(await backpack.evaluate(claimedOffers)).toHaveLength(3);
        for (const name of names) {
          await backpack.click('link', name);
          const kept = await seeText(backpack, [
            'What the check rested on',
            'Is it unaltered?',
            'Is it still good?',
            'Passed',
            new URL(school.origin).host,
          ]);
          // Said of this badge below, and not left over from the one before.
          expect(kept).not.toContain('Checked again');
          await backpack.click('button', 'Check again');
          await seeText(backpack, 'Checked again: nothing has changed.');
          await backpack.goto((await backpack.address()).replace(/#.*/, '#/'));
          await backpack.reload();
          await seeText(backpack, ['3 badges', ...names]);
        }
        await backpack.close();
        const addresses = await openBackpack(browser, 'addresses');
        await seeText(addresses, anna);
        await addresses.close();
        const sharing = await openBackpack(browser, 'sharing');
        await seeText(sharing, profilePage);
        await seeCount(sharing, 1, 'button', 'Change what is shown');
        await sharing.close();

        // The device still signs as itself, and another one reads what it sent then and now.
        await claimFrom(browser, await earnBadge(school, 'php', anna));
        await sendEverything(browser);
        const other = await launch();
        await joinBackpack(other, companion, state.recoveryCode);
        await syncUntil(other, 'all four badges', ['4 badges', ...names, 'PHP']);
        const page = await (await fetch(profilePage)).text();
        expect(page).toContain('JavaScript');
        await browser.close();
      });
    } finally {
      await state.remove();
    }
  });

test('without what was kept, the same places show nothing', async ({ launchChromium }) => {
  const state = await emptyState();
  try {
    await within(state, async () => {
      expect((await fetch(profilePage)).status).toBe(404);
      const browser = await launchChromium(state);
      const backpack = await openBackpack(browser);
      const shown = await seeText(backpack, 'Your first badge will lie here');
      for (const name of names) expect(shown).not.toContain(name);
      expect(await drawnPictures(backpack)).toBe(0);
      const addresses = await openBackpack(browser, 'addresses');
      expect(await seeText(addresses, 'No address yet.')).not.toContain(anna);
      await browser.close();
    });
  } finally {
    await state.remove();
  }
});
