import { describe, expect, it } from 'vitest';
import { pageOf } from './testing/page-of.ts';

/**
 * Over the learner's own database in a real browser, with an issuer that answers nothing. `keep` keeps a badge, `wait` an
 * offer; `meanwhile` is done while the issuer is asked; `left` counts what the database holds of badges and their bytes.
 */
const { inPage } = pageOf(
  'checked-in-page.ts',
  `
  const { databaseOf, docTables, emptyDoc, putDocs, removeBadge, restoreBadge, utf8, verifyAgain, withFields } = all;
  const store = databaseOf('tried');
  const now = '2026-11-24T12:00:00.000Z';
  const stamp = '0'.repeat(33);
  const address = 'https://issuer.example/a';
  const assertion = JSON.stringify({ '@context': 'https://w3id.org/openbadges/v2', type: 'Assertion', id: address,
    recipient: { type: 'email', hashed: false, identity: 'a@b.example' }, issuedOn: now,
    verification: { type: 'HostedBadge' }, badge: 'https://issuer.example/b' });
  let meanwhile = async () => {};
  let asked = 0;
  const deps = { store, clock: () => now, random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    fetcher: () => async ({ url }) => {
      asked += 1;
      await meanwhile();
      return url === address && answers
        ? all.ok({ url, status: 200, mediaType: 'application/json', headers: {}, bytes: utf8(assertion) })
        : all.failed(new all.BackpackError('offer-unreachable', {}));
    } };
  let answers = false;
  const put = (doc) => store.write(docTables, (inside) => putDocs(inside, [doc], now));
  const keep = async (v = 1) => {
    const bytes = utf8(assertion);
    const original = await all.sha256Of(bytes);
    await store.blobs.bulkPut(all.splitBlob(original, bytes));
    const doc = withFields(emptyDoc('badge|' + original), {
      made: now, as: 'claimed', original, container: 'json',
      verdict: { outcome: 'unreachable', reason: 'issuer-unreachable', checks: [], documents: [], at: now },
      snapshot: { taken: now, documents: [] },
    }, stamp);
    await put({ ...doc, v });
    return doc.id;
  };
  const wait = async () => {
    const id = 'offer|' + (await all.sha256Of(utf8('key')));
    await put(withFields(emptyDoc(id), { made: now, address, offer: 'key', error: { code: 'offline', facts: {} } }, stamp));
    return id;
  };
  const wipe = () => store.write(all.tableNames, async (inside) => {
    for (const name of all.tableNames) await inside[name].clear();
  });
  const left = async () => ({ cards: (await all.readCards(store)).map(({ kind }) => kind),
    fields: (await store.docs.rows()).flatMap(({ f }) => Object.keys(f)).length, blobs: await store.blobs.count() });
  const code = (result) => (result.ok ? 'done' : result.error.code);
  `,
);

describe('a badge that is looked at again', () => {
  it('is written down where it is still there', async () => {
    const found = await inPage(`
      const id = await keep();
      return [code(await verifyAgain(id, deps)), asked > 0, (await left()).cards];`);
    expect(found).toEqual(['done', true, ['badge']]);
  });

  it('leaves nothing behind where it was removed meanwhile', async () => {
    const found = await inPage(`
      const id = await keep();
      meanwhile = () => removeBadge(id, deps);
      return [code(await verifyAgain(id, deps)), asked > 0, (await left()).cards, (await left()).fields];`);
    expect(found).toEqual(['not-found', true, [], 0]);
  });

  it('leaves nothing in a browser that was wiped meanwhile', async () => {
    const found = await inPage(`
      const id = await keep();
      meanwhile = wipe;
      return [code(await verifyAgain(id, deps)), asked > 0, await left()];`);
    expect(found).toEqual(['not-found', true, { cards: [], fields: 0, blobs: 0 }]);
  });
});

describe('an offer that waits for its issuer and is asked for again', () => {
  it('becomes a badge where it still waits', async () => {
    const found = await inPage(`
      answers = true;
      return [code(await verifyAgain(await wait(), deps)), (await left()).cards];`);
    expect(found).toEqual(['done', ['badge']]);
  });

  it.each(['removeBadge(id, deps)', 'wipe()'])('becomes none after %s', async (gone) => {
    const found = await inPage(`
      answers = true;
      const id = await wait();
      meanwhile = () => ${gone};
      return [code(await verifyAgain(id, deps)), asked > 0, await left()];`);
    expect(found).toEqual(['not-found', true, { cards: [], fields: 0, blobs: 0 }]);
  });
});

describe('a removal that is undone', () => {
  it.each([1, 2])('brings back a badge of version %i as it was', async (version) => {
    const found = await inPage(`
      const id = await keep(${version});
      const before = await store.docs.get(id);
      await removeBadge(id, deps);
      const removed = (await left()).fields;
      const restored = code(await restoreBadge(id, deps));
      const after = await store.docs.get(id);
      const valuesOf = ({ v, f }) => [v, ...Object.entries(f).map(([name, [value]]) => [name, value])];
      return [removed, restored, JSON.stringify(valuesOf(after)) === JSON.stringify(valuesOf(before))];`);
    expect(found).toEqual([0, 'done', true]);
  });
});
