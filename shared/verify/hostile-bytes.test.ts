import { cpuUsage, memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { unbake } from '../baking/registry.ts';
import { sameBytes, textOf, utf8 } from '../model/bytes.ts';
import { type BadgeProof, type BadgeWish, type BuiltBadge, buildBadge } from '../testing/build-badge.ts';
import { fetcherOver } from '../testing/documents.ts';
import { Dice } from '../testing/mutate-document.ts';
import { fixedClock } from '../testing/seeded.ts';
import { readDocument } from './read-document.ts';
import { verifyBadge } from './verify-badge.ts';

/** Longest that one hostile input may keep the processor busy, whatever else the machine does. */
const maxMilliseconds = 2000;
/** Most that the heap may be larger after all mutants than before them. */
const maxHeapBytes = 64 * 1024 * 1024;
const seed = 20_261;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapAfterCollection(): number {
  collectGarbage();
  return memoryUsage().heapUsed;
}

function busySince(start: ReturnType<typeof cpuUsage>): number {
  const { user, system } = cpuUsage(start);
  return (user + system) / 1000;
}

/** One to six bytes set, a stretch taken out or doubled, or the end cut off. */
function mutantOf(sample: Uint8Array, dice: Dice): Uint8Array {
  const at = () => dice.below(256) * 65_536 + dice.below(65_536);
  const place = () => at() % sample.length;
  const kind = dice.below(8);
  if (kind === 0) return sample.slice(0, place());
  const [a, b] = [place(), place()].sort((one, other) => one - other);
  if (kind === 1)
    return Uint8Array.of(...sample.slice(0, a), ...sample.slice(Math.min(b ?? 0, (a ?? 0) + 64)));
  if (kind === 2) return Uint8Array.of(...sample.slice(0, b), ...sample.slice(a));
  const bytes = sample.slice();
  for (let times = 1 + dice.below(6); times > 0; times -= 1)
    bytes[place()] = dice.below(3) === 0 ? dice.of([0, 0x22, 0x5b, 0x7b, 0x80, 0xff, 0x2e]) : dice.below(256);
  return bytes;
}

async function verdictOf(badge: BuiltBadge, bytes: Uint8Array) {
  const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
  return (await verifyBadge({ kind: 'bytes', bytes }, {}, effects)).verdict;
}

/** What a document says, apart from the way in which it is written: equal for mutants that changed nothing. */
function meaningOf(document: Uint8Array): string | undefined {
  const reading = readDocument(document);
  if ('refusal' in reading) return undefined;
  const { token } = reading.subject;
  return token === undefined
    ? JSON.stringify(reading.subject.document)
    : [token.header, token.payload, [...token.signature]].map((part) => JSON.stringify(part)).join();
}

/** Proofs over RDF sign a graph, which is a set: a value or a context that is repeated in a list says nothing new. */
const signsGraph = /rdfc|-sd-|^Ed25519Signature/;

function asSets(json: string): string {
  return JSON.stringify(JSON.parse(json), (_, value: unknown) =>
    Array.isArray(value)
      ? [...new Map(value.map((entry: unknown) => [JSON.stringify(entry), entry])).values()]
      : value,
  );
}

/** Runs mutants: all are read, and those whose document reads but says something else are verified in full. */
async function fuzz(badge: BuiltBadge, overGraph: boolean, count: number, dice: Dice) {
  const original = await unbake(badge.bytes);
  if (!original.ok) throw original.error;
  const meaning = meaningOf(original.value.document);
  const told = { mutants: 0, unchanged: 0, unread: 0, verified: 0, falseValid: 0, slowest: 0 };
  for (; told.mutants < count; told.mutants += 1) {
    const bytes = mutantOf(badge.bytes, dice);
    const start = cpuUsage();
    const result = await unbake(bytes);
    const document = result.ok ? result.value.document : undefined;
    const said = document === undefined ? undefined : meaningOf(document);
    if (document !== undefined && (sameBytes(document, original.value.document) || said === meaning))
      told.unchanged += 1;
    else if (said === undefined) told.unread += 1;
    else {
      told.verified += 1;
      const valid = (await verdictOf(badge, bytes)).outcome === 'valid';
      if (valid && !(overGraph && asSets(said) === asSets(meaning ?? ''))) {
        told.falseValid += 1;
        console.log(`changed and valid: ${textOf(document ?? bytes) ?? ''}`);
      }
    }
    told.slowest = Math.max(told.slowest, busySince(start));
  }
  return told;
}

async function expectNoneValid(wishes: readonly BadgeWish[], each: number): Promise<void> {
  const heap = heapAfterCollection();
  for (const [index, wish] of wishes.entries()) {
    const badge = await buildBadge(wish);
    expect((await verdictOf(badge, badge.bytes)).outcome).toBe('valid');
    const told = await fuzz(badge, signsGraph.test(wish.proof ?? ''), each, new Dice(seed + index));
    console.log(`seed ${seed + index}, ${JSON.stringify(wish)}: ${JSON.stringify(told)}`);
    expect(told).toMatchObject({ mutants: each, falseValid: 0 });
    expect(told.slowest).toBeLessThan(maxMilliseconds);
    expect(told.verified).toBeGreaterThan(0);
  }
  expect(heapAfterCollection() - heap).toBeLessThan(maxHeapBytes);
}

const proofs: readonly BadgeProof[] = [
  'hosted',
  'jws',
  'vc-jwt',
  'eddsa-rdfc-2022',
  'eddsa-jcs-2022',
  'ecdsa-rdfc-2019',
  'ecdsa-jcs-2019',
  'ecdsa-sd-2023',
  'Ed25519Signature2020',
  'Ed25519Signature2018',
];

describe('badges with bytes changed at random', () => {
  it('T45: 50,000 pictures: none crashes, hangs, grows the heap, or is valid for a changed badge', async () => {
    const pictures = (['vc-jwt', 'jws', 'eddsa-rdfc-2022', 'ecdsa-jcs-2019'] as const).map((proof) => ({
      proof,
      container: 'png' as const,
    }));
    await expectNoneValid(pictures, 12_500);
  }, 120_000);

  it('T41, T51: 20,000 documents and tokens of every suite: the same', async () => {
    await expectNoneValid(
      proofs.map((proof) => ({ proof })),
      2000,
    );
  }, 120_000);
});

describe('hostile JSON', () => {
  const outcomeOf = async (text: string) => {
    const badge = await buildBadge({ proof: 'eddsa-jcs-2022' });
    const { outcome, reason } = await verdictOf(
      badge,
      utf8(text.replace('BADGE', badge.text.trim().slice(1))),
    );
    return `${outcome}: ${reason}`;
  };

  it('T51: with __proto__ as a name pollutes nothing and is never valid; without it the badge is', async () => {
    expect(await outcomeOf('{BADGE')).toBe('valid: all-passed');
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      expect(await outcomeOf(`{"${name}":{"polluted":true,"type":"Assertion"},BADGE`)).not.toMatch(/^valid/);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    }
  });

  it('T41: with a name twice, also spelt with an escape, is malformed', async () => {
    expect(await outcomeOf('{"name":"one","name":"two",BADGE')).toBe('malformed: not-json');
    expect(await outcomeOf('{"name":"one","n\\u0061me":"two",BADGE')).toBe('malformed: not-json');
  });

  it('T51: of depth 100,000 and with huge numbers ends at once', async () => {
    const start = cpuUsage();
    expect(await outcomeOf(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},BADGE`)).toBe(
      'malformed: too-deep',
    );
    expect(await outcomeOf(`{"a":${'9'.repeat(100_000)},BADGE`)).not.toMatch(/^valid/);
    expect(busySince(start)).toBeLessThan(2 * maxMilliseconds);
  });
});
