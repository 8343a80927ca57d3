import { type Browser, seeText, until } from './browsers/browser.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything, syncUntil } from './world/account.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { test } from './world/story.ts';

const anna = 'anna@example.org';

test('what two browsers do while the server is away comes together: claims on both, a removal, its undo on the other', async ({
  launchChromium,
  school,
  companion,
}) => {
  const [one, other] = [await launchChromium(), await launchChromium()];
  await claimFrom(one, await earnBadge(school, 'javascript', anna));
  const code = await makeAccount(one, companion);
  await sendEverything(one);
  await joinBackpack(other, companion, code);
  await syncUntil(other, 'the first badge', 'JavaScript');

  await companion.stop();
  await claimFrom(one, await earnBadge(school, 'php', anna));
  await remove(one, 'JavaScript');
  await claimFrom(other, await givePeerBadge(school, 'good-teammate', anna));
  await claimFrom(other, await givePeerBadge(school, 'peer-mentor', anna));
  // Nothing of it has crossed over yet.
  await seeBadges(one, ['PHP']);
  await seeBadges(other, ['Good Teammate', 'JavaScript', 'Peer Mentor']);

  await companion.start();
  await sendEverything(one);
  await syncUntil(other, 'the claim of the one', 'PHP');
  await sendEverything(other);
  await syncUntil(one, 'the claims of the other', ['3 badges', 'Good Teammate', 'Peer Mentor']);
  await seeBadges(one, ['Good Teammate', 'PHP', 'Peer Mentor']);
  await seeBadges(other, ['Good Teammate', 'PHP', 'Peer Mentor']);

  const trash = await openBackpack(other, 'trash');
  await seeText(trash, 'JavaScript');
  await other
    .pageOf(trash)
    .getByRole('button', { name: /^Restore/ })
    .click();
  await seeText(trash, 'is back in your backpack');
  await trash.close();
  await sendEverything(other);
  await syncUntil(one, 'the undo of the other', 'JavaScript');
  const all = ['Good Teammate', 'JavaScript', 'PHP', 'Peer Mentor'];
  await seeBadges(one, all);
  await seeBadges(other, all);
});

async function remove(browser: Browser, name: string): Promise<void> {
  const backpack = await openBackpack(browser);
  await backpack.click('link', name);
  await backpack.click('button', 'Remove');
  await seeText(backpack, 'was moved to the trash');
  await backpack.close();
}

/** Waits until a backpack holds these badges, named in order, and no others. */
async function seeBadges(browser: Browser, names: readonly string[]): Promise<void> {
  const backpack = await openBackpack(browser);
  const shown =
    "[...document.querySelectorAll('main .badge-grid a')].map((one) => one.textContent.trim()).sort().join()";
  const wanted = names.join();
  await until(`the badges are ${wanted}`, async () => (await backpack.evaluate(shown)) === wanted);
  await backpack.close();
}
