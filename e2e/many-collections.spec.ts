import { seeText, until } from './browsers/browser.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything } from './world/account.ts';
import { namesInOrder } from './world/collections.ts';
import { test } from './world/story.ts';

const copies = 80;

/**
 * Writes eighty collections like the one that was made first, as the backpack itself keeps them: each by hand would take
 * minutes. `later`: in four hexadecimal digits, how much later than that one.
 */
const copied = (name: string, later: string) => `(async () => {
  const open = indexedDB.open('backpack');
  await new Promise((done, fail) => Object.assign(open, { onsuccess: done, onerror: () => fail(open.error) }));
  const transaction = open.result.transaction(['docs', 'dirty'], 'readwrite');
  const ended = new Promise((done, fail) => Object.assign(transaction, { oncomplete: done, onabort: () => fail(transaction.error) }));
  const [docs, dirty] = ['docs', 'dirty'].map((table) => transaction.objectStore(table));
  docs.getAll().onsuccess = ({ target }) => {
    const made = target.result.find((doc) => doc.t === 'collection' && doc.f.title[0] === 'Travels');
    const stamp = made.f.title[1].slice(0, 13) + '${later}' + made.f.title[1].slice(17);
    for (let index = 1; index <= ${copies}; index += 1) {
      const id = made.id.slice(0, -3) + String(index).padStart(3, '0');
      docs.put({ ...made, id, f: { ...made.f, title: ['${name} ' + index, stamp] } }, id);
      dirty.put({ id, mark: '${later}' });
    }
  };
  await ended;
  open.result.close();
})()`;

test('a browser that joins gets eighty collections at once, and later all of their new names', async ({
  launchChromium,
  companion,
}) => {
  const first = await launchChromium();
  const list = await openBackpack(first, 'collections');
  await list.fill('textbox', 'Name of a new collection', 'Travels');
  await list.click('button', 'Make collection');
  await seeText(list, 'Who can see it');
  await list.evaluate(copied('Journey', '1000'));
  const code = await makeAccount(first, companion);
  await sendEverything(first);

  const second = await launchChromium();
  await joinBackpack(second, companion, code);
  const there = await openBackpack(second, 'collections');
  await until('all have come', async () => {
    const names = await namesInOrder(there);
    return names.includes(`Journey ${copies}`) && names.length === copies + 1;
  });

  await list.evaluate(copied('Voyage', '2000'));
  await list.close();
  await sendEverything(first);
  await sendEverything(second);
  await until('all have their new names', async () => {
    const names = await namesInOrder(there);
    return names.filter((name) => name.startsWith('Voyage')).length === copies && names.length === copies + 1;
  });
  await there.close();
});
