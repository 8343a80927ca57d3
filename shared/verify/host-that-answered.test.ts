import { describe, expect, it } from 'vitest';
import { wordsOf } from '../messages/catalogue.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { buildOldBadge } from '../testing/build-old-badge.ts';
import { type Documents, mergeDocuments, servedJson } from '../testing/documents.ts';
import { verifyAt } from '../testing/verify-served.ts';
import { checkListView } from '../views/check-list-view.ts';

const academy = 'https://academy.example';

/** What the list of checks says to "Who made it?". */
async function whoMadeIt(address: string, documents: Documents): Promise<readonly string[]> {
  const { verdict } = await verifyAt(address, documents);
  const group = checkListView(verdict.checks, wordsOf('en')).find(({ question }) => question === 'who');
  return (group?.lines ?? []).map(({ outcome, sentence }) => `${outcome}: ${sentence}`);
}

const answered = [
  'passed: academy.example says so itself: asked at its own address, it answered with this badge.',
];
const notProven = ['warning: Nothing proves that it comes from the issuer that it names.'];

describe('“Who made it?” of a hosted badge', () => {
  it.each(['0.5', '1.0', '1.1'] as const)('names the host that answered (%s)', async (generation) => {
    const badge = await buildOldBadge({ generation });
    expect(await whoMadeIt(badge.address, badge.documents)).toEqual(answered);
  });

  it('names the host that answered (2.0)', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: academy });
    expect(await whoMadeIt(String(badge.document['id']), badge.documents)).toEqual(answered);
  });

  it('says that it is not proven when another host than the issuer’s answered', async () => {
    for (const generation of ['1.0', '1.1'] as const) {
      const badge = await buildOldBadge({ generation });
      const address = 'https://stranger.example/assertion';
      const copy = servedJson({ ...badge.document, id: address, verify: { type: 'hosted', url: address } });
      const documents = mergeDocuments(badge.documents, new Map([[address, copy]]));
      expect(await whoMadeIt(address, documents)).toEqual(notProven);
    }
  });

  it('says nothing of who when nobody answered', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: academy });
    expect(await whoMadeIt(String(badge.document['id']), new Map())).toEqual([]);
  });
});
