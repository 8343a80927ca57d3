import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from '../e2e/world/valid-html.ts';
import { build } from './build.ts';
import { addressesIn, type Found, foundAt, outwardLinksIn } from './page-links.ts';
import { type PublishedWorld, publishWorld } from './published-world.ts';

/* Every kind of page that anybody can reach on a server, each in each of its states, as the built server sends it. */
let world: PublishedWorld;
let pages: ReadonlyMap<string, Found>;

beforeAll(async () => {
  await build(['server']);
  world = await publishWorld();
  const { origin } = world.companion;
  const addresses: Readonly<Record<string, string>> = {
    ...world.pages,
    home: `${origin}/`,
    check: `${origin}/check`,
    claim: `${origin}/claim`,
    report: `${origin}/report`,
    'report-of-page': `${origin}/report?page=/@ada-builds`,
    missing: `${origin}/nowhere`,
    'missing-profile': `${origin}/@nobody-here`,
    'missing-badge': `${origin}/@ada-builds/badges/${'a'.repeat(22)}`,
    'missing-asset': `${origin}/assets/nothing.css`,
    'taken-down': world.takenDown,
    'taken-down-badge': `${world.takenDown}/badges/${'a'.repeat(22)}`,
  };
  const found = await Promise.all(
    Object.entries(addresses).map(async ([name, address]) => [name, await foundAt(address)] as const),
  );
  pages = new Map(found);
}, 300_000);
afterAll(() => world.end());

/** The status of each page by the beginning of its name; 200 for all others. */
function statusOf(name: string): number {
  return name.startsWith('missing') ? 404 : name.startsWith('taken-down') ? 410 : 200;
}

describe('a page of the server', () => {
  it('is there, or says with its status that it is not', () => {
    for (const [name, { status, mediaType }] of pages)
      expect([name, status, mediaType]).toEqual([name, statusOf(name), 'text/html; charset=utf-8']);
    expect(pages.size).toBeGreaterThan(20);
  });

  it('is shown in the state that it is named after', () => {
    const says: Readonly<Record<string, RegExp>> = {
      'badge-valid': /mark-checked/,
      'badge-revoked': /mark-revoked/,
      'badge-expired': /mark-expired/,
      'badge-issuer-gone': /its issuer has not answered since/,
      'badge-unlisted': /As recorded by the learner/,
      'profile-without-badges': /No badge is shown here/,
      'right-to-left-profile': /class="theme-harbour"[\s\S]*profile-cover/,
    };
    for (const [name, wanted] of Object.entries(says)) expect(pages.get(name)?.text).toMatch(wanted);
  });

  it('is HTML in which a well-kept validator finds no fault', async () => {
    for (const [name, { text }] of pages) expect([name, await faultsOf(text)]).toEqual([name, []]);
  });

  it('leads to nothing that is not there: pages, places in them, pictures, styles, scripts, data', async () => {
    const asked = new Map<string, Promise<Found>>();
    const found = (address: string): Promise<Found> => {
      const known = asked.get(address) ?? foundAt(address);
      asked.set(address, known);
      return known;
    };
    for (const [name, page] of pages)
      for (const address of (await addressesIn(page)).filter((one) => one.startsWith(world.companion.origin)))
        expect([name, address, await faultAt(address, found)]).toEqual([name, address, undefined]);
    expect(asked.size).toBeGreaterThan(40);
  });

  it('leads elsewhere only where a badge says so, and tells that place nothing', async () => {
    let seen = 0;
    for (const [name, page] of pages)
      for (const { address, relations } of await outwardLinksIn(page, world.companion.origin)) {
        expect([name, address, world.said.includes(address)]).toEqual([name, address, true]);
        expect([name, address, relations]).toEqual([name, address, 'noopener noreferrer nofollow']);
        seen += 1;
      }
    expect(seen).toBeGreaterThan(6);
  });

  it('is read again under its new address where its owner has moved', async () => {
    const { status, location } = await foundAt(world.moved);
    expect([status, location]).toEqual([308, '/@zoe-codes']);
    expect((await foundAt(new URL(location ?? '', world.moved).href)).status).toBe(200);
  });
});

describe('the pages of the extension', () => {
  it.each(['popup', 'backpack'])('%s begins as HTML without fault', async (name) => {
    const file = readFileSync(join(import.meta.dirname, '..', 'extension', name, 'index.html'), 'utf8');
    expect(await faultsOf(file)).toEqual([]);
  });
});

describe('the twin of a page', () => {
  it('whose HTML is broken is found out, in each way that it is broken', async () => {
    const whole = pages.get('badge-valid')?.text ?? '';
    const broken: Readonly<Record<string, readonly [string | RegExp, string]>> = {
      'element-required-attributes': [/<img src="[^"]*"/, '<img'],
      'no-dup-id': ['id="checks"', 'id="checks" ><b id="checks"></b><i '],
      'close-order': ['</main>', '</section></main>'],
      'element-permitted-content': ['<h1 ', '<ul><p>no item</p></ul><h1 '],
      'element-required-content': [/<title>.*<\/title>/, ''],
      'missing-doctype': ['<!doctype html>', ''],
      'element-name': ['<h1 ', '<headline></headline><h1 '],
      'valid-id': ['id="checks"', 'id=""'],
    };
    for (const [rule, [from, to]] of Object.entries(broken)) {
      const twin = whole.replace(from, to);
      expect(twin).not.toBe(whole);
      expect([rule, (await faultsOf(twin)).join('\n')]).toEqual([rule, expect.stringContaining(rule)]);
    }
  });

  it('that leads nowhere is found out', async () => {
    const { origin } = world.companion;
    const badge = world.pages['badge-valid'] ?? '';
    const dead = [
      `${origin}/nowhere`,
      `${badge}#no-such-place`,
      `${origin}/d/${'a'.repeat(43)}`,
      `${origin}/check#document=${'a'.repeat(43)}`,
      `${origin}/check#profile=nobody-here`,
      `${origin}/check#badge=1`,
      `${origin}/assets/old.css`,
      world.takenDown,
      world.moved,
    ];
    for (const address of dead) expect([address, await faultAt(address, foundAt)]).not.toContain(undefined);
    const links = await addressesIn({
      ...(pages.get('home') as Found),
      text: '<link href="/a.css"><a href="b">b</a><img src="/c.png" alt=""><script src="d.js"></script>',
    });
    expect(links).toEqual(['a.css', 'b', 'c.png', 'd.js'].map((path) => `${origin}/${path}`));
  });
});

/** Why an address of the server leads nowhere; `undefined` where it leads somewhere. */
async function faultAt(
  address: string,
  found: (address: string) => Promise<Found>,
): Promise<string | undefined> {
  const { origin } = world.companion;
  const url = new URL(address);
  const fragment = url.hash.slice(1);
  url.hash = '';
  const page = await found(url.href);
  if (page.status !== 200) return `answers ${page.status}`;
  if (fragment === '') return undefined;
  // What follows the hash of this page is for its script: a published document, a profile.
  if (url.pathname === '/check') {
    const { document, profile } = Object.fromEntries(new URLSearchParams(fragment));
    const needed = document === undefined ? `/@${profile}.jws` : `/d/${document}`;
    return faultAt(origin + needed, found);
  }
  return page.text.includes(` id="${fragment}"`) ? undefined : `has no place ${fragment}`;
}
