import { badgeSaying } from '../shared/testing/hostile-words.ts';
import { markupPayloads, type Payload, pokeScript } from '../shared/testing/markup-payloads.ts';
import { seeText, until } from './browsers/browser.ts';
import { type HostileIssuer, offerTag } from './issuers/hostile.ts';
import { makeCollection } from './world/collections.ts';
import { listenAt } from './world/heard.ts';
import { claimFrom, givePeerBadge, untilLookedAt } from './world/learner.ts';
import { plainChromium } from './world/plain-browser.ts';
import { expect, test } from './world/story.ts';

// That each payload does call home where it is taken at its word, `hostile-text.spec.ts` shows.

test('T47: nothing that an address, a file name or an offer says becomes markup on /check and /claim', async ({
  hostile,
  companion,
}) => {
  const payloads = markupPayloads(`${hostile.origin}/b`);
  const { watch, heard } = listenAt(hostile);
  const stranger = await plainChromium();
  try {
    const tab = await stranger.open(`${companion.origin}/check`);
    const page = stranger.pageOf(tab);
    watch(page);
    await seeText(tab, 'Choose a file');
    const status = page.locator('.check-status');
    for (const { text, number } of payloads) {
      const name = `${number} ${text}`;
      await page
        .locator('input[type=file]')
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
      // The browser itself leaves no slash in the name of a file.
      const refused = new RegExp(`^${number} .*: Cannot be read\\.$`);
      await until('it is refused', async () => refused.test(await status.innerText()));
      expect(await tab.evaluate(pokeScript)).toEqual([]);
    }
    for (const member of ['address', 'document', 'profile', 'shown'])
      for (const { text } of payloads)
        await tab.evaluate(
          `void (location.hash = ${JSON.stringify(`${member}=${encodeURIComponent(text)}`)})`,
        );
    await until('the last is answered', async () => !(await status.innerText()).endsWith('…'));
    expect(await tab.evaluate(pokeScript)).toEqual([]);

    for (const { text } of payloads) {
      await page.goto('about:blank');
      await page.goto(`${companion.origin}/claim#${encodeURIComponent(text)}`);
      await seeText(tab, /No badge is named in this address|How to keep it/);
      expect(await tab.evaluate(pokeScript)).toEqual([]);
    }
    for (let from = 0; from < payloads.length; from += 26) {
      const part = payloads.slice(from, from + 26);
      await page.goto('about:blank');
      await page.goto(`${companion.origin}/claim#${await offerOf(part, hostile)}`);
      await tab.click('button', 'See what it is');
      await seeText(tab, `It holds ${part.length} badges.`);
      await until('each is shown', async () => (await tab.count('article')) === part.length);
      expect(await tab.evaluate(pokeScript)).toEqual([]);
    }
    expect([...heard()]).toEqual([]);
  } finally {
    await stranger.close();
  }
});

test('T47: nothing that an offering page or a collection says becomes markup in popup and backpack', async ({
  launchChromium,
  hostile,
  school,
}) => {
  const payloads = markupPayloads(`${hostile.origin}/b`);
  const { watch, heard } = listenAt(hostile);
  const browser = await launchChromium();
  const missing = hostile.bad('/missing', 'missing');
  for (let from = 0; from < payloads.length; from += 26) {
    const head = payloads
      .slice(from, from + 26)
      .map(({ text, number }) =>
        offerTag(`${missing}?${number}`, { 'data-name': text, 'data-issuer': text, 'data-image': text }),
      );
    const popup = await browser.openPopup(
      await browser.open(hostile.page(`/claims/${from}`, { head: head.join('') })),
    );
    watch(browser.pageOf(popup));
    await untilLookedAt(popup, head.length);
    const names = await popup.evaluate(
      '[...document.querySelectorAll(".offer-card-name")].map((one) => one.textContent)',
    );
    expect(names).toHaveLength(head.length);
    // The page's own words are shown, or their silence would mean nothing.
    expect(String(names)).toContain(`${hostile.origin}/b/`);
    expect(await popup.evaluate(pokeScript)).toEqual([]);
    await popup.close();
  }

  await claimFrom(browser, await givePeerBadge(school, 'peer-mentor', 'anna@example.org'));
  await makeCollection(browser, { name: 'Model', reach: 'Listed', badges: ['Peer Mentor'] });
  const backpack = await browser.openPage('backpack/index.html#/collections');
  watch(browser.pageOf(backpack));
  await seeText(backpack, 'Model');
  await backpack.evaluate(copiesOf('Model', payloads));
  await backpack.evaluate('void location.reload()');
  const links = '.collection-list a, main a[href^="#/collections/"]';
  await until(
    'every collection is there',
    async () =>
      Number(await backpack.evaluate(`document.querySelectorAll(${JSON.stringify(links)}).length`)) >
      payloads.length,
  );
  await seeText(backpack, '<svg onload=');
  expect(await backpack.evaluate(pokeScript)).toEqual([]);
  const addresses = (await backpack.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(links)})].map((one) => one.getAttribute('href'))`,
  )) as string[];
  for (const address of addresses) {
    await backpack.evaluate('void (location.hash = "#/collections")');
    await seeText(backpack, 'Make collection');
    await backpack.evaluate(`void (location.hash = ${JSON.stringify(address)})`);
    await seeText(backpack, 'Who can see it');
    expect(await backpack.evaluate(pokeScript)).toEqual([]);
  }
  expect([...heard()]).toEqual([]);
});

/** The address of an envelope with a badge for each payload, open to the scripts of any page. */
async function offerOf(payloads: readonly Payload[], hostile: HostileIssuer): Promise<string> {
  const badges = [];
  for (const { text } of payloads)
    badges.push(JSON.parse(new TextDecoder().decode((await badgeSaying(text)).bytes)));
  const envelope = JSON.stringify({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: 'VerifiablePresentation',
    verifiableCredential: badges,
  });
  return hostile.answer(`/envelopes/${payloads[0]?.number}`, (_, response) =>
    response
      .writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
      .end(envelope),
  );
}

/**
 * A script that copies a collection as another browser of the learner's would send it: one for each payload, which
 * stands in place of every text of the original.
 */
function copiesOf(name: string, payloads: readonly Payload[]): string {
  return `(async () => {
    const [{ name }] = await indexedDB.databases();
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = ({ target }) => done(target.result); });
    const docs = database.transaction('docs', 'readwrite').objectStore('docs');
    const all = await new Promise((done) => { docs.getAll().onsuccess = ({ target }) => done(target.result); });
    const model = all.find((doc) => JSON.stringify(doc).includes(${JSON.stringify(`"${name}"`)}));
    for (const [index, text] of ${JSON.stringify(payloads.map(({ text }) => text))}.entries()) {
      const copy = JSON.parse(JSON.stringify(model).replaceAll(${JSON.stringify(`"${name}"`)}, () => JSON.stringify(text)));
      const id = model.id.slice(0, -3) + String(index).padStart(3, '0');
      docs.put({ ...copy, id }, id);
    }
    await new Promise((done) => { docs.transaction.oncomplete = done; });
    database.close();
  })()`;
}
