import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { badgeSaying } from '../shared/testing/hostile-words.ts';
import { carelessPage, markupPayloads, type Payload, pokeScript } from '../shared/testing/markup-payloads.ts';
import { seeText, type Tab, until } from './browsers/browser.ts';
import { type HostileIssuer, offerTag } from './issuers/hostile.ts';
import { listenAt } from './world/heard.ts';
import { untilLookedAt } from './world/learner.ts';
import { plainChromium } from './world/plain-browser.ts';
import { expect, test } from './world/story.ts';

/** Badges of one envelope, as many as `/check` looks at. */
const atOnce = 26;

type World = {
  readonly payloads: readonly Payload[];
  /** envelopes of badges that say them, one payload in every field of each */
  readonly files: readonly string[];
  /** pages that offer them */
  readonly offers: readonly string[];
} & ReturnType<typeof listenAt>;

async function inWorld(home: HostileIssuer, tell: (world: World) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'backpack-hostile-'));
  const payloads = markupPayloads(`${home.origin}/b`);
  try {
    const files: string[] = [];
    const offers: string[] = [];
    for (let from = 0; from < payloads.length; from += atOnce) {
      const badges = [];
      const tags = [];
      for (const { text, number } of payloads.slice(from, from + atOnce)) {
        const { bytes, mediaType } = await badgeSaying(text);
        badges.push(JSON.parse(new TextDecoder().decode(bytes)) as unknown);
        tags.push(offerTag(home.file(`/offered/${number}`, bytes, mediaType)));
      }
      offers.push(home.page(`/offers/${from}`, { head: tags.join('') }));
      const envelope = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: 'VerifiablePresentation',
        verifiableCredential: badges,
      };
      const name = `<img src=x onerror=alert(${from})>.json`;
      files.push(join(folder, name));
      await writeFile(join(folder, name), JSON.stringify(envelope));
    }
    await tell({ payloads, files, offers, ...listenAt(home) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Does what a hand would set off; answers what has no business on the page. */
async function poke(tab: Tab): Promise<unknown> {
  return tab.evaluate(pokeScript);
}

test('T47: no text of a badge becomes markup in import, grid, detail and popup', async ({
  launchChromium,
  hostile,
}) => {
  await inWorld(hostile, async ({ payloads, files, offers, heard, watch }) => {
    const browser = await launchChromium();
    for (const [index, address] of offers.entries()) {
      const popup = await browser.openPopup(await browser.open(address));
      watch(browser.pageOf(popup));
      await untilLookedAt(popup, Math.min(atOnce, payloads.length - index * atOnce));
      expect(await poke(popup)).toEqual([]);
    }
    const tab = await browser.openPage('backpack/index.html#/import');
    const page = browser.pageOf(tab);
    watch(page);
    for (const [index, file] of files.entries()) {
      await tab.giveFile(file);
      // A row for each envelope so far, and for each badge in it.
      const rows = index + 1 + Math.min(payloads.length, (index + 1) * atOnce);
      const read = "document.querySelectorAll('main .page-list > li[aria-busy=false]').length";
      await until('all of it is read', async () => (await tab.evaluate(read)) === rows);
      await seeText(tab, `alert(${index * atOnce})`);
    }
    expect(await poke(tab)).toEqual([]);
    await tab.evaluate('void (location.hash = "#/")');
    await seeText(tab, `${payloads.length} badges`);
    await until('the grid is there', async () => (await tab.count('listitem')) >= payloads.length);
    expect(await poke(tab)).toEqual([]);
    const details = (await tab.evaluate(
      '[...document.querySelectorAll(".badge-grid a")].map((link) => link.getAttribute("href"))',
    )) as string[];
    expect(details).toHaveLength(payloads.length);
    for (const detail of details) {
      await tab.evaluate(`void (location.hash = ${JSON.stringify(detail)})`);
      await until('the badge is open', () =>
        tab.evaluate(
          `document.querySelector('.badge-grid a[aria-current]')?.getAttribute('href') === ${JSON.stringify(detail)} && document.querySelector('.detail .badge-facts') !== null`,
        ),
      );
      expect(await poke(tab)).toEqual([]);
    }
    await seeText(tab, 'What was shown');
    expect([...heard()]).toEqual([]);
  });
});

test('T47: no text of a badge becomes markup on the page where anybody checks it', async ({
  hostile,
  companion,
}) => {
  await inWorld(hostile, async ({ payloads, files, heard, watch }) => {
    const stranger = await plainChromium();
    try {
      const tab = await stranger.open(`${companion.origin}/check`);
      watch(stranger.pageOf(tab));
      let shown = 0;
      for (const file of files) {
        await tab.giveFile(file);
        const count = Math.min(atOnce, payloads.length - shown);
        shown += count;
        await seeText(tab, `It holds ${count} badges.`);
        await until('each is shown', async () => (await tab.count('article')) === count);
        expect(await poke(tab)).toEqual([]);
      }
      expect(shown).toBe(payloads.length);
      expect([...heard()]).toEqual([]);
      // The twin: a page that takes them at their word is called from by every one of them.
      const frames = payloads.map((payload) => {
        hostile.file(`/twin/${payload.number}`, carelessPage(payload), 'text/html; charset=utf-8');
        return `<iframe src="/twin/${payload.number}"></iframe>`;
      });
      await tab.goto(hostile.page('/twins', { body: frames.join('') }));
      const children = stranger.pageOf(tab).mainFrame().childFrames();
      await Promise.all(children.map((frame) => frame.evaluate(pokeScript).catch(() => undefined)));
      await until('all have called', () => heard().size === payloads.length);
    } finally {
      await stranger.close();
    }
  });
});
