import type { JsonObject } from '../../shared/model/json.ts';
import type { Check } from '../../shared/model/verdict.ts';
import type { Audience } from '../../shared/proofs/proof-suite.ts';
import { buildBadge, jsonOf } from '../../shared/testing/build-badge.ts';
import { type BuiltIssuer, buildIssuer } from '../../shared/testing/build-issuer.ts';
import { canonicalQuads } from '../../shared/testing/canonical-forms.ts';
import { judge } from '../../shared/testing/judge.ts';
import { Dice, mutateDocument } from '../../shared/testing/mutate-document.ts';
import { signEmbedded } from '../../shared/testing/sign-data-integrity.ts';
import { mandatoryPointers } from '../../shared/testing/sign-selective-disclosure.ts';
import { bakeryRows } from './agree-bakery.ts';
import { openPeers, type Peers, type SharedSuite, sharedSuites } from './agree-peers.ts';
import { tokenRows } from './agree-tokens.ts';
import { openVerifierCore, verifierCoreSuites } from './agree-verifier-core.ts';
import type { Area, Row } from './measure.ts';
import { peerName } from './peers.ts';

/** Badges of each suite that are signed by us, and changed ones of each. */
const badgesPerSuite = 4;
const mutationsPerBadge = 20;
const seed = 2026;

/** One badge on which the two stacks did not say the same. */
type Difference = {
  readonly suite: string;
  readonly ours: string;
  readonly theirs: string;
  /** what settled it for us: the check that decided, and the section that asks for it */
  readonly because: string;
  /** only we call it valid, and it does not say what was signed */
  readonly isHole: boolean;
};

/**
 * Whether independent implementations say the same of the same badges: ours read by them, theirs read by us, and
 * changed ones read by both. Where they differ, the section of the specification that we follow is printed.
 */
export const agree: Area = {
  name: 'agree',
  run: async () => {
    const peers = await openPeers(mandatoryPointers);
    const rows: Row[] = [];
    for (const shared of sharedSuites) rows.push(await rowOf(shared, peers, '@digitalbazaar/vc'));
    const core = { ...peers, verifies: await openVerifierCore() };
    for (const shared of sharedSuites)
      if (verifierCoreSuites.includes(shared.suite))
        rows.push(await rowOf(shared, core, '@digitalcredentials/verifier-core'));
    rows.push(...(await tokenRows()), ...(await bakeryRows()));
    const all = rows.reduce((sum, { ours }) => sum + ours, 0);
    return [...rows, countRow('badges compared', all, 200)];
  },
};

async function rowOf(shared: SharedSuite, peers: Peers, peer: string): Promise<Row> {
  const issuer = await buildIssuer({ algorithm: shared.algorithm });
  const differences: Difference[] = [];
  let compared = 0;
  for (let index = 0; index < badgesPerSuite; index += 1) {
    const badge = await buildBadge({ proof: shared.suite, issuer, ...variants[index % variants.length] });
    const signed = jsonOf(badge);
    const dice = new Dice(seed + index);
    const changed = Array.from({ length: mutationsPerBadge }, () => mutateDocument(signed, dice));
    for (const one of [signed, ...changed, ...(await theirsOf(shared, badge.document, issuer, peers))]) {
      const difference = await compare(shared.suite, one, badge.document, peers);
      if (difference !== undefined) differences.push(difference);
      compared += 1;
    }
  }
  for (const [text, count] of counted(differences)) console.log(`      ${count} × ${text}`);
  // What they take and we refuse has a section that says so; what we take and they refuse would be a hole.
  const holes = differences.filter(({ isHole }) => isHole).length;
  return {
    area: 'agree',
    measure: `${shared.suite} with ${shared.curve}: badges compared, differences beside`,
    ours: compared,
    baseline: differences.length,
    unit: 'badges',
    ratio: null,
    goal: 'nothing called valid by us alone that was not signed',
    pass: holes === 0,
    baselineName: peerName(peer),
    note: `${holes} that were not signed`,
  };
}

const variants = [
  {},
  { expires: '2030-01-01T00:00:00Z', narrative: 'Says “well done” and "quotes"\nand lines' },
  { recipient: { type: 'did', value: 'did:example:mia' } as const, tags: ['a'] },
  { evidence: { address: 'https://mia.example/1', name: 'Work' }, name: 'Ζ 😀 ﬀ' },
];

/** The same document signed by them. A base proof is for us as its holder, and for everybody once derived. */
async function theirsOf(
  { suite, curve }: SharedSuite,
  document: JsonObject,
  { key, keyId }: BuiltIssuer,
  peers: Peers,
): Promise<readonly JsonObject[]> {
  const signed = await peers.signs(suite, document, { key, keyId, curve });
  if (suite !== 'ecdsa-sd-2023') return [signed];
  const { verdict } = await judge(signed, { audience: 'holder' });
  if (verdict.outcome !== 'valid') throw new Error(`Their base proof is ${verdict.reason} for its holder`);
  const own = await signEmbedded(document, {
    suite,
    key,
    verificationMethod: keyId,
    created: '2026-01-15T10:00:00Z',
  });
  const most = Object.keys(document).flatMap((name) => (/^(?:@|id$|type$)/.test(name) ? [] : [`/${name}`]));
  return Promise.all([
    peers.derives(signed, most),
    peers.derives(signed, ['/credentialSubject/achievement']),
    peers.derives(own, most),
    signed,
  ]);
}

async function compare(
  suite: SharedSuite['suite'],
  credential: JsonObject,
  original: JsonObject,
  peers: Peers,
): Promise<Difference | undefined> {
  const { verdict } = await judge(credential, { audience: 'verifier' satisfies Audience });
  const theirs = await peers.verifies(structuredClone(credential), suite);
  const isGood = theirs === 'verified';
  if ((verdict.outcome === 'valid') === isGood) return undefined;
  const deciding = verdict.checks.find((check) => check.asks === verdict.outcome);
  const isSame = verdict.outcome === 'valid' && (await saysTheSame(credential, original));
  return {
    suite,
    ours: verdict.outcome,
    theirs,
    because: deciding === undefined ? sameOrNot(isSame) : reasonOf(deciding),
    isHole: verdict.outcome === 'valid' && !isSame,
  };
}

/** Whether both make the same statements, however they are written. */
async function saysTheSame({ proof: _, ...credential }: JsonObject, original: JsonObject): Promise<boolean> {
  return (await canonicalQuads(credential)) === (await canonicalQuads(original));
}

function sameOrNot(isSame: boolean): string {
  return isSame
    ? 'it says what was signed, written otherwise [JSON-LD 1.1 §9.5: a list of one is its entry]'
    : 'NO REASON';
}

function reasonOf({ detail: { code, facts }, source }: Check): string {
  return `${code} ${JSON.stringify(facts)} [${source}]`;
}

function counted(differences: readonly Difference[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { ours, theirs, because } of differences) {
    const text = `ours ${ours}, theirs ${theirs}: ${because}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

function countRow(measure: string, ours: number, atLeast: number): Row {
  return {
    area: 'agree',
    measure,
    ours,
    baseline: null,
    unit: 'badges',
    ratio: null,
    goal: `at least ${atLeast}`,
    pass: ours >= atLeast,
    baselineName: '',
  };
}
