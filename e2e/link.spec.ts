import { seeText, until } from './browsers/browser.ts';
import { makeAccount, sendEverything, syncUntil } from './world/account.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { addBrowser, numberOn, showText } from './world/link.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

test('a second browser joins by a text that it shows, once both show the same number', async ({
  launch,
  school,
  companion,
}) => {
  const [first, second] = [await launch(), await launch()];
  await claimFrom(first, await earnBadge(school, 'javascript', anna));
  const code = await makeAccount(first, companion);
  await sendEverything(first);
  await claimFrom(second, await givePeerBadge(school, 'good-teammate', anna));

  const { settings: joining, text } = await showText(second, companion);
  expect(text).toMatch(/^backpack-link:1\?s=/);
  const drawings = "document.querySelectorAll('svg[role=img] > path').length";
  await until('it is drawn as well', async () => (await joining.evaluate(drawings)) === 1);
  const adding = await addBrowser(first, text, code);
  const number = await numberOn(joining);
  expect(number).toMatch(/^\d{3} \d{3}$/);
  expect(await numberOn(adding)).toBe(number);
  // Until the other one has said what it is called.
  await seeText(adding, 'A browser not heard from yet');
  await adding.click('button', 'Close');
  await adding.close();

  await joining.click('button', 'Yes, the same number');
  await seeText(joining, 'Your devices');
  await joining.close();
  await syncUntil(second, 'the badge of the first browser', 'JavaScript');
  await sendEverything(second);
  await syncUntil(first, 'the badge of the second browser', 'Good Teammate');
});
