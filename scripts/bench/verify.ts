import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { jwtVerify } from 'jose';
import { contextOf } from '../../shared/contexts/bundled.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { type BuiltBadge, buildBadge, jsonOf } from '../../shared/testing/build-badge.ts';
import { buildIssuer } from '../../shared/testing/build-issuer.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import { fixedClock, testNow } from '../../shared/testing/seeded.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import { type Area, alternate, ceiling, compare, type Row, rounds, timed } from './measure.ts';
import { loadPeer, peerName } from './peers.ts';

/** Badges of one round: distinct, so that nothing can be answered from memory. */
const badgesPerRound = 20;
const roundsWarm = 3;

/** The whole check of a badge, from bytes to verdict, beside the stack that others build on. */
export const verify: Area = { name: 'verify', run };

async function run(): Promise<readonly Row[]> {
  const embedded = await embeddedRows();
  const tokens = await tokenRows();
  return [...embedded, ...tokens, ...(await manyRows())];
}

async function outcomeOf(badge: Pick<BuiltBadge, 'bytes' | 'documents'>): Promise<string> {
  const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
  return (await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects)).verdict.outcome;
}

/** A badge of about 3.2 kB, each with words of its own. */
function usualBadge(
  proof: 'eddsa-rdfc-2022' | 'vc-jwt',
  issuer: Awaited<ReturnType<typeof buildIssuer>>,
  index: number,
) {
  const words = `Number ${index} of the course: variables, functions, arrays, events, and a page of one's own. `;
  return buildBadge({
    proof,
    issuer,
    slug: `award-${index}`,
    narrative: words.repeat(6),
    criteria: words.repeat(5),
    tags: ['javascript', 'web', `group-${index}`],
    evidence: {
      address: `https://academy.example/work/${index}`,
      name: `Work ${index}`,
      description: words.repeat(3),
    },
  });
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
    (await Promise.all(badges.map(peer.accepts))).every(Boolean) &&
    !(await Promise.all(tampered.map(outcomeOf))).includes('valid') &&
    !(await Promise.all(tampered.map(peer.accepts))).includes(true);
  const at = (index: number) => badges[index % badges.length] as BuiltBadge;
  const [ours = [], baseline = []] = await warmed([
    { name: 'ours', once: () => timed(badgesPerRound, (index) => outcomeOf(at(index))) },
    { name: 'peer', once: () => timed(badgesPerRound, (index) => peer.accepts(at(index))) },
  ]);
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

type Loaded = {
  readonly contextUrl: null;
  readonly document: JsonObject;
  readonly documentUrl: string;
  readonly tag?: string;
};

/** The stack that others build on, with its contexts marked as never changing. */
async function peerVerifier() {
  const vc = await loadPeer('@digitalbazaar/vc', 'lib/index.js');
  const integrity = await loadPeer('@digitalbazaar/data-integrity', 'lib/index.js');
  const eddsa = await loadPeer('@digitalbazaar/eddsa-rdfc-2022-cryptosuite', 'lib/index.js');
  const verifyCredential = vc['verifyCredential'] as (options: object) => Promise<{ verified: boolean }>;
  const Proof = integrity['DataIntegrityProof'] as new (options: object) => object;
  const cryptosuite = eddsa['cryptosuite'];
  const documentLoader = async (address: string): Promise<Loaded> => {
    const context = contextOf(address);
    if (context !== undefined)
      return { contextUrl: null, document: context, documentUrl: address, tag: 'static' };
    return { contextUrl: null, document: didKeyDocument(address), documentUrl: address };
  };
  const accepts = async (badge: BuiltBadge): Promise<boolean> => {
    const options = {
      credential: jsonOf(badge),
      suite: new Proof({ cryptosuite }),
      documentLoader,
      now: new Date(testNow),
    };
    return (await verifyCredential(options)).verified;
  };
  const names = [
    '@digitalbazaar/vc',
    '@digitalbazaar/data-integrity',
    '@digitalbazaar/eddsa-rdfc-2022-cryptosuite',
  ];
  return { accepts, name: names.map(peerName).join(' + ') };
}

/** What a did:key resolves to, or the one method of it. */
function didKeyDocument(address: string): JsonObject {
  const [did = '', fragment] = address.split('#');
  const multikey = did.slice('did:key:'.length);
  const method: JsonObject = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${multikey}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: multikey,
  };
  if (fragment !== undefined) return method;
  return { '@context': 'https://www.w3.org/ns/did/v1', id: did, assertionMethod: [method] };
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
    const [ours = [], baseline = []] = await warmed([
      { name: 'ours', once: () => timed(badgesPerRound, (index) => outcomeOf(at(index))) },
      { name: 'jose', once: () => timed(badgesPerRound, (index) => theirs(at(index))) },
    ]);
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

/** The first rounds teach the engine and are not counted. */
async function warmed(candidates: Parameters<typeof alternate>[0]): Promise<number[][]> {
  await alternate(candidates, roundsWarm);
  return alternate(candidates);
}
