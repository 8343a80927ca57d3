import type { JsonObject } from '../shared/model/json.ts';
import { buildBadge, jsonOf } from '../shared/testing/build-badge.ts';
import { buildClr, recordOwner } from '../shared/testing/build-clr.ts';
import { seeCount, seeText } from './browsers/browser.ts';
import { badgeFiles } from './world/badge-files.ts';
import { expect, test } from './world/story.ts';

const owner = { type: 'did', value: recordOwner } as const;

test('an envelope gives a row for each of its badges, and a record offers those inside it', async ({
  launchChromium,
}) => {
  const browser = await launchChromium();
  const backpack = await browser.openPage('backpack/index.html#/import');
  const paste = async (document: JsonObject): Promise<void> => {
    await backpack.fill('textbox', 'Badge text', JSON.stringify(document));
    await backpack.click('button', 'Import text');
  };
  const good = await buildBadge({ name: 'Knots' });
  const tampered = await buildBadge({ name: 'Sails', forgery: 'byte-changed' });
  await paste({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: 'VerifiablePresentation',
    verifiableCredential: [jsonOf(good), jsonOf(tampered)],
  });
  await seeText(backpack, [
    'It holds 2 badges; each has a row of its own below.',
    /Not imported · .*Not valid/s,
  ]);
  await seeCount(backpack, 1, 'button', 'Keep as unverified');
  await seeCount(backpack, 1, 'link', 'Open Badge 1 of Pasted text');

  const inside = [
    await buildBadge({ recipient: owner, name: 'Charts' }),
    await buildBadge({ recipient: owner, name: 'Tides' }),
  ];
  await paste((await buildClr({ parts: inside })).document);
  await seeText(backpack, 'Keep the 2 badges inside as well');
  expect(await backpack.count('link', 'Open Badge 2 of Pasted text')).toBe(0);
  await backpack.click('button', 'Keep the 2 badges inside as well Pasted text');
  await backpack.click('link', 'Open Badge 2 of Pasted text');
  await seeText(backpack, ['Tides', 'Transcript', 'Charts', 'Knots']);
});

test('what came of several files is said once for all, above rows in the order in which they were given', async ({
  launchChromium,
}) => {
  const browser = await launchChromium();
  const backpack = await browser.openPage('backpack/index.html#/import');
  const choose = browser.pageOf(backpack).getByLabel('Choose files');
  const files = await badgeFiles(['Knots', 'Sails', 'Tides']);
  await choose.setInputFiles([...files]);
  await seeText(backpack, ['3 badges have come into your backpack.', /Knots.*Sails.*Tides/s]);
  await choose.setInputFiles([
    ...files.slice(0, 2),
    { name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"this is": "no badge"}') },
  ]);
  await seeText(backpack, [
    '3 badges have come into your backpack. 2 were in it already. 1 file could not be read and is kept as it is.',
    /Knots.*Sails.*notes.json.*Knots.*Sails.*Tides/s,
  ]);
  // Read out once, when everything is read: the rows change a thousand times.
  expect(await backpack.evaluate("document.querySelectorAll('main ul[aria-live]').length")).toBe(0);
  expect(await backpack.count('status')).toBeGreaterThan(0);
});
