import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Handle, type Instant, instantOf, type Sha256 } from '../../shared/model/brands.ts';
import { utf8 } from '../../shared/model/bytes.ts';
import { ok } from '../../shared/model/result.ts';
import type { Outcome } from '../../shared/model/verdict.ts';
import { newDatabase, removeDatabases, type TestDatabase } from '../testing/databases.ts';
import { openStorage } from './open-storage.ts';
import { maxRuns } from './sightings.ts';
import type { Session, Storage } from './storage.ts';

const account = 'a'.repeat(43) as Sha256;
const document = 'd'.repeat(43) as Sha256;
const other = 'o'.repeat(43) as Sha256;
const at = (seconds: number): Instant => instantOf(seconds * 1000);

let kept: TestDatabase;
let storage: Storage;
beforeEach(async () => {
  kept = await newDatabase();
  storage = await openStorage(kept.place);
});
afterEach(async () => {
  await storage.close();
  await removeDatabases();
});

async function write<Value>(work: (session: Session) => Promise<Value>): Promise<Value> {
  const written = await storage.write(account, async (session) => ok(await work(session)));
  if (!written.ok) throw written.error;
  return written.value;
}

describe('what was found of a badge', () => {
  const seen = (outcome: Outcome, seconds: number) =>
    write(({ sightings }) =>
      sightings.add(account, document, { outcome, at: at(seconds), statement: `${seconds}` }),
    );
  const runs = async () =>
    (await storage.ask(({ sightings }) => sightings.runs(account, [document, other]))).get(document);

  it('is one run for as long as it stays the same, with the first and the last statement', async () => {
    expect([await seen('valid', 1), await seen('valid', 2), await seen('valid', 3)]).toEqual([1, 2, 3]);
    expect(await seen('revoked', 4)).toBe(1);
    const good = { outcome: 'valid', times: 3, first: at(1), last: at(3) };
    const bad = { outcome: 'revoked', times: 1, first: at(4), last: at(4) };
    expect(await storage.ask(({ sightings }) => sightings.of(account, document))).toEqual([
      { ...good, statements: ['1', '3'] },
      { ...bad, statements: ['4'] },
    ]);
    expect(await runs()).toEqual([good, bad]);
  });

  it('loses its second oldest run once there are more than are kept', async () => {
    const outcome = (run: number): Outcome => (run % 2 === 1 ? 'valid' : 'unreachable');
    const firsts = async () => (await runs())?.map(({ first }) => first);
    const from = (first: number, last: number) =>
      Array.from({ length: last - first + 1 }, (_, index) => at(first + index));
    for (let run = 1; run <= maxRuns; run += 1) await seen(outcome(run), run);
    expect(await firsts()).toEqual(from(1, maxRuns));
    await seen(outcome(maxRuns + 1), maxRuns + 1);
    expect(await firsts()).toEqual([at(1), ...from(3, maxRuns + 1)]);
    await seen(outcome(maxRuns + 2), maxRuns + 2);
    expect(await firsts()).toEqual([at(1), ...from(4, maxRuns + 2)]);
  });
});

describe('a closed profile', () => {
  it('has its badges checked again only once it is open', async () => {
    const lease = () =>
      write(({ checks }) => checks.lease(at(20), { until: at(20), latest: at(1000), limit: 10 }));
    await write(({ checks }) => checks.schedule(account, [document], at(10)));
    expect(await lease()).toHaveLength(1);
    await write(({ closures }) => closures.put(account, { closure: 'suspended', at: at(11) }));
    expect(await lease()).toEqual([]);
    await write(({ closures }) => closures.remove(account));
    expect(await lease()).toHaveLength(1);
  });
});

describe('a kept page', () => {
  const handle = 'ada' as Handle;
  const page = { account, path: '/@ada/all', version: '1', tag: '"a"', html: '<p>… ä</p>' };
  const asked = (known: string, path = page.path) =>
    storage.ask(({ published }) => published.page(path, known));

  it('comes with its text, as it was kept, unless whoever asks has that page', async () => {
    await write(({ handles }) => handles.claim(handle, account, account));
    await write(({ published }) => published.keepPage(page));
    for (const known of ['', '"b"']) {
      const found = await asked(known);
      expect(found).toMatchObject({ version: '1', tag: '"a"' });
      const { html } = found ?? {};
      expect(typeof html === 'string' ? utf8(html) : new Uint8Array(html ?? [])).toEqual(utf8(page.html));
    }
    expect(await asked('"a"')).toEqual({ version: '1', tag: '"a"', html: null });
    expect(await asked('', '/@ada')).toBeUndefined();
    await write(({ published }) => published.keepPage({ ...page, tag: '"b"' }));
    expect(await asked('"a"')).toMatchObject({ tag: '"b"' });
    await write(({ closures }) => closures.put(account, { closure: 'suspended', at: at(11) }));
    expect(await asked('')).toBeUndefined();
  });

  it('goes with all others of its account, and with its handle', async () => {
    await write(({ handles }) => handles.claim(handle, account, account));
    for (const path of ['/@ada', '/@ada/all'])
      await write(({ published }) => published.keepPage({ ...page, path }));
    expect(await asked('', '/@ada')).toBeDefined();
    await write(({ published }) => published.dropPages(account));
    for (const path of ['/@ada', '/@ada/all']) expect(await asked('', path)).toBeUndefined();
    await write(({ published }) => published.keepPage(page));
    expect(await asked('')).toBeDefined();
    await write(({ handles }) => handles.release(account, at(12), true));
    for (const path of ['/@ada', '/@ada/all']) expect(await asked('', path)).toBeUndefined();
  });
});
