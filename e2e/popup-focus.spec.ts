import { seeText, type Tab, until } from './browsers/browser.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { offerTag } from './issuers/hostile.ts';
import { focused, tabTo } from './world/keyboard.ts';
import { untilLookedAt } from './world/learner.ts';
import { expect, test } from './world/story.ts';

test('whatever takes the focus in the popup lies clear of its head and its foot, narrow and at double size', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const names = ['One', 'Two', 'Three', 'Four', 'Five'];
  const offers = names.map((name) => offerTag(serveHostedBadge(hostile, `/${name}`, { name })));
  const page = await browser.open(hostile.page('/', { head: offers.join('') }));
  const popup = await browser.openPopup(page);
  await untilLookedAt(popup, names.length);
  await seeText(popup, 'Claim all');
  const shown = browser.pageOf(popup);
  for (const size of [
    { width: 320, height: 576 },
    // A popup of 720 by 576 pixels at 200 %.
    { width: 360, height: 288 },
  ]) {
    await shown.setViewportSize(size);
    expect({ size, covered: await coveredOnTheWay(popup) }).toEqual({ size, covered: [] });
  }
  // The twin: without the room that is kept for them, head and foot do cover what has the focus.
  await popup.evaluate("document.documentElement.style.scrollPaddingBlock = '0px'");
  expect(await coveredOnTheWay(popup)).not.toEqual([]);
});

test('a page of many offers that is turned narrow cuts nothing off', async ({ launchChromium, hostile }) => {
  const browser = await launchChromium();
  const offers = Array.from({ length: 10 }, (_, index) => serveHostedBadge(hostile, `/${index}`));
  const head = offers.map((offer) => offerTag(offer)).join('');
  const popup = await browser.openPopup(await browser.open(hostile.page('/', { head })));
  await untilLookedAt(popup, offers.length);
  const shown = browser.pageOf(popup);
  // The cards below the window are not drawn, and keep the width of 360 pixels unless their list tells them another.
  const cards = "[...new Set([...document.querySelectorAll('.offer-card')].map((card) => card.offsetWidth))]";
  for (const [width, wanted] of [
    [360, 328],
    [320, 288],
  ] as const) {
    await shown.setViewportSize({ width, height: 576 });
    await until(`each is ${wanted} wide`, async () => String(await popup.evaluate(cards)) === `${wanted}`);
  }
});

test('who works the popup by keys is led from the press to its undoing and back', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const page = await browser.open(hostile.page('/', { head: offerTag(serveHostedBadge(hostile, '/one')) }));
  const popup = await browser.openPopup(page);
  await untilLookedAt(popup, 1);
  for (const name of ['Claim badge', 'Do not offer this again']) {
    await tabTo(popup, name);
    await popup.press('Enter');
    await until('Undo has the focus', async () => (await focused(popup)) === 'Undo');
    await popup.press('Enter');
    await until('the first button has it again', async () => (await focused(popup)) === 'Claim badge');
  }
});

type Focused = { readonly name: string; readonly covered: boolean; readonly last: boolean };

/** Goes through every control with the Tab key, and back, and names those that head or foot cover. */
async function coveredOnTheWay(popup: Tab): Promise<readonly string[]> {
  await popup.evaluate('scrollTo(0, 0); document.activeElement?.blur()');
  const covered: string[] = [];
  for (const key of ['Tab', 'Shift+Tab']) {
    let steps = 0;
    for (let last = false; !last; steps += 1) {
      if (steps > 80) throw new Error('The Tab key never came to the end.');
      await popup.press(key);
      const focused = (await popup.evaluate(focusedNow(key === 'Tab' ? -1 : 0))) as Focused;
      if (focused.covered) covered.push(`${key}: ${focused.name}`);
      ({ last } = focused);
    }
    expect(steps).toBeGreaterThan(5);
  }
  return covered;
}

/**
 * What has the focus, whether head or foot cover any of it, and whether it is the one at that place of all. Read once it is
 * drawn: a card that comes near is laid out only then.
 */
function focusedNow(end: number): string {
  return `new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame)).then(() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const [head, foot] = ['.popup-head', '.popup-foot'].map((part) => document.querySelector(part));
    const covered = box.top < head.getBoundingClientRect().bottom || box.bottom > foot.getBoundingClientRect().top;
    const controls = [...document.querySelectorAll('button, summary, a[href], input')];
    return {
      name: one.ariaLabel ?? one.textContent.trim(),
      covered: covered && !head.contains(one) && !foot.contains(one),
      last: one === controls.at(${end}),
    };
  })`;
}
