import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { seeText, type Tab, until } from './browsers/browser.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { findings } from './world/axe.ts';
import { startCompanion } from './world/companion.ts';
import { earnBadge, fileOf } from './world/learner.ts';
import { type PlainBrowser, plainChromium } from './world/plain-browser.ts';
import { expect, test } from './world/story.ts';

/** Everything that a page sends, by address, with its body. */
function watched(browser: PlainBrowser, tab: Tab): readonly string[] {
  const sent: string[] = [];
  browser.pageOf(tab).on('request', (request) => {
    sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`);
  });
  return sent;
}

/** Between the button and what was found, in pixels. */
const roomBelowAgain = `(() => {
  const { top } = document.querySelector('.check-outcome').getBoundingClientRect();
  return top - document.querySelector('.check-status + p > button').getBoundingClientRect().bottom;
})()`;

async function seeChecked(
  tab: Tab,
  name: string,
  bytes: Uint8Array,
  says: readonly string[],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'backpack-check-'));
  try {
    await writeFile(join(folder, name), bytes);
    await tab.giveFile(join(folder, name));
    return await seeText(tab, [`${name}: `, ...says]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('a stranger checks a file, a text and an address in a browser that knows nothing of Backpack', async ({
  school,
  companion,
}) => {
  const stranger = await plainChromium();
  try {
    const tab = await stranger.open(`${companion.origin}/check`);
    await seeText(tab, 'The check runs in your browser.');
    const sent = watched(stranger, tab);
    const page = stranger.pageOf(tab);

    // Signed with a key of its own: nobody is asked, and nothing of it leaves the browser.
    const good = await buildBadge({ narrative: 'Built a bridge.' });
    await seeChecked(tab, 'good.json', good.bytes, ['Every check passed.', 'Nobody had to be asked.']);
    expect(sent.filter((line) => !/GET \S+\/assets\/(?:usual|whole|picture)-\S+\.js $/.test(line))).toEqual(
      [],
    );

    // One byte changed.
    const changed = await buildBadge({ forgery: 'byte-changed' });
    await seeChecked(tab, 'changed.json', changed.bytes, ['Not valid']);

    // A picture with a hosted badge: the issuer is asked by this browser, and by nobody else.
    const award = await earnBadge(school, 'javascript', 'anna@example.org');
    const hosted = await seeChecked(tab, 'javascript.png', await fileOf(award), [
      new URL(school.origin).host,
      'read by your browser',
    ]);
    expect(hosted).not.toContain('this server read');
    expect(sent.some((line) => line.includes('/v1/reading'))).toBe(false);

    await page.getByText('Text of a badge').first().click();
    await tab.fill('textbox', 'Text of a badge', new TextDecoder().decode(good.bytes));
    await tab.click('button', 'Check this text');
    await seeText(tab, 'The text that you pasted: Checked.');

    // What is no badge rests on nothing, and its finder is told what to choose.
    const report = await seeChecked(tab, 'report.pdf', new TextEncoder().encode('%PDF-1.7'), [
      'This is a PDF document, not a badge.',
      'Choose the badge itself',
    ]);
    expect(report).not.toContain('What this rests on');

    // An address as an address bar shows it.
    await tab.fill('textbox', 'Address of a badge', 'academy.example/awards/42.json');
    await tab.click('button', 'Check this address');
    await seeText(tab, [
      'https://academy.example/awards/42.json: Could not be checked.',
      'What this rests on',
    ]);

    for (const colorScheme of ['light', 'dark'] as const)
      expect(await findings(page, colorScheme)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(321);
  } finally {
    await stranger.close();
  }
});

test('a file is dropped anywhere on the page and checked there, and nothing else that is dragged is taken', async ({
  companion,
}) => {
  const stranger = await plainChromium();
  const folder = await mkdtemp(join(tmpdir(), 'backpack-check-'));
  const file = join(folder, 'dropped.json');
  try {
    await writeFile(file, (await buildBadge({ narrative: 'Built a bridge.' })).bytes);
    const tab = await stranger.open(`${companion.origin}/check`);
    await seeText(tab, 'The check runs in your browser.');
    const page = stranger.pageOf(tab);
    const drags = await page.context().newCDPSession(page);
    const text = { items: [{ mimeType: 'text/plain', data: 'Only words' }], dragOperationsMask: 1 };
    const files = { items: [], files: [file], dragOperationsMask: 1 };
    const drag = (type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel', data: typeof files | typeof text) =>
      drags.send('Input.dispatchDragEvent', { type, x: 300, y: 500, data });
    const isOffered = () => page.getByText('Drop it to check it').isVisible();

    await drag('dragEnter', text);
    await drag('dragOver', text);
    expect(await isOffered()).toBe(false);
    await drag('dragCancel', text);
    // Held over the page and taken away again, and then let go of.
    await drag('dragEnter', files);
    await until('it is offered', isOffered);
    expect(await findings(page)).toEqual([]);
    // Chromium tells a page nothing of a drag that its driver gives up: the event of leaving is our own.
    await drag('dragCancel', files);
    await page.evaluate("document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true }))");
    await until('it is offered no more', async () => !(await isOffered()));
    await drag('dragEnter', files);
    await drag('dragOver', files);
    await drag('drop', files);
    await seeText(tab, ['dropped.json: ', 'Every check passed.']);
    await until('it is offered no more', async () => !(await isOffered()));
    // The browser would have opened the file in place of the page.
    expect(await tab.address()).toBe(`${companion.origin}/check`);
  } finally {
    await stranger.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('what an issuer keeps from other pages this server reads, and says that it is its word', async ({
  hostile,
}) => {
  const address = serveHostedBadge(hostile, '/badges/1', { name: 'A quiet badge' });
  const companion = await startCompanion([hostile.origin]);
  const stranger = await plainChromium();
  const host = new URL(hostile.origin).host;
  try {
    const tab = await stranger.open(`${companion.origin}/check`);
    await tab.fill('textbox', 'Address of a badge', address);
    await tab.click('button', 'Check this address');
    const shown = await seeText(tab, [
      `${address}: `,
      'A quiet badge',
      'As this server read it',
      `${host} did not let your browser read these documents`,
      'According to this server',
      'read by this server',
    ]);
    expect(shown).not.toContain('read by your browser');

    // The same badge, gone since: nobody's word can make it good.
    hostile.file('/badges/1', 'gone', 'text/plain');
    await tab.fill('textbox', 'Address of a badge', address);
    await tab.click('button', 'Check this address');
    expect(await seeText(tab, 'Cannot be read')).not.toContain('As this server read it');
    expect(await findings(stranger.pageOf(tab))).toEqual([]);

    // Nobody answers: it is said as that, of no file and of nothing that it rests on; another press asks again.
    const silent = hostile.answer('/badges/2', (_, response) => response.destroy());
    await tab.fill('textbox', 'Address of a badge', silent);
    await tab.click('button', 'Check this address');
    await seeText(tab, [
      `${silent}: Could not be checked.`,
      'A badge that could not be reached',
      'Check it again later.',
      'Nobody who was asked has answered.',
    ]);
    expect(await findings(stranger.pageOf(tab))).toEqual([]);
    expect(await tab.evaluate(roomBelowAgain)).toBeGreaterThanOrEqual(16);
    serveHostedBadge(hostile, '/badges/2', { name: 'An answer at last' });
    await tab.click('button', 'Check again');
    await seeText(tab, ['An answer at last', 'As this server read it']);

    // Other pages have no use of it: not even one of another origin that asks for it plainly.
    const reading = `${companion.origin}/v1/reading?address=${encodeURIComponent(address)}`;
    expect((await fetch(reading)).status).toBe(404);
    expect((await fetch(reading, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(404);
    const own = await fetch(reading, { headers: { 'sec-fetch-site': 'same-origin' } });
    expect([own.status, await own.json()]).toMatchObject([200, { answer: { status: 200, url: address } }]);
    const closed = `${companion.origin}/v1/reading?address=${encodeURIComponent('http://127.0.0.1:9/')}`;
    const refused = await fetch(closed, { headers: { 'sec-fetch-site': 'same-origin' } });
    expect(await refused.json()).toEqual({ failed: 'address-not-allowed' });
  } finally {
    await stranger.close();
    await companion.remove();
  }
});
