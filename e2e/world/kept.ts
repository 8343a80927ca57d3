import { type Browser, until } from '../browsers/browser.ts';
import { openBackpack } from './account.ts';

/** What lies in a browser's database, read as it is there. */
export type Kept = {
  /** SHA-256 of the original bytes of each badge, computed from them, in order */
  readonly originals: readonly string[];
  /** whatever is there in part: a badge without its bytes or its card, a card without a badge, other bytes than named */
  readonly half: readonly string[];
  /** hashes of bytes that no document names */
  readonly unnamed: readonly string[];
  /** how many documents wait to be sent */
  readonly unsent: number;
  /** how many badges the page says there are */
  readonly shown: number;
  /** how many browsers the log names; 0 without an account */
  readonly devices: number;
};

/** Opens the backpack and reads all that it keeps. */
export async function readKept(browser: Browser): Promise<Kept> {
  const page = await openBackpack(browser);
  const shown = await until('the backpack is open', async () => {
    const text = await page.text();
    if (text.includes('Your first badge will lie here')) return 0;
    return Number(/^(\d+) badges?$/m.exec(text)?.[1] ?? Number.NaN) || undefined;
  });
  const kept = (await page.evaluate(reading)) as Omit<Kept, 'shown'>;
  await page.close();
  return { ...kept, shown };
}

const reading = `(async () => {
  const open = indexedDB.open('backpack');
  await new Promise((done, fail) => Object.assign(open, { onsuccess: done, onerror: () => fail(open.error) }));
  const tables = ['docs', 'blobs', 'cardPacks', 'dirty', 'removed', 'link', 'local'];
  const read = open.result.transaction(tables);
  const [docs, blobs, packs, dirty, removed, link, local] = await Promise.all(tables.map((table) => new Promise((done, fail) => {
    const all = read.objectStore(table).getAll();
    Object.assign(all, { onsuccess: () => done(all.result), onerror: () => fail(all.error) });
  })));
  open.result.close();
  const cards = packs.flatMap(({ rows }) => JSON.parse(rows));
  const digestOf = async (bytes) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))))
    .replaceAll('+', '-').replaceAll('/', '_').replace('=', '');
  const half = [];
  const whole = new Set();
  for (const [hash, parts] of Map.groupBy(blobs, (part) => part.hash)) {
    parts.sort((a, b) => a.part - b.part);
    if (parts.length !== parts[0].parts) half.push('part of ' + hash);
    else if (await digestOf(await new Blob(parts.map((part) => part.bytes)).arrayBuffer()) !== hash) half.push('other than ' + hash);
    else whole.add(hash);
  }
  const namesIn = (value) => typeof value === 'string' ? (/^[\\w-]{43}$/.test(value) ? [value] : [])
    : value !== null && typeof value === 'object' ? Object.values(value).flatMap(namesIn) : [];
  const originals = [];
  const carded = new Set(cards.map((card) => card.id));
  const there = docs.filter((doc) => doc.f.made !== undefined);
  for (const doc of there.filter((doc) => doc.t === 'badge')) {
    const [original] = doc.f.original;
    if (whole.has(original)) originals.push(original);
    const names = [original, ...namesIn(doc.f.picture), ...namesIn(doc.f.snapshot[0].documents.map((one) => one.hash))];
    for (const name of names) if (!whole.has(name)) half.push(doc.id + ' without ' + name);
    if (!carded.has(doc.id)) half.push(doc.id + ' without a card');
  }
  const count = local.find(({ key }) => key === 'cards')?.value ?? 0;
  if (count !== cards.length) half.push('a count of ' + count + ' for ' + cards.length + ' cards');
  const ids = new Set(there.map((doc) => doc.id));
  for (const card of cards) if (!ids.has(card.id)) half.push('card of ' + card.id);
  const named = new Set([...docs, ...removed.map((row) => row.doc)].flatMap((doc) => namesIn(doc.f)));
  const unnamed = [...new Set(blobs.map((part) => part.hash))].filter((hash) => !named.has(hash));
  return { originals: originals.sort(), half, unnamed: unnamed.sort(), unsent: dirty.length, devices: link[0]?.chain?.devices.length ?? 0 };
})()`;
