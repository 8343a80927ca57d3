import { type Tab, until } from './browsers/browser.ts';
import { startCompanion } from './world/companion.ts';
import { openGate } from './world/gate.ts';
import { claimFrom, earnBadge } from './world/learner.ts';
import { plainChromium } from './world/plain-browser.ts';
import { publishFirst } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

/** Where the head of a profile is drawn, in which letters; whatever follows it and could be seen without its style. */
const look = `(() => {
  const box = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const { color, fontSize, fontFamily, lineHeight } = getComputedStyle(element);
    return { left, top, width, height, color, fontSize, fontFamily, lineHeight };
  };
  const behind = [...document.querySelectorAll('main > link ~ *, main ~ *')];
  const bare = behind.filter((element) => {
    const [waiting] = element.getAnimations();
    if (waiting === undefined) return true;
    // Whenever this is looked at, it is asked as of the beginning.
    waiting.currentTime = 0;
    return getComputedStyle(element).visibility !== 'hidden';
  });
  const [name, counts] = [document.querySelector('h1'), document.querySelector('.soft')];
  if (name === null || counts === null || document.querySelector('main > link') === null) return false;
  const page = document.documentElement;
  const drawn = [box(name), box(counts), getComputedStyle(page).backgroundColor, page.clientWidth];
  return { drawn, bare: bare.map(({ className }) => className), behind: behind.length };
})()`;

/** What is seen at the beginning of a page's first frame, and what once that is over; whenever it is looked at. */
const frames = `(() => {
  const page = document.documentElement;
  const tile = document.querySelector('.badge-grid > li');
  if (tile === null) return false;
  page.style.animation = 'none';
  page.getAnimations();
  page.style.animation = '';
  const [first] = page.getAnimations();
  if (first === undefined) return false;
  const seen = () => ({
    head: document.querySelector('h1').checkVisibility({ visibilityProperty: true }),
    tile: tile.checkVisibility({ visibilityProperty: true }),
    words: tile.querySelector('h3').checkVisibility({ contentVisibilityAuto: true }),
    room: tile.offsetHeight > 100,
  });
  first.pause();
  first.currentTime = 0;
  const during = seen();
  first.finish();
  const after = seen();
  return { during, after };
})()`;

type Look = { readonly drawn: readonly unknown[]; readonly bare: readonly string[]; readonly behind: number };

function lookAt(tab: Tab): Promise<Look> {
  return until('the head of the profile is there', async () => (await tab.evaluate(look)) as Look | false);
}

test('the head of a profile is drawn before its style sheet is there, and stays where it is', async ({
  launch,
  school,
}) => {
  const gate = await openGate();
  const companion = await startCompanion([school.origin], { gate });
  const stranger = await plainChromium();
  try {
    const browser = await launch();
    await claimFrom(browser, await earnBadge(school, 'javascript', 'anna@example.org'));
    const { address } = await publishFirst(browser, companion, ['JavaScript']);
    const page = await browser.open(`${companion.origin}/report`);
    const held = gate.stop(/^GET \/assets\/[\w-]+\.css$/, 'asked');
    // It does not load to its end as long as its sheet is held.
    const going = page.goto(address).catch(() => undefined);
    await held;
    const before = await lookAt(page);
    expect(before.bare).toEqual([]);
    await page.goto(address);
    await going;
    const after = await lookAt(page);
    expect(after.drawn).toEqual(before.drawn);
    // Its twin: the sheet is there, and lets everything be seen.
    expect(after.behind).toBeGreaterThan(1);
    expect(after.bare).toHaveLength(after.behind);

    // Where the sheet is there at once, the first frame is the head's alone. The tiles' room is kept: the page is as long.
    expect(await until('there are tiles', () => page.evaluate(frames))).toEqual({
      during: { head: true, tile: false, words: false, room: true },
      after: { head: true, tile: true, words: false, room: true },
    });

    // The policy knows the style in the page by its bytes: with one of them changed it is refused.
    const tab = await stranger.open(`${companion.origin}/report`);
    const other = stranger.pageOf(tab);
    await other.route('**/*.css', (route) => route.abort());
    const width = "getComputedStyle(document.querySelector('main')).maxInlineSize";
    await tab.goto(address);
    expect(await tab.evaluate(width)).toBe('992px');
    await other.route(address, async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      expect(text).toContain('max-inline-size:62rem');
      await route.fulfill({ response, body: text.replace('max-inline-size:62rem', 'max-inline-size:61rem') });
    });
    await tab.goto(address);
    expect(await tab.evaluate(width)).toBe('none');
  } finally {
    await stranger.close();
    await companion.remove();
    await gate.close();
  }
});
