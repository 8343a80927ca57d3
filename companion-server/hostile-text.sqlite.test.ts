import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostileIssuer, startHostileIssuer } from '../e2e/issuers/hostile.ts';
import { type PlainBrowser, plainChromium } from '../e2e/world/plain-browser.ts';
import type { Instant, Sha256 } from '../shared/model/brands.ts';
import { maxProfileAboutLength, maxProfileNameLength } from '../shared/model/limits.ts';
import type { ManifestItem } from '../shared/publish/manifest.ts';
import { badgeSaying } from '../shared/testing/hostile-words.ts';
import { carelessPage, markupPayloads, type Payload, pokeScript } from '../shared/testing/markup-payloads.ts';
import { ask } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

/*
 * T47 on the public pages, in a real browser. Each page is opened as the server sent it, byte for byte, but without the
 * headers: what is shown is that nothing becomes markup, and not that the policy behind it would stop it.
 */
let server: TestServer;
let home: HostileIssuer;
let payloads: readonly Payload[];
let page: Page;
let browser: PlainBrowser;
let dialogs: string[] = [];

beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
  home = await startHostileIssuer();
  payloads = markupPayloads(`${home.origin}/b`);
  browser = await plainChromium();
  page = browser.pageOf(await browser.open('about:blank'));
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
});
afterAll(async () => {
  await browser.close();
  await home.close();
  await endTestServers();
});

/** Numbers of the payloads that have called home or opened a dialog so far. */
function heard(): ReadonlySet<number> {
  const called = home.seen.flatMap(({ path }) => /^\/b\/(\d+)/.exec(path)?.[1] ?? []);
  return new Set([...called, ...dialogs].map(Number));
}

/** Opens pages in one load, each in a frame, and does what a hand would set off. Answers what has no business there. */
async function openAll(name: string, pages: readonly string[]): Promise<readonly string[]> {
  const frames = pages.map((html, index) => {
    home.file(`/${name}/${index}`, html, 'text/html; charset=utf-8');
    return `<iframe src="/${name}/${index}"></iframe>`;
  });
  await page.goto(home.page(`/${name}`, { body: frames.join('') }));
  const children = page.mainFrame().childFrames();
  expect(children).toHaveLength(pages.length);
  // A frame that leads itself away answers nothing.
  const odd = await Promise.all(
    children.map((frame) => frame.evaluate(pokeScript).catch(() => ['has left'])),
  );
  // What has been asked for so far is on its way before this.
  await page.evaluate(`fetch('/asked').then(() => undefined)`);
  return (odd as string[][]).flat();
}

async function pageAt(path: string): Promise<string> {
  const { status, body } = await ask(server.address, 'GET', path);
  expect(status).toBe(200);
  return body.toString();
}

const cut = (text: string, limit = maxProfileAboutLength) => Array.from(text).slice(0, limit).join('');

const seenValidAt = '2026-01-02T03:04:05.000Z' as Instant;

function itemOf(doc: Sha256, note: string): ManifestItem {
  return { doc, with: [], seenValidAt, recipient: 'hidden', note };
}

describe('T47: a text that would be markup', () => {
  it('is text in every field of a profile, its collections and its badges', async () => {
    expect(payloads.length).toBeGreaterThanOrEqual(60);
    const mia = await Publisher.create(server);
    const all = payloads.map(({ text }) => text).join('\n');
    const collections = [];
    const ids: string[] = [];
    for (const { text, number } of payloads) {
      const { hash, reply } = await mia.lay((await badgeSaying(text)).bytes);
      expect(reply.status).toBe(201);
      ids.push(hash.slice(0, 22));
      const about = cut(`${text}\n${all}`);
      collections.push({
        slug: `c${number}`,
        title: text,
        about,
        listed: true,
        items: [itemOf(hash, about)],
      });
    }
    expect((await mia.publish([], { about: cut(all), collections })).status).toBeLessThan(300);
    const profile = `/@${mia.handle}`;
    const shown = await pageAt(profile);
    // What was published is there to be seen, or its silence would mean nothing.
    for (const { number } of payloads) expect(shown).toContain(`/badges/${ids[number]}`);
    expect(await openAll('profile', [shown])).toEqual([]);
    const pagesOf = (path: (number: number) => string) =>
      Promise.all(payloads.map(({ number }) => pageAt(profile + path(number))));
    expect(await openAll('collections', await pagesOf((number) => `/c${number}`))).toEqual([]);
    const badges = await pagesOf((number) => `/badges/${ids[number]}`);
    for (const chapter of [
      'What it took',
      'What was shown',
      'What was reached',
      'Said about it',
      'Fits into',
    ])
      expect(badges[0]).toContain(chapter);
    expect(await openAll('badges', badges)).toEqual([]);
    expect([...heard()]).toEqual([]);
  });

  it('is text as a person’s name', async () => {
    const mia = await Publisher.create(server);
    const pages = [];
    for (const { text } of payloads) {
      expect((await mia.publish([], { name: cut(text, maxProfileNameLength) })).status).toBeLessThan(300);
      pages.push(await pageAt(`/@${mia.handle}`));
    }
    expect(await openAll('names', pages)).toEqual([]);
    expect([...heard()]).toEqual([]);
  });

  it('is text in an unlisted collection, and in the page of a badge that is shown without its document', async () => {
    const mia = await Publisher.create(server);
    await mia.publish([]);
    const pages = [];
    for (const { text, number } of payloads) {
      const { hash } = await mia.lay((await badgeSaying(text)).bytes);
      const said = { said: hash, seenValidAt, recipient: 'hidden' as const, note: cut(text) };
      const secret = `secret-${number}-`.padEnd(43, '0');
      const collection = {
        slug: secret,
        title: text,
        about: text,
        listed: false as const,
        items: [said],
      };
      const token = await mia.unlisted(secret, [], { collections: [collection] });
      expect((await mia.put(token, '"0"', secret)).status).toBe(201);
      pages.push(await pageAt(`/@${mia.handle}/${secret}`));
      pages.push(await pageAt(`/@${mia.handle}/${secret}/badges/${hash.slice(0, 22)}`));
    }
    expect(await openAll('unlisted', pages)).toEqual([]);
    expect([...heard()]).toEqual([]);
  });

  it('is nothing in any part of any address, whatever page answers there', async () => {
    const places = [
      (text: string) => `/report?page=${encodeURIComponent('/@mia?')}${text}`,
      (text: string) => `/report?page=/@mia&${text}=${text}`,
      (text: string) => `/@mia/${text}`,
      (text: string) => `/@${text}`,
      (text: string) => `/@${text}.json`,
      (text: string) => `/@mia/badges/${text}`,
      (text: string) => `/@mia/badges/${text}/statements`,
      (text: string) => `/d/${text}`,
      (text: string) => `/assets/${text}`,
      (text: string) => `/${text}`,
      (text: string) => `/?${text}`,
      (text: string) => `/sitemap.xml?from=${text}`,
      (text: string) => `/v1/${text}`,
    ];
    const answers = new Set<string>();
    for (const place of places)
      for (const { text } of payloads) {
        const { body } = await ask(server.address, 'GET', place(encodeURIComponent(text)));
        // None of them repeats what was asked for, so that there is nothing to escape.
        expect([place(''), body.includes(text)]).toEqual([place(''), false]);
        answers.add(body.toString());
      }
    expect(await openAll('places', [...answers])).toEqual([]);
    expect([...heard()]).toEqual([]);
  });

  it('is markup on the twin, which takes each of them at its word: all of them call', async () => {
    const odd = await openAll('twins', payloads.map(carelessPage));
    expect(odd.length).toBeGreaterThan(20);
    await expect
      .poll(() => payloads.filter(({ number }) => !heard().has(number)).map(({ text }) => text), {
        timeout: 60_000,
      })
      .toEqual([]);
    dialogs = [];
  });
});
