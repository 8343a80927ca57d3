import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostileIssuer, startHostileIssuer } from '../e2e/issuers/hostile.ts';
import { type PlainBrowser, plainChromium } from '../e2e/world/plain-browser.ts';
import type { Instant, Sha256 } from '../shared/model/brands.ts';
import { concat, utf8 } from '../shared/model/bytes.ts';
import type { ManifestItem } from '../shared/publish/manifest.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

/* What learners publish, in a real browser: as pictures of the pages, and opened at its own address. */
let server: TestServer;
let home: HostileIssuer;
let browser: PlainBrowser;
let page: Page;
let dialogs = 0;

beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
  home = await startHostileIssuer();
  browser = await plainChromium();
  page = browser.pageOf(await browser.open('about:blank'));
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
});
afterAll(async () => {
  await browser.close();
  await home.close();
  await endTestServers();
});

const calls = (): readonly string[] =>
  home.seen.map(({ path }) => path).filter((path) => path.startsWith('/b/'));

/** Opens an address as a person would; a file that is saved instead opens nothing. */
async function visit(address: string): Promise<void> {
  await page
    .goto(address)
    .catch((error: Error) => expect(error.message).toMatch(/Download is starting|ERR_/));
}

/** Files that run or ask something where they are taken for a page. */
function harmfulFiles(png: Uint8Array): Readonly<Record<string, Uint8Array>> {
  const call = (name: string) => `fetch('${home.origin}/b/${name}');alert(1)`;
  const svg = (inner: string, head = '') =>
    utf8(
      `${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">${inner}</svg>`,
    );
  return {
    'script.svg': svg(`<script>${call('script')}</script>`),
    'handler.svg': svg(
      `<rect width="9" height="9"/><animate onbegin="${call('handler')}" attributeName="x" dur="1s"/>`,
    ),
    'image.svg': svg(`<image href="${home.origin}/b/image" width="9" height="9"/>`),
    'use.svg': svg(`<use xlink:href="${home.origin}/b/use#a"/>`),
    'style.svg': svg(`<style>@import url(${home.origin}/b/style);</style>`),
    'foreign.svg': svg(
      `<foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="${home.origin}/b/foreign"/></foreignObject>`,
    ),
    'stylesheet.svg': svg('', `<?xml-stylesheet href="${home.origin}/b/stylesheet"?>`),
    'load.svg': utf8(`<svg xmlns="http://www.w3.org/2000/svg" onload="${call('load')}"/>`),
    // the namespace under another prefix, and no name of SVG's own in sight
    'prefix.svg': utf8(
      `<x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script>${call('prefix')}</x:script></x:svg>`,
    ),
    'html.svg': svg(`<h:script xmlns:h="http://www.w3.org/1999/xhtml">${call('html')}</h:script>`),
    'entity.svg': svg(
      '&run;',
      `<!DOCTYPE svg [<!ENTITY run "<script xmlns='http://www.w3.org/2000/svg'>${call('entity').replaceAll("'", '&#39;').replaceAll('&', '&#38;')}</script>">]>`,
    ),
    'link.svg': svg(`<a href="javascript:${call('link')}"><rect width="9" height="9"/></a>`),
    'filter.svg': svg(
      `<filter id="f"><feImage href="${home.origin}/b/filter"/></filter><rect width="9" height="9" filter="url(#f)"/>`,
    ),
    'font.svg': svg(
      `<style>@font-face{font-family:f;src:url(${home.origin}/b/font)}text{font-family:f}</style><text y="9">a</text>`,
    ),
    'paint.svg': svg(`<rect width="9" height="9" style="mask:url(${home.origin}/b/paint)"/>`),
    'frame.svg': svg(
      `<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${home.origin}/b/frame"/></foreignObject>`,
    ),
    'page.html': utf8(`<!doctype html><script>${call('page')}</script>`),
    'drawing.png': concat(
      png.slice(0, 8),
      utf8(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${home.origin}/b/drawing"/></svg>`),
    ),
    'comment.png': utf8(`<!--\x89PNG--><body onload="${call('comment')}">`),
    'picture.png': concat(png, utf8(`<html><script>${call('picture')}</script>`)),
    'text.json': utf8(`{"a":"<script>${call('text')}</script>"}`),
  };
}

describe('what is published', () => {
  it('runs nothing and asks nobody, as a picture or opened by itself (T46, T55)', async () => {
    const mia = await Publisher.create(server);
    const { bytes: png } = await buildBadge({ container: 'png' });
    const files = Object.entries(harmfulFiles(png));
    const items: ManifestItem[] = [];
    const hashes: Sha256[] = [];
    for (const [name, bytes] of files) {
      const badge = (await mia.lay((await buildBadge({ name })).bytes)).hash;
      const { hash } = await mia.lay(bytes);
      hashes.push(hash);
      const seenValidAt = '2026-01-02T03:04:05.000Z' as Instant;
      items.push({ doc: badge, with: [hash], seenValidAt, recipient: 'hidden' });
    }
    expect((await mia.publish(items, { cover: hashes[0] as Sha256 })).status).toBeLessThan(300);
    await visit(`${server.address}/@${mia.handle}`);
    const shown = await page.evaluate(
      '[...document.images].map(({ complete, naturalWidth }) => complete && naturalWidth)',
    );
    // The pictures are really drawn: those of SVG, the cover, and the PNG with a tail.
    expect((shown as number[]).filter((width) => width > 0).length).toBeGreaterThanOrEqual(8);
    for (const item of items)
      await visit(`${server.address}/@${mia.handle}/badges/${'doc' in item ? item.doc.slice(0, 22) : ''}`);
    for (const hash of hashes) {
      await visit(`${server.address}/d/${hash}`);
      await page.mouse.click(4, 4);
    }
    expect(calls()).toEqual([]);
    expect(dialogs).toBe(0);
  });

  it('would run and ask on a server that hands it out like any file', async () => {
    const types: Readonly<Record<string, string>> = {
      svg: 'image/svg+xml',
      html: 'text/html',
      // as a browser without `nosniff` may take it
      png: 'text/html',
      json: 'text/html',
    };
    const { bytes: png } = await buildBadge({ container: 'png' });
    const files = Object.entries(harmfulFiles(png));
    for (const [name, bytes] of files) {
      const [base = '', ending = ''] = name.split('.');
      await page.goto(home.file(`/${name}`, bytes, types[ending] ?? ''));
      await page.mouse.click(4, 4);
      await expect.poll(() => calls(), { timeout: 60_000 }).toContain(`/b/${base}`);
    }
    expect(dialogs).toBeGreaterThan(0);
  });
});

describe('names that mislead (T48, T49)', () => {
  it('turn nothing around, hide nothing, and break no page of a narrow phone', async () => {
    const mia = await Publisher.create(server);
    const long = 'x'.repeat(10_000);
    const names = [
      `${long}`,
      'safe\u202Egnp.exe',
      'pay\u200Bpal',
      '\u2066\u2067שלום\u2069 abc',
      'Z\u0300\u0301\u0302\u0303\u0304\u0305',
    ];
    const items: ManifestItem[] = [];
    for (const name of names) {
      const evidence = { address: 'https://xn--pypal-4ve.example/', name: 'https://paypal.example/' };
      const { bytes } = await buildBadge({ name, description: `${name} ${long}`, criteria: name, evidence });
      const seenValidAt = '2026-01-02T03:04:05.000Z' as Instant;
      items.push({ doc: (await mia.lay(bytes)).hash, with: [], seenValidAt, recipient: 'hidden' });
    }
    expect((await mia.publish(items, { name: '\u202Ereverof' })).status).toBeLessThan(300);
    await page.setViewportSize({ width: 320, height: 640 });
    const paths = items.map((item) => `/badges/${'doc' in item ? item.doc.slice(0, 22) : ''}`);
    for (const path of ['', ...paths]) {
      await visit(`${server.address}/@${mia.handle}${path}`);
      const text = (await page.evaluate('document.documentElement.outerHTML')) as string;
      // A name in a title, where no element isolates it, stands between the two marks that do: ours, and closed.
      const others = text.replaceAll(/\u2068([^\u2066-\u2069]*)\u2069/g, '$1');
      expect(others).not.toMatch(/[\u200B\u202A-\u202E\u2066-\u2069]/);
      expect(text).not.toContain('x'.repeat(10_001));
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      // Whatever a learner or an issuer named stands isolated, so that it turns around itself alone.
      const isolates =
        '(head) => head.dir === "auto" || head.querySelector("bdi")?.textContent === head.textContent';
      const heads = await page.evaluate(
        `[...document.querySelectorAll("h1, .badge-grid a")].map(${isolates})`,
      );
      expect(new Set(heads as boolean[])).toEqual(new Set([true]));
    }
    const outward = await page.evaluate(
      '[...document.querySelectorAll(".evidence-list a")].map((link) => link.parentElement.textContent)',
    );
    expect(outward).toEqual(['https://paypal.example/ at xn--pypal-4ve.example']);
    const issuer = await page.evaluate('document.querySelector(".issuer-line").textContent');
    expect(issuer).toMatch(/^(Issuer not proven|Unknown issuer)/);
  });
});
