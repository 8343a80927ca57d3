import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { jwtVerify } from 'jose';
import { type BuiltBadge, buildBadge, jsonOf } from '../../shared/testing/build-badge.ts';
import { buildIssuer } from '../../shared/testing/build-issuer.ts';
import { testNow } from '../../shared/testing/seeded.ts';
import { type Area, alternate, ceiling, compare, type Row, rounds, timed } from './measure.ts';
import { peerName } from './peers.ts';
import { backgroundRows } from './verify-background.ts';
import { outcomeOf, usualBadge, warmed } from './verify-badges.ts';
import { browserRows } from './verify-browser.ts';
import { gateRows } from './verify-gate.ts';
import { peerVerifier } from './verify-peer.ts';
import { transcriptRows } from './verify-transcript.ts';

/** Badges of one round: distinct, so that nothing can be answered from memory. */
const badgesPerRound = 20;

/** The whole check of a badge, from bytes to verdict, beside the stack that others build on. */
export const verify: Area = { name: 'verify', run };

async function run(): Promise<readonly Row[]> {
  const gate = await gateRows();
  const embedded = await embeddedRows();
  const transcript = await transcriptRows();
  const tokens = await tokenRows();
  const many = await manyRows();
  const browser = [...(await browserRows()), ...(await backgroundRows())];
  return [...gate, ...embedded, ...transcript, ...tokens, ...many, ...browser].map((row) =>
    // Figures of an answer that is not the library's are worth nothing.
    gate.every(({ pass }) => pass) ? row : { ...row, pass: false },
  );
}

async function embeddedRows(): Promise<readonly Row[]> {
  const peer = await peerVerifier();
  const issuer = await buildIssuer();
  const badges = await Promise.all(
    Array.from({ length: badgesPerRound }, (_, index) => usualBadge('eddsa-rdfc-2022', issuer, index)),
  );
  const tampered = await Promise.all(
    badges.slice(0, 3).map(({ issuer: by }) => buildBadge({ issuer: by, forgery: 'byte-changed' })),
  );
  const sound =
    (await Promise.all(badges.map(outcomeOf))).every((outcome) => outcome === 'valid') &&
    (await Promise.all(badges.map((badge) => peer.accepts(jsonOf(badge))))).every(Boolean) &&
    !(await Promise.all(tampered.map(outcomeOf))).includes('valid') &&
    !(await Promise.all(tampered.map((badge) => peer.accepts(jsonOf(badge))))).includes(true);
  const at = (index: number) => badges[index % badges.length] as BuiltBadge;
  const [ours = [], baseline = []] = await warmed(
    [
      { name: 'ours', once: () => timed(badgesPerRound, (index) => outcomeOf(at(index))) },
      { name: 'peer', once: () => timed(badgesPerRound, (index) => peer.accepts(jsonOf(at(index)))) },
    ],
    badgesPerRound,
  );
  return [
    compare({
      area: 'verify',
      measure: 'eddsa-rdfc-2022, whole check, Node, warm',
      unit: 'ms',
      baselineName: peer.name,
      atMost: 0.15,
      ours,
      baseline,
      sound,
      note: `badges of ${Math.round(at(0).bytes.length / 100) / 10} kB; both accept all of them and refuse altered ones`,
    }),
  ];
}

async function tokenRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const algorithm of ['EdDSA', 'ES256'] as const) {
    const issuer = await buildIssuer({ algorithm });
    const badges = await Promise.all(
      Array.from({ length: badgesPerRound }, (_, index) => usualBadge('vc-jwt', issuer, index)),
    );
    const key = await crypto.subtle.importKey(
      'spki',
      new Uint8Array(issuer.key.publicDer),
      algorithm === 'EdDSA' ? 'Ed25519' : { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const options = { algorithms: [algorithm], issuer: issuer.id, currentDate: new Date(testNow) };
    const theirs = (badge: BuiltBadge) => jwtVerify(badge.text, key, options);
    const at = (index: number) => badges[index % badges.length] as BuiltBadge;
    const forged = await buildBadge({ proof: 'vc-jwt', issuer, forgery: 'byte-changed' });
    const refused = await theirs(forged).then(
      () => false,
      () => true,
    );
    const sound =
      (await Promise.all(badges.map(outcomeOf))).every((outcome) => outcome === 'valid') &&
      (await Promise.all(badges.map(theirs))).length === badges.length &&
      refused &&
      (await outcomeOf(forged)) !== 'valid';
    const [ours = [], baseline = []] = await warmed(
      [
        { name: 'ours', once: () => timed(badgesPerRound, (index) => outcomeOf(at(index))) },
        { name: 'jose', once: () => timed(badgesPerRound, (index) => theirs(at(index))) },
      ],
      badgesPerRound,
    );
    rows.push(
      compare({
        area: 'verify',
        measure: `VC-JWT ${algorithm}, all checks, did:key`,
        unit: 'ms',
        baselineName: `${peerName('jose')} jwtVerify, key ready`,
        atMost: 1.25,
        ours,
        baseline,
        sound,
        note: 'ours reads, judges the structure and finds the key as well',
      }),
    );
  }
  return rows;
}

/** A thousand badges one after the other, and whether the second thousand leaves anything behind. */
async function manyRows(): Promise<readonly Row[]> {
  const issuer = await buildIssuer();
  const badges: BuiltBadge[] = [];
  for (let index = 0; index < 1000; index += 1)
    badges.push(await usualBadge('eddsa-rdfc-2022', issuer, index));
  const at = (index: number) => badges[index % badges.length] as BuiltBadge;
  const share = Math.ceil(badges.length / rounds);
  let round = 0;
  const [many = [], single = []] = await alternate([
    {
      name: 'a share of the thousand',
      once: () => timed(share, (index) => outcomeOf(at(round * share + index))),
    },
    {
      name: 'one badge again and again',
      once: () => {
        round += 1;
        return timed(share, () => outcomeOf(at(0)));
      },
    },
  ]);
  const before = heapAfterCollection();
  await timed(badges.length, (index) => outcomeOf(at(index)));
  const after = heapAfterCollection();
  const perBadge = compare({
    area: 'verify',
    measure: '1,000 distinct badges, per badge',
    unit: 'ms',
    baselineName: 'our own warm single check',
    atMost: 1.2,
    ours: many,
    baseline: single,
  });
  const growth = ((after - before) / before) * 100;
  return [perBadge, ceiling('verify', 'memory after a second 1,000 badges', growth, 5, '% more heap')];
}

/** Heap in use once everything that nobody holds is gone. */
function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
