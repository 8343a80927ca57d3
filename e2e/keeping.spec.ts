import { createHash } from 'node:crypto';
import { seeText, type Tab, until } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { type HostileIssuer, offerTag } from './issuers/hostile.ts';
import { visit } from './world/learner.ts';
import { expect, test } from './world/story.ts';

/** What the background answers to a request of one of the extension's own pages. */
async function ask(page: Tab, request: object): Promise<Answer> {
  return (await page.evaluate(`chrome.runtime.sendMessage(${JSON.stringify(request)})`)) as Answer;
}

type Answer = {
  readonly ok: boolean;
  readonly value: Readonly<Record<string, unknown>>;
  readonly error: { readonly code: string };
};

/** What lists know of each badge. */
async function cardsOf(page: Tab): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const packs = await rowsOf(page, 'cardPacks');
  return packs.flatMap(({ rows }) => JSON.parse(String(rows)));
}

/** All rows of a table, bytes as lower-case hexadecimal. */
async function rowsOf(page: Tab, table: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await page.evaluate(`new Promise((done, fail) => {
    const open = indexedDB.open('backpack');
    open.onerror = () => fail(open.error);
    open.onsuccess = () => {
      const all = open.result.transaction('${table}').objectStore('${table}').getAll();
      all.onsuccess = () => {
        open.result.close();
        done(JSON.parse(JSON.stringify(all.result, (_, value) =>
          value instanceof Uint8Array ? [...value].map((byte) => byte.toString(16).padStart(2, '0')).join('') : value)));
      };
    };
  })`)) as readonly Readonly<Record<string, unknown>>[];
}

async function stopBackground(browser: ChromiumBrowser, page: Tab): Promise<void> {
  const session = await browser.context().newCDPSession(browser.pageOf(page));
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

/** Looks at one hosted badge in the popup; answers the popup. */
async function lookAt(browser: ChromiumBrowser, hostile: HostileIssuer, name: string): Promise<Tab> {
  const badge = serveHostedBadge(hostile, '/badge', { name });
  hostile.page('/', { head: offerTag(badge) });
  const popup = await browser.openPopup(await visit(browser, `${hostile.origin}/`, '1'));
  await seeText(popup, name);
  await until('it was looked at', async () => (await popup.count('button', 'Claim badge')) === 1);
  return popup;
}

test('what was looked at is claimed although the background was stopped in between', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const popup = await lookAt(browser, hostile, 'Kept through a stop');
  const asked = hostile.seen.length;
  await stopBackground(browser, popup);
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  // The claim needed nothing from anyone.
  expect(hostile.seen.length).toBe(asked);
  const backpack = await browser.openPage('backpack/index.html');
  await seeText(backpack, 'Kept through a stop');
});

test('a claim keeps the exact bytes and all that the verdict rests on; a removal is undone whole', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const popup = await lookAt(browser, hostile, 'Kept exactly');
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  const backpack = await browser.openPage('backpack/index.html');

  const served = Buffer.from(await (await fetch(`${hostile.origin}/badge`)).arrayBuffer());
  const hash = createHash('sha256').update(served).digest('base64url');
  const id = `badge|${hash}`;
  const kept = await rowsOf(backpack, 'blobs');
  expect(kept.find((row) => row['hash'] === hash)?.['bytes']).toBe(served.toString('hex'));
  for (const path of ['/badge.class', '/badge.issuer']) {
    const bytes = Buffer.from(await (await fetch(`${hostile.origin}${path}`)).arrayBuffer());
    expect(kept.map((row) => row['bytes'])).toContain(bytes.toString('hex'));
  }
  expect((await rowsOf(backpack, 'dirty')).map((row) => row['id'])).toEqual([id]);
  const [before] = await rowsOf(backpack, 'docs');

  expect((await ask(backpack, { kind: 'remove-badge', badge: id })).ok).toBe(true);
  expect(await cardsOf(backpack)).toEqual([]);
  expect((await rowsOf(backpack, 'docs'))[0]).toMatchObject({ id, f: {} });
  expect((await ask(backpack, { kind: 'restore-badge', badge: id })).ok).toBe(true);
  const [after] = await rowsOf(backpack, 'docs');
  const valuesOf = (doc: unknown) =>
    Object.entries((doc as { f: Record<string, [unknown, string]> }).f).map(([name, [value]]) => [
      name,
      value,
    ]);
  expect(new Map(valuesOf(after) as [string, unknown][])).toEqual(
    new Map(valuesOf(before) as [string, unknown][]),
  );
  expect(await cardsOf(backpack)).toHaveLength(1);
  expect(await rowsOf(backpack, 'removed')).toEqual([]);
});

test('undoing a claim of what was in the backpack before removes nothing', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const popup = await lookAt(browser, hostile, 'Here before');
  const backpack = await browser.openPage('backpack/index.html');
  const key = `${hostile.origin}/badge`;
  const first = await ask(backpack, { kind: 'claim-badge', key, mode: 'claim' });
  expect(first.value).toMatchObject({ alreadyKept: false });
  const again = await ask(backpack, { kind: 'claim-badge', key, mode: 'claim' });
  expect(again.value).toMatchObject({ alreadyKept: true });
  await ask(backpack, { kind: 'undo-claim', badge: again.value['badge'], key });
  expect(await cardsOf(backpack)).toHaveLength(1);
  await popup.close();

  // The twin: a claim of its own is undone, and its offer is no news any more.
  const other = serveHostedBadge(hostile, '/other', { name: 'New here' });
  const second = await browser.openPage('backpack/index.html');
  hostile.page('/second', { head: offerTag(other) });
  const page = await visit(browser, `${hostile.origin}/second`, '1');
  const asking = await browser.openPopup(page);
  await asking.click('button', 'Claim badge');
  await seeText(asking, 'In your backpack');
  await asking.click('button', 'Undo');
  await until('it is gone again', async () => (await cardsOf(second)).length === 1);
  await until('the icon says nothing', async () => (await browser.countOnIcon(page)) === '');
});

test('a badge whose issuer is gone is judged by what was kept, and says since when', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const popup = await lookAt(browser, hostile, 'Older than its issuer');
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  const backpack = await browser.openPage('backpack/index.html');
  const [card] = await cardsOf(backpack);
  const badge = card?.['id'];

  const asked = await ask(backpack, { kind: 'verify-again', badge });
  expect(asked.value).toMatchObject({ from: 'network', verdict: { outcome: 'valid' } });
  for (const path of ['/badge', '/badge.class', '/badge.issuer']) hostile.bad(path, 'fails');
  const remembered = await ask(backpack, { kind: 'verify-again', badge });
  expect(remembered.value).toMatchObject({ from: 'snapshot', verdict: { outcome: 'valid' } });
  const [doc] = await rowsOf(backpack, 'docs');
  const fields = (doc as unknown as { f: Record<string, [unknown, string]> }).f;
  expect(fields['unanswered']?.[0]).toEqual(expect.any(String));
  expect(Object.keys(fields).filter((name) => name.startsWith('checked:'))).toHaveLength(3);
});

test('a file without a badge stays listed as unread; what is not valid asks before it is kept', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const backpack = await browser.openPage('backpack/index.html');
  const importFile = (name: string, text: string) =>
    ask(backpack, { kind: 'import-file', name, bytes: Buffer.from(text).toString('base64') });

  const unread = await importFile('holiday.txt', 'no badge at all');
  expect(unread.value).toMatchObject({ state: 'unread', error: { code: 'not-a-badge' } });
  expect((await cardsOf(backpack)).map(({ kind, name }) => [kind, name])).toEqual([
    ['unread', 'holiday.txt'],
  ]);
  const picture = '<svg xmlns="http://www.w3.org/2000/svg"/>';
  expect((await importFile('plain.svg', picture)).value).toMatchObject({
    state: 'unread',
    error: { code: 'picture-without-badge' },
  });
  expect((await importFile('cut.svg', picture.slice(0, -2))).value).toMatchObject({
    state: 'unread',
    error: { code: 'malformed-picture' },
  });

  serveHostedBadge(hostile, '/elsewhere', { id: `${hostile.origin}/truly`, name: 'Moved' });
  hostile.file('/truly', '{"some":"thing else"}', 'application/json');
  const address = `${hostile.origin}/elsewhere`;
  const asks = await ask(backpack, { kind: 'import-address', address });
  expect(asks.value).toMatchObject({ state: 'asks', card: { choice: 'keep-as-unverified' } });
  expect(await cardsOf(backpack)).toHaveLength(3);
  const { key } = (asks.value as { card: { key: string } }).card;
  expect(await ask(backpack, { kind: 'claim-badge', key, mode: 'claim' })).toMatchObject({
    ok: false,
    error: { code: 'unexpected' },
  });
  expect((await ask(backpack, { kind: 'claim-badge', key, mode: 'keep-as-unverified' })).ok).toBe(true);
  expect((await cardsOf(backpack)).map(({ keptAs }) => keptAs).sort()).toEqual([
    'to-check',
    'to-check',
    'to-check',
    'unverified',
  ]);
});

test('a backpack holds 20,000 badges and not one more; a removal makes room (T33)', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const names = ['First', 'Last', 'Beyond'];
  const offers = names.map((name) => serveHostedBadge(hostile, `/${name}`, { name }));
  hostile.page('/', { head: offers.map((one) => offerTag(one)).join('') });
  const popup = await browser.openPopup(await visit(browser, `${hostile.origin}/`, '3'));
  await until('all were looked at', async () => (await popup.count('button', 'Claim badge')) === 3);
  const claim = (address: string) => ask(popup, { kind: 'claim-badge', key: address, mode: 'claim' });
  const [first = '', last = '', beyond = ''] = offers;
  expect((await claim(first)).ok).toBe(true);
  // 19,998 more are counted, for badges that nobody has the time to claim.
  await popup.evaluate(`new Promise((done, fail) => {
    const open = indexedDB.open('backpack');
    open.onsuccess = () => {
      const writing = open.result.transaction('local', 'readwrite');
      writing.objectStore('local').put({ key: 'cards', value: 19_999 });
      writing.oncomplete = () => { open.result.close(); done(true); };
      writing.onerror = () => fail(writing.error);
    };
  })`);
  const kept = await claim(last);
  expect(kept.ok).toBe(true);
  expect(await claim(beyond)).toMatchObject({
    ok: false,
    error: { code: 'backpack-full', facts: { limit: 20_000 } },
  });
  // The very same badge again is nothing more.
  expect((await claim(last)).ok).toBe(true);
  await popup.click('button', 'Claim badge', 2);
  await seeText(popup, 'Your backpack holds as many badges as it can: 20,000.');
  expect((await ask(popup, { kind: 'remove-badge', badge: kept.value['badge'] })).ok).toBe(true);
  expect((await claim(beyond)).ok).toBe(true);
});

test('an issuer that does not answer is asked again later, and the badge takes the offer’s place', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const address = hostile.bad('/late', 'fails');
  hostile.page('/', { head: offerTag(address, { 'data-name': 'Late badge' }) });
  const popup = await browser.openPopup(await visit(browser, `${hostile.origin}/`, '1'));
  await popup.click('button', 'Keep and check later');
  const backpack = await browser.openPage('backpack/index.html');
  const waiting = await until('it waits', async () => (await cardsOf(backpack))[0]);
  expect(waiting).toMatchObject({ kind: 'waiting', name: 'Late badge', keptAs: 'to-check' });
  expect((await ask(backpack, { kind: 'verify-again', badge: waiting['id'] })).error.code).toBe(
    'offer-server-failed',
  );

  serveHostedBadge(hostile, '/late', { name: 'Late badge' });
  const asked = await ask(backpack, { kind: 'verify-again', badge: waiting['id'] });
  expect(asked.value).toMatchObject({ verdict: { outcome: 'valid' } });
  expect(await cardsOf(backpack)).toEqual([
    expect.objectContaining({ id: asked.value['badge'], kind: 'badge', keptAs: 'claimed' }),
  ]);
});

test('a long badge that stands in the page itself is read from the page when it is looked at', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const address = serveHostedBadge(hostile, '/long', { name: 'Long story', narrative: 'x'.repeat(100_000) });
  const document = await (await fetch(address)).text();
  hostile.page('/', { head: offerTag(`data:application/json,${encodeURIComponent(document)}`) });
  const page = await visit(browser, `${hostile.origin}/`, '1');
  const popup = await browser.openPopup(page);
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  const hash = createHash('sha256').update(document).digest('base64url');
  expect((await cardsOf(popup)).map(({ id, name }) => [id, name])).toEqual([[`badge|${hash}`, 'Long story']]);
});
