import { seeCount, seeText, until } from './browsers/browser.ts';
import { claimFrom, earnBadge, givePeerBadge, goodAnswers, introduce, visit } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

test('a learner passes an assessment, claims the badge and still has it after a restart', async ({
  launch,
  school,
}) => {
  const browser = await launch();
  await introduce(browser, school, anna);

  const assessment = await browser.open(`${school.origin}/assessments/javascript`);
  await assessment.click('button', 'Hand it in');
  await seeText(assessment, 'Not there yet.');
  expect(await browser.countOnIcon(assessment)).toBe('');
  await assessment.fill('textbox', 'Your answer', goodAnswers.javascript);
  await assessment.click('button', 'Hand it in');
  await seeText(assessment, 'You earned JavaScript');
  await until('the icon says 1', async () => (await browser.countOnIcon(assessment)) === '1');

  const popup = await browser.openPopup(assessment);
  await seeText(popup, ['1 badge on localhost', 'JavaScript']);
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  await seeCount(popup, 1, 'button', 'Undo');
  await until('the icon says nothing more', async () => (await browser.countOnIcon(assessment)) === '');

  await browser.restart();
  const backpack = await browser.openPage('backpack/index.html');
  await seeText(backpack, ['1 badge', 'JavaScript']);
  // Firefox is asked to keep it and has nobody else to ask; Chromium keeps what an extension of this kind has unasked.
  const isKept = browser.name === 'firefox';
  await until(
    'the browser keeps it',
    async () => (await backpack.evaluate('navigator.storage.persisted()')) === isKept,
  );
});

test('every format that issuers use is claimed and kept', async ({ launch, school }) => {
  const browser = await launch();
  // Hosted 2.0, signed 2.0, Data Integrity in SVG, VC-JWT with EdDSA in a data address, VC-JWT with ES256.
  for (const address of [
    await earnBadge(school, 'javascript', anna),
    await earnBadge(school, 'php', anna),
    await earnBadge(school, 'accessibility', anna),
    await givePeerBadge(school, 'good-teammate', anna),
    await givePeerBadge(school, 'peer-mentor', anna),
  ])
    await claimFrom(browser, address);

  const backpack = await browser.openPage('backpack/index.html');
  const names = ['JavaScript', 'PHP', 'Accessibility', 'Good Teammate', 'Peer Mentor'];
  const shown = await seeText(backpack, ['5 badges', ...names, /(?:Checked.*){5}/s]);
  expect(shown).not.toMatch(/Not valid|Could not be checked|Cannot be read/);
});

test('a page with three offers is claimed with one press and undone with one, and one of them by itself', async ({
  launch,
  school,
}) => {
  const browser = await launch();
  // VC-JWT with RS256, a baked PNG, Data Integrity with a status list.
  const page = await visit(browser, `${school.origin}/open-day`, '3');
  const popup = await browser.openPopup(page);
  await seeText(popup, '3 badges on localhost');
  // Pressed earlier, it would claim those that have been looked at by then.
  await seeCount(popup, 3, 'button', 'Claim badge');
  await popup.click('button', 'Claim all');
  await seeText(popup, /(?:In your backpack.*){3}/s);
  await until('the icon says nothing more', async () => (await browser.countOnIcon(page)) === '');

  const backpack = await browser.openPage('backpack/index.html');
  await seeText(backpack, ['3 badges', 'First Page', 'View Source', 'Good Question']);

  // As easily as they came they go again, and come once more.
  await popup.click('button', 'Undo all');
  await seeText(popup, /(?:Taken out of your backpack again.*){3}/s);
  await seeText(backpack, 'Your first badge will lie here');
  await seeCount(popup, 0, 'button', 'Undo all');
  await popup.click('button', 'Claim all');
  await seeText(popup, /(?:In your backpack.*){3}/s);
  await seeText(backpack, '3 badges');

  await popup.click('button', 'Undo');
  await seeText(popup, 'Taken out of your backpack again');
  await seeText(backpack, '2 badges');
  // What was undone is not counted as new, but can be claimed again.
  expect(await browser.countOnIcon(page)).toBe('');
  await popup.click('button', 'Claim badge');
  await seeText(backpack, '3 badges');
});
