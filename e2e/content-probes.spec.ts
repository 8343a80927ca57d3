import { patienceMs, seeText, type Tab, until } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { type HostileIssuer, offerTag } from './issuers/hostile.ts';
import { untilLookedAt, visit } from './world/learner.ts';
import { plainChromium } from './world/plain-browser.ts';
import { expect, test } from './world/story.ts';

/** What the page notes about itself from its first line on, before any content script can run. */
const notes = `
  window.noted = { messages: 0, mutations: [], queried: 0, read: 0, errors: 0, events: 0 };
  addEventListener('message', () => { noted.messages += 1; });
  addEventListener('error', () => { noted.errors += 1; });
  for (const name of ['openbadges', 'backpack', 'openbadges:ready']) addEventListener(name, () => { noted.events += 1; });
  new MutationObserver((list) => noted.mutations.push(...list.map((one) => one.type + ' ' + one.target.nodeName)))
    .observe(document, { attributes: true, childList: true, characterData: true, subtree: true });
  const all = Document.prototype.querySelectorAll, one = Document.prototype.querySelector;
  Document.prototype.querySelectorAll = function (...given) { noted.queried += 1; return all.apply(this, given); };
  Document.prototype.querySelector = function (...given) { noted.queried += 1; return one.apply(this, given); };
  const get = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (...given) { noted.read += 1; return get.apply(this, given); };
  addEventListener('load', () => { noted.mutations.length = 0; noted.loaded = true; });
`;

/** Each asks for a sign of the extension; the answer must be the same as without it. */
const probes: Readonly<Record<string, string>> = {
  'globals of the page': 'Object.getOwnPropertyNames(window).sort().join()',
  'globals of the document': 'Object.getOwnPropertyNames(document).sort().join()',
  'markup of the page': 'document.documentElement.outerHTML',
  'changes of the document': 'JSON.stringify(noted.mutations)',
  'replaced search functions': 'noted.queried',
  'replaced reading of attributes': 'noted.read',
  'errors in the page': 'noted.errors',
  'events for the page': 'noted.events',
  'style sheets': 'document.styleSheets.length + document.adoptedStyleSheets.length',
  'custom elements': "String(customElements.get('open-badges') ?? customElements.get('backpack-offer'))",
  'loads that the browser lists':
    'performance.getEntries().filter((one) => /extension/.test(one.name)).length',
  'messages after a call': `new Promise((done) => {
    for (const type of ['openbadges', 'backpack', 'candidates', 'offers-of-tab', 'ping'])
      { postMessage({ type, kind: type, tab: 1 }, '*'); dispatchEvent(new CustomEvent('openbadges', { detail: { kind: type } })); }
    setTimeout(() => done(noted.messages + ' ' + noted.events), 300);
  })`,
  'runtime messages': `new Promise((done) => {
    if (globalThis.chrome?.runtime?.sendMessage === undefined) return done('no way');
    try { chrome.runtime.sendMessage(EXTENSION, { kind: 'offers-of-tab', tab: 1 }, (answer) => done(JSON.stringify(answer) ?? chrome.runtime.lastError.message)); }
    catch (error) { done(error.name); }
  })`,
  'a port to the extension': `(() => { try { return String(chrome.runtime.connect(EXTENSION)); } catch (error) { return error.name; } })()`,
  'the manifest': loads('manifest.json'),
  'the popup’s page': loads('popup/index.html'),
  'the worker': loads('service-worker-loader.js'),
  'an icon by fetch': loads('icons/128.png'),
  'an icon as a picture': `new Promise((done) => {
    const picture = new Image(); picture.onload = () => done('loaded'); picture.onerror = () => done('refused');
    picture.src = 'chrome-extension://' + EXTENSION + '/icons/128.png';
  })`,
  'a script of the extension': `new Promise((done) => {
    const script = document.createElement('script'); script.onload = () => done('loaded'); script.onerror = () => done('refused');
    script.src = 'chrome-extension://' + EXTENSION + '/service-worker-loader.js'; document.head.append(script);
  })`,
};

function loads(path: string): string {
  return `fetch('chrome-extension://' + EXTENSION + '/${path}').then((answer) => 'answered ' + answer.status, (error) => error.name)`;
}

for (const access of ['granted', 'withheld'] as const)
  test(`T63: a page learns nothing of the extension, with site access ${access}`, async ({
    launchChromium,
    hostile,
  }) => {
    const offer = offerTag(serveHostedBadge(hostile, '/badge'));
    const address = hostile.page('/', { head: `<script>${notes}</script>${offer}` });
    const browser = await launchChromium();
    const page = await pageWithAccess(browser, access, address);
    if (access === 'granted')
      await until('it was noticed', async () => (await browser.countOnIcon(page)) === '1');
    else expect(await browser.countOnIcon(page)).toBe('');
    const withExtension = await askProbes(page, browser);

    const plain = await plainChromium();
    try {
      const twin = await plain.open(address);
      expect(withExtension).toEqual(await askProbes(twin, browser));
    } finally {
      await plain.close();
    }
    expect(hostile.seenAt('/badge')).toHaveLength(0);
    // The twin: the extension was there all the time.
    const popup = await browser.openPopup(page);
    await seeText(popup, access === 'granted' ? 'A good badge' : /Backpack|badge/i);
  });

test('T64: a page with a hundred thousand tags and a restless document stays quick and asks nobody', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const filler = Array.from({ length: 100_000 }, (_, index) => `<meta name="note" content="${index}">`).join(
    '',
  );
  const offers = Array.from({ length: 300 }, (_, index) => offerTag(`/offer-${index}`)).join('');
  const address = hostile.page('/', {
    head: offers + filler,
    body: '<main></main><script>let n = 0; setInterval(() => { for (let i = 0; i < 100; i += 1) { document.querySelector("main").textContent = String(n += 1); } }, 100);</script>',
  });
  const page = await browser.open(address);
  await until('the icon shows a count', async () => (await browser.countOnIcon(page)) !== '');
  const looks = await countLooks(browser, page);
  const changes = async () => Number(await page.evaluate('n'));
  const begun = await changes();
  const started = performance.now();
  await until('it has changed 5,000 times', async () => (await changes()) > begun + 5_000, 4 * patienceMs);
  // Some looks, far fewer than turns in which the document changed (fifty), let alone changes: between looks there are
  // two seconds, or, after that long without a change, a quarter of one at first. A slow machine only makes it longer.
  const seen = await looks();
  expect(seen).toBeLessThanOrEqual(6 + (performance.now() - started) / 1_250);
  await until('it is looked at all the same', async () => (await looks()) > 0);
  const popup = await browser.openPopup(page);
  await seeText(popup, 'The first 200 are listed');
  const asked = new Set(hostile.seen.map(({ path }) => path).filter((path) => path.startsWith('/offer-')));
  expect(asked.size).toBeLessThanOrEqual(200);
});

test('T64: nothing is asked for before the popup is open', async ({ launchChromium, hostile }) => {
  const browser = await launchChromium();
  const address = pageWithManyKinds(hostile);
  const page = await visit(browser, address, '3');
  const before = hostile.seen.filter(({ path }) => path.startsWith('/offered'));
  expect(before).toHaveLength(0);
  await browser.openPopup(page);
  await until('the offers are asked for', () => hostile.seen.some(({ path }) => path.startsWith('/offered')));
});

test('T64a: a frame’s offer shows the frame’s own host, and a later tag counts as well', async ({
  launchChromium,
  hostile,
}) => {
  const origin = 'http://academy.example';
  serveHostedBadge(hostile, '/framed', { name: 'From the frame', origin });
  serveHostedBadge(hostile, '/later', { name: 'From the page', origin });
  hostile.page('/frame', { head: offerTag('/framed') });
  hostile.page('/page', {
    body: `<iframe src="http://frame.academy.example/frame"></iframe><script>
      setTimeout(() => { const tag = document.createElement('meta'); tag.name = 'openbadges:offer'; tag.content = '/later'; document.head.append(tag); }, 50);
    </script>`,
  });
  const browser = await launchChromium({
    hosts: { 'academy.example': hostile.port, 'frame.academy.example': hostile.port },
  });
  const page = await visit(browser, `${origin}/page`, '1');
  const popup = await browser.openPopup(page);
  await untilLookedAt(popup, 2);
  const shown = await seeText(popup, ['offered by frame.academy.example inside this page', 'From the page']);
  expect(shown.match(/offered by/g)).toHaveLength(1);
});

/**
 * Counts from now on how often the content script looks through a page: each look asks the document once for its offer
 * tags. The counter stands in the extension's own world, where the page cannot reach.
 */
async function countLooks(browser: ChromiumBrowser, page: Tab): Promise<() => Promise<number>> {
  const session = await browser.context().newCDPSession(browser.pageOf(page));
  const worlds: number[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin === browser.extensionOrigin()) worlds.push(context.id);
  });
  await session.send('Runtime.enable');
  const contextId = await until('the content script has its world', async () => worlds[0]);
  const inWorld = async (expression: string): Promise<unknown> =>
    (await session.send('Runtime.evaluate', { contextId, expression, returnByValue: true })).result.value;
  await inWorld(`{
    globalThis.looks = 0;
    const all = Document.prototype.querySelectorAll;
    Document.prototype.querySelectorAll = function (selector) {
      if (/meta/i.test(selector)) looks += 1;
      return all.call(this, selector);
    };
  }`);
  return async () => Number(await inWorld('looks'));
}

function pageWithManyKinds(hostile: HostileIssuer): string {
  return hostile.page('/', {
    head:
      offerTag('/offered-1', { 'data-image': `${hostile.origin}/offered-picture.png`, 'data-name': 'One' }) +
      `<link rel="openbadges" href="/offered-2">`,
    body: offerTag('/offered-3'),
  });
}

test('an issuer that the browser keeps from Backpack is named as that, and not as silent', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const badge = serveHostedBadge(hostile, '/badge');
  const importIt = async () => {
    const backpack = await browser.openPage('backpack/index.html#/import');
    await backpack.fill('textbox', 'Address of a badge', badge);
    await backpack.click('button', 'Import from address');
    return backpack;
  };
  await setHostAccess(browser, 'ON_CLICK');
  const withheld = await importIt();
  const told = await seeText(withheld, /This browser does not let Backpack ask localhost:\d+\./);
  expect(told).not.toContain('did not answer');
  // The twin: with access the very same address gives its badge.
  await setHostAccess(browser, 'ON_ALL_SITES');
  await seeText(await importIt(), 'In your backpack');
});

async function setHostAccess(
  browser: ChromiumBrowser,
  hostAccess: 'ON_CLICK' | 'ON_ALL_SITES',
): Promise<void> {
  const settings = await browser.open('chrome://extensions');
  const id = JSON.stringify(new URL(browser.extensionOrigin()).host);
  await settings.evaluate(
    `chrome.developerPrivate.updateExtensionConfiguration({ extensionId: ${id}, hostAccess: '${hostAccess}' })`,
  );
  await settings.close();
}

async function pageWithAccess(
  browser: ChromiumBrowser,
  access: 'granted' | 'withheld',
  address: string,
): Promise<Tab> {
  if (access === 'withheld') await setHostAccess(browser, 'ON_CLICK');
  const page = await browser.open(address);
  await until('the page has loaded', async () => (await page.evaluate('noted.loaded')) === true);
  return page;
}

async function askProbes(page: Tab, browser: ChromiumBrowser): Promise<Readonly<Record<string, unknown>>> {
  await until('the page has loaded', async () => (await page.evaluate('noted.loaded')) === true);
  const id = JSON.stringify(new URL(browser.extensionOrigin()).host);
  const answers: Record<string, unknown> = {};
  for (const [name, probe] of Object.entries(probes))
    answers[name] = await page.evaluate(probe.replaceAll('EXTENSION', id));
  return answers;
}
