import { expect, it } from 'vitest';
import { bakePng } from '../baking/png.ts';
import { concat, utf8 } from '../model/bytes.ts';
import { type BuiltBadge, buildBadge } from '../testing/build-badge.ts';
import { fetcherOver, mergeDocuments } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { pngChunk } from '../testing/write-png.ts';
import { verifyBadge } from './verify-badge.ts';

/** A picture with a badge of 3.0 and, before it, one of 2.0: baking by the rules would have replaced the older. */
async function twice(newer: BuiltBadge, older: BuiltBadge) {
  const picture = await buildBadge({ container: 'png' });
  const baked = bakePng(picture.bytes, utf8(newer.text), 'credential');
  if (!baked.ok) throw baked.error;
  const chunk = pngChunk('iTXt', concat(utf8('openbadges\0\0\0\0\0'), utf8(older.text)));
  const bytes = concat(baked.value.subarray(0, 33), chunk, baked.value.subarray(33));
  const fetch = fetcherOver(mergeDocuments(newer.documents, older.documents));
  const { verdict, badge, container, original } = await verifyBadge(
    { kind: 'bytes', bytes },
    {},
    { fetch, clock: fixedClock() },
  );
  const told = verdict.checks.some(({ detail }) => detail.code === 'older-bake-used');
  expect([container, original.length]).toEqual(['png', bytes.length]);
  return { outcome: verdict.outcome, generation: badge?.generation, told };
}

const older = (forgery?: 'byte-changed') =>
  buildBadge({ proof: 'jws', algorithm: 'ES256', ...(forgery === undefined ? {} : { forgery }) });

it('takes the newest badge of a picture when it is good', async () => {
  expect(await twice(await buildBadge(), await older())).toEqual({
    outcome: 'valid',
    generation: '3.0',
    told: false,
  });
});

it('takes the other badge, and says so, when the newest does not pass', async () => {
  expect(await twice(await buildBadge({ forgery: 'byte-changed' }), await older())).toEqual({
    outcome: 'valid',
    generation: '2.0',
    told: true,
  });
});

it('judges the newest when neither passes', async () => {
  const forged = await buildBadge({ forgery: 'byte-changed' });
  expect(await twice(forged, await older('byte-changed'))).toEqual({
    outcome: 'invalid',
    generation: '3.0',
    told: false,
  });
});
