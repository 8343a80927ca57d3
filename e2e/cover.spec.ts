import { concat, utf8 } from '../shared/model/bytes.ts';
import { pngChunk, writePng } from '../shared/testing/write-png.ts';
import { seeCount, seeText, type Tab, until } from './browsers/browser.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything, syncUntil } from './world/account.ts';
import { findings } from './world/axe.ts';
import { readKept } from './world/kept.ts';
import { focused, overflows, tabTo } from './world/keyboard.ts';
import { claimFrom, earnBadge } from './world/learner.ts';
import { type PlainBrowser, plainChromium } from './world/plain-browser.ts';
import { publish } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

const secret = 'Taken at home, 51.5 N 0.1 W';

/** A photograph of 2,400 × 1,800: sky, a green strip across its middle, earth; and where it was taken. */
async function photograph(): Promise<Buffer> {
  const [width, height] = [2_400, 1_800];
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const colour = y < 560 ? [70, 120, 200, 255] : y < 1_240 ? [40, 140, 60, 255] : [120, 80, 40, 255];
      pixels.set(colour, (y * width + x) * 4);
    }
  const png = await writePng(width, height, pixels);
  // Behind its signature and its first chunk a PNG takes any other.
  const text = pngChunk('tEXt', utf8(`Comment\0${secret}`));
  return Buffer.from(concat(png.subarray(0, 33), text, png.subarray(33)));
}

/** The colour in the middle of the cover as the learner sees it while he chooses; `none` while none is drawn. */
function colourShown(sharing: Tab): Promise<unknown> {
  return sharing.evaluate(`(() => {
    const picture = document.querySelector('.cover-field-picture');
    if (!picture?.complete || picture.naturalWidth === 0) return 'none';
    const drawing = new OffscreenCanvas(1, 1).getContext('2d');
    drawing.drawImage(picture, 0, 0, 1, 1);
    const [red, green, blue] = drawing.getImageData(0, 0, 1, 1).data;
    return green > red && green > blue ? 'green' : blue > red ? 'blue' : 'brown';
  })()`);
}

/** Whether a browser remembers to look for bytes that nothing names. */
const lettingGo = `new Promise((done, fail) => {
  const open = indexedDB.open('backpack');
  Object.assign(open, { onerror: () => fail(open.error), onsuccess: () => {
    const asked = open.result.transaction('local').objectStore('local').get('bytes-ahead');
    Object.assign(asked, { onerror: () => fail(asked.error), onsuccess: () => done(asked.result !== undefined) });
  } });
})`;

/** What a stranger's browser has drawn of the cover: its size, and the colour in its middle and at its edges. */
async function coverSeen(stranger: PlainBrowser, page: Tab) {
  await until('the cover is drawn', () =>
    stranger.pageOf(page).evaluate<boolean>("document.querySelector('.profile-cover')?.naturalWidth > 0"),
  );
  return page.evaluate(`(() => {
    const picture = document.querySelector('.profile-cover');
    const canvas = document.createElement('canvas');
    const [width, height] = [picture.naturalWidth, picture.naturalHeight];
    [canvas.width, canvas.height] = [width, height];
    const drawing = canvas.getContext('2d');
    drawing.drawImage(picture, 0, 0);
    const isGreen = (x, y) => {
      const [red, green, blue] = drawing.getImageData(x, y, 1, 1).data;
      return green > 100 && red < 80 && blue < 100;
    };
    return { width, height, green: isGreen(5, 5) && isGreen(width / 2, height / 2) && isGreen(width - 5, height - 5) };
  })()`);
}

test('a learner puts a cover on the page, changes his mind, and everybody and his other browser see it', async ({
  launchChromium,
  school,
  companion,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', 'anna@example.org'));
  const code = await makeAccount(browser, companion);
  const sharing = await openBackpack(browser, 'sharing');
  await sharing.click('checkbox', 'JavaScript');
  await sharing.click('button', 'Continue');
  await sharing.fill('textbox', 'Your name', 'Anna Builds');
  await sharing.fill('textbox', 'Name in the address', 'anna-builds');
  const page = browser.pageOf(sharing);
  const give = (label: string, name: string, mimeType: string, buffer: Buffer) =>
    page.getByLabel(label).setInputFiles({ name, mimeType, buffer });
  const seePictures = (count: number) =>
    seeCount(sharing, count, 'img', 'Your cover picture, as the page shows it');

  // A letter called a picture is none, and what was there stays as it was: nothing.
  await give('Choose a cover picture', 'me.png', 'image/png', Buffer.from('Dear reader'));
  await seeText(sharing, 'This file is not a picture that your browser can read. Choose a photograph');
  await seePictures(0);
  expect(await findings(page)).toEqual([]);

  // By keyboard: the field is reached and opens the way to the files.
  await page.getByLabel('Looks of your page').focus();
  // Listened to from the first press of Tab on, so that the browser has heard of it when the field is reached.
  const chosen = page.waitForEvent('filechooser');
  await tabTo(sharing, 'Choose a cover picture');
  await sharing.press('Enter');
  const chooser = await chosen;
  await chooser.setFiles({ name: 'home.png', mimeType: 'image/png', buffer: await photograph() });
  await seePictures(1);
  await until('nothing is amiss any more', async () => !(await sharing.text()).includes('no picture'));
  for (const colorScheme of ['light', 'dark'] as const) expect(await findings(page, colorScheme)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await overflows(sharing)).toBe(false);
  await page.setViewportSize({ width: 1200, height: 800 });

  // Taken off, and put back from where the focus is.
  await tabTo(sharing, 'Take the cover off');
  await sharing.press('Enter');
  await seeText(sharing, 'The cover was taken off.');
  await seePictures(0);
  await until('the way back has the focus', async () => (await focused(sharing)) === 'Undo');
  await sharing.press('Enter');
  await seePictures(1);
  await until(
    'the field has the focus',
    async () => (await focused(sharing)) === 'Choose another cover picture',
  );

  // The sky instead, the earth, and the green strip after all, by arrow keys.
  await until('its middle is shown', async () => (await colourShown(sharing)) === 'green');
  await sharing.click('radio', 'Top');
  await until('its top is shown', async () => (await colourShown(sharing)) === 'blue');
  await sharing.press('ArrowUp');
  await until('its bottom is shown', async () => (await colourShown(sharing)) === 'brown');
  await sharing.press('ArrowUp');
  await until('its middle is shown again', async () => (await colourShown(sharing)) === 'green');
  for (const colorScheme of ['light', 'dark'] as const) expect(await findings(page, colorScheme)).toEqual([]);

  await sharing.click('button', 'Continue');
  await seeText(sharing, 'Your cover picture, as it stands in step 2');
  await publish(sharing, code, 1);

  const address = `${companion.origin}/@anna-builds`;
  const stranger = await plainChromium();
  try {
    const profile = await stranger.open(address);
    await seeText(profile, 'Anna Builds');
    expect(await coverSeen(stranger, profile)).toEqual({ width: 1_600, height: 400, green: true });
    for (const colorScheme of ['light', 'dark'] as const)
      expect(await findings(stranger.pageOf(profile), colorScheme)).toEqual([]);
    // On paper the badge has its address, so that whoever holds the sheet can check it.
    await stranger.pageOf(profile).emulateMedia({ media: 'print' });
    const printed = await profile.evaluate(
      "getComputedStyle(document.querySelector('.badge-grid a'), '::after').content",
    );
    const { host } = new URL(address);
    expect(printed).toMatch(new RegExp(`^"${host}/@anna-builds/badges/[\\w-]{22}"$`));
    await stranger.pageOf(profile).emulateMedia({ media: 'screen' });
    // Drawn anew: what else was in the file is in no document of the page.
    const source = await (await fetch(address)).text();
    const picture = /class="profile-cover" src="([^"]+)"/.exec(source)?.[1];
    const served = await fetch(new URL(picture ?? '', companion.origin));
    expect(served.headers.get('content-type')).toBe('image/jpeg');
    expect(await served.text()).not.toContain(secret);
    expect((await photograph()).toString('latin1')).toContain(secret);

    // His other browser has it, and takes it off for everybody.
    await sendEverything(browser);
    const other = await launchChromium();
    await joinBackpack(other, companion, code);
    await syncUntil(other, 'the badge is there', 'JavaScript');
    const there = await openBackpack(other, 'sharing');
    await there.click('button', 'Change what is shown');
    await there.click('button', 'Continue');
    await until('the cover came along', () =>
      other
        .pageOf(there)
        .evaluate<boolean>("document.querySelector('.cover-field-picture')?.naturalWidth === 1600"),
    );
    await there.click('button', 'Take the cover off');
    await there.click('button', 'Continue');
    const readable = await seeText(there, ['will be able to read', '“JavaScript”']);
    expect(readable).not.toContain('Your cover picture');
    expect((await readKept(other)).unnamed).toEqual([]);
    await publish(there, code, 1);
    // Nothing names its bytes any more: they are let go of in a while, and so remembered.
    const { half, unnamed } = await readKept(other);
    expect([half, unnamed.length]).toEqual([[], 1]);
    await until('it is remembered', async () => (await there.evaluate(lettingGo)) === true);
    expect(await (await fetch(address)).text()).not.toContain('profile-cover');
    expect((await fetch(new URL(picture ?? '', companion.origin))).status).toBe(404);
  } finally {
    await stranger.close();
  }
});
