import { contextOf } from '../../shared/contexts/bundled.ts';
import type { Json, JsonObject } from '../../shared/model/json.ts';
import { canonizeUsual } from '../../shared/proofs/json-ld/canonize.ts';
import { buildBadge, jsonOf } from '../../shared/testing/build-badge.ts';
import { type BuiltIssuer, buildIssuer } from '../../shared/testing/build-issuer.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import { testNow } from '../../shared/testing/seeded.ts';
import { verifyProofs } from '../../shared/verify/proofs.ts';
import { openSession } from '../../shared/verify/session.ts';
import { compare, type Row, timed } from './measure.ts';
import { usualBadge, warmed } from './verify-badges.ts';
import { peerVerifier } from './verify-peer.ts';

const badgesInside = 50;
const transcripts = 3;
const contexts: Json = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
];

/** The outer proof of a learner's record with many badges in it. */
export async function transcriptRows(): Promise<readonly Row[]> {
  const peer = await peerVerifier();
  const issuer = await buildIssuer();
  const single = jsonOf(await usualBadge('eddsa-rdfc-2022', issuer, 0));
  const large: JsonObject[] = [];
  for (let index = 0; index < transcripts; index += 1)
    large.push(await transcript(issuer, index * badgesInside));
  const at = (index: number) => large[index % large.length] ?? single;
  const changed = { ...at(0), name: 'Another record' };
  const sound =
    (await Promise.all(large.map(isProven))).every(Boolean) &&
    (await Promise.all(large.map(peer.accepts))).every(Boolean) &&
    !(await isProven(changed)) &&
    !(await peer.accepts(changed));
  const [ours = [], baseline = [], one = []] = await warmed(
    [
      { name: 'ours', once: () => timed(transcripts, (index) => isProven(at(index))) },
      { name: 'peer', once: () => timed(1, () => peer.accepts(at(0))) },
      { name: 'one badge', once: () => timed(40, () => isProven(single)) },
    ],
    50,
  );
  const [many, few] = [await quadsOf(at(0)), await quadsOf(single)];
  const each = (costs: readonly number[], quads: number) => costs.map((cost) => (cost / quads) * 1000);
  return [
    compare({
      area: 'verify',
      measure: `CLR with ${badgesInside} embedded badges, outer proof`,
      unit: 'ms',
      baselineName: peer.name,
      atMost: 0.05,
      ours,
      baseline,
      sound,
      note: `${many} quads`,
    }),
    compare({
      area: 'verify',
      measure: `CLR with ${badgesInside} embedded badges, per quad`,
      unit: 'µs',
      baselineName: `our own check of one badge of ${few} quads`,
      atMost: 1,
      ours: each(ours, many),
      baseline: each(one, few),
      sound,
    }),
  ];
}

async function transcript(issuer: BuiltIssuer, first: number): Promise<JsonObject> {
  const inside: JsonObject[] = [];
  for (let index = 0; index < badgesInside; index += 1)
    inside.push(jsonOf(await usualBadge('eddsa-rdfc-2022', issuer, first + index)));
  const change = (document: JsonObject): JsonObject => ({
    ...document,
    '@context': contexts,
    type: ['VerifiableCredential', 'ClrCredential'],
    name: `Record ${first}`,
    credentialSubject: { type: ['ClrSubject'], verifiableCredential: inside },
  });
  return jsonOf(await buildBadge({ issuer, slug: `record-${first}`, change }));
}

async function isProven(document: JsonObject): Promise<boolean> {
  const { session } = openSession(testNow, fetcherOver(new Map()), contextOf);
  const proof = document['proof'] as JsonObject;
  const subject = { generation: 'clr-2.0' as const, document };
  const { checks } = await verifyProofs([{ kind: 'embedded', proof }], subject, session);
  return checks.every((check) => check.asks === undefined);
}

async function quadsOf({ proof: _, ...unsecured }: JsonObject): Promise<number> {
  const canonical = await canonizeUsual(unsecured, contextOf);
  return canonical?.ok === true ? canonical.quads.split('\n').length - 1 : Number.NaN;
}
