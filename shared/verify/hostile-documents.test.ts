import { cpuUsage } from 'node:process';
import { describe, expect, it } from 'vitest';
import { parseUrl, type Url } from '../model/brands.ts';
import { bytesOfBase64Url, textOf, utf8 } from '../model/bytes.ts';
import { isJsonObject, type Json, type JsonObject, parseJsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildClr } from '../testing/build-clr.ts';
import { buildOldBadge } from '../testing/build-old-badge.ts';
import { canonicalQuads } from '../testing/canonical-forms.ts';
import { type Documents, fetcherOver, mergeDocuments, servedJson } from '../testing/documents.ts';
import { Dice, mutateDocument } from '../testing/mutate-document.ts';
import { fixedClock } from '../testing/seeded.ts';
import { tokenPart } from '../testing/signing-keys.ts';
import { type Verification, verifyBadge } from './verify-badge.ts';

/** Longest that one changed document may keep the processor. */
const maxMilliseconds = 2000;
const seed = 4151;

type Handed = {
  /** JSON, or a compact token */
  readonly text: string;
  readonly documents: Documents;
  /** where it was found; badges of the first years are nobody's without it */
  readonly address?: string;
};

async function verified({ text, documents, address }: Handed): Promise<Verification> {
  const found = address === undefined ? undefined : parseUrl(address);
  const at: { address?: Url } = found?.ok === true ? { address: found.value } : {};
  const effects = { fetch: fetcherOver(documents), clock: fixedClock() };
  return verifyBadge({ kind: 'bytes', bytes: utf8(text), ...at }, {}, effects);
}

async function built(wish: Parameters<typeof buildBadge>[0]): Promise<Handed> {
  const { text, documents } = await buildBadge(wish);
  return { text, documents };
}

async function oldBadge(wish: Parameters<typeof buildOldBadge>[0]): Promise<Handed> {
  const { bytes, documents, address } = await buildOldBadge(wish);
  return { text: textOf(bytes) ?? '', documents, ...(wish?.signed === true ? {} : { address }) };
}

async function presented(proof: 'eddsa-rdfc-2022' | 'vc-jwt'): Promise<Handed> {
  const { text, documents } = await built({ proof });
  const presentation = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    verifiableCredential: [text.startsWith('{') ? (JSON.parse(text) as Json) : text],
  };
  return { text: JSON.stringify(presentation), documents };
}

const kinds: Readonly<Record<string, () => Promise<Handed>>> = {
  '0.5 hosted': () => oldBadge({ generation: '0.5' }),
  '1.0 hosted': () => oldBadge({ generation: '1.0' }),
  '1.1 hosted': () => oldBadge({ generation: '1.1' }),
  '1.0 signed': () => oldBadge({ generation: '1.0', signed: true }),
  '1.1 signed': () => oldBadge({ generation: '1.1', signed: true }),
  '2.0 hosted': () => built({ proof: 'hosted' }),
  '2.0 signed, with its key document and revocations': () =>
    built({
      proof: 'jws',
      algorithm: 'ES256',
      revoked: 'listed',
      change: (one) => ({ ...one, id: 'urn:uuid:00000000-0000-4000-8000-00000000000b' }),
    }),
  '3.0 with a key of did:web': () => built({ proof: 'eddsa-rdfc-2022', keyPlace: 'did:web' }),
  '3.0 token with a key set': () => built({ proof: 'vc-jwt', algorithm: 'ES256', keyPlace: 'jwks' }),
  '3.0 derived by selective disclosure': () => built({ proof: 'ecdsa-sd-2023' }),
  '3.0 with a bitstring status list': () => built({ status: {} }),
  '3.0 with a StatusList2021': () => built({ status: { kind: 'StatusList2021Entry' } }),
  '3.0 with a plain list of revoked badges': () => built({ status: { kind: '1EdTechRevocationList' } }),
  'CLR 2.0': async () => {
    const { bytes, documents } = await buildClr();
    return { text: textOf(bytes) ?? '', documents };
  },
  'presentation of a badge': () => presented('eddsa-rdfc-2022'),
  'presentation of a token': () => presented('vc-jwt'),
};

/** What a person is shown of a badge, without the document that it came in. */
function shownIn({ badge }: Verification): string {
  return JSON.stringify(badge, (name, value: unknown) => (name === 'document' ? undefined : value));
}

/** A step that threw is told as a limit, with the name of the error: nothing in a verification is meant to throw. */
function hasThrown({ verdict }: Verification): boolean {
  return verdict.checks.some(
    ({ detail }) => detail.code === 'beyond-limits' && /Error$/.test(String(detail.facts['what'])),
  );
}

/** Everything that is signed over RDF says the same; of what is signed as text, the signature knows every letter. */
async function saysTheSame(one: JsonObject, other: JsonObject): Promise<boolean> {
  const quadsOf = ({ proof: _, ...document }: JsonObject) => canonicalQuads(document).catch(() => Symbol());
  return JSON.stringify(one) === JSON.stringify(other) || (await quadsOf(one)) === (await quadsOf(other));
}

const badgeIn = (text: string): JsonObject => {
  const document = JSON.parse(text) as JsonObject;
  const [inside] = [document['verifiableCredential'] ?? []].flat();
  return isJsonObject(inside) ? inside : document;
};

/** Of a token the header or the payload, with the signature that it had. */
function mutantOf(text: string, dice: Dice): string {
  if (text.startsWith('{')) return JSON.stringify(mutateDocument(JSON.parse(text) as JsonObject, dice));
  const parts = text.split('.');
  const at = dice.below(4) === 0 ? 0 : 1;
  const said = JSON.parse(textOf(bytesOfBase64Url(parts[at] ?? '') ?? new Uint8Array()) ?? '') as JsonObject;
  parts[at] = tokenPart(mutateDocument(said, dice));
  return parts.join('.');
}

/** The JSON that is handed over, as it stands or in a token. */
function saidIn(text: string): string {
  if (!text.startsWith('{'))
    return text
      .split('.')
      .slice(0, 2)
      .map((part) => textOf(bytesOfBase64Url(part) ?? utf8('')))
      .join();
  return [
    text,
    ...(/[\w-]+\.[\w-]+\.[\w-]+/.exec(text)?.[0].split('.') ?? []).map((part) =>
      textOf(bytesOfBase64Url(part) ?? utf8('')),
    ),
  ].join();
}

/** Addresses of the documents that can be changed as JSON. */
const jsonIn = (documents: Documents) =>
  [...documents].flatMap(([address, { bytes }]) => {
    const parsed = parseJsonObject(bytes);
    return parsed.ok ? [[address, parsed.value] as const] : [];
  });

type Told = { mutants: number; valid: number; outcomes: Set<string>; slowest: number; bad: string[] };

async function fuzz(
  count: number,
  mutant: () => Handed,
  isBad: (verification: Verification, handed: Handed) => Promise<boolean>,
): Promise<Told> {
  const told: Told = { mutants: 0, valid: 0, outcomes: new Set(), slowest: 0, bad: [] };
  for (; told.mutants < count; told.mutants += 1) {
    const handed = mutant();
    const start = cpuUsage();
    const verification = await verified(handed);
    const { user, system } = cpuUsage(start);
    told.slowest = Math.max(told.slowest, (user + system) / 1000);
    told.outcomes.add(verification.verdict.outcome);
    if (hasThrown(verification)) told.bad.push(`threw: ${handed.text}`);
    if (verification.verdict.outcome !== 'valid') continue;
    told.valid += 1;
    if (await isBad(verification, handed)) told.bad.push(`valid: ${handed.text}`);
  }
  return told;
}

function expectNoHarm(name: string, told: Told): void {
  const { bad, outcomes, ...counted } = told;
  console.log(`seed ${seed}, ${name}: ${JSON.stringify(counted)} ${[...outcomes].join(' ')}`);
  expect(bad.map((one) => one.slice(0, 4000))).toEqual([]);
  expect(told.slowest).toBeLessThan(maxMilliseconds);
  expect(told.outcomes.size).toBeGreaterThan(told.outcomes.has('valid') ? 1 : 0);
}

describe.each(Object.entries(kinds))('%s', (name, make) => {
  it('T41, T43: changed by whoever hands it over is never shown as valid, unless it shows what it did', async () => {
    const honest = await make();
    const before = await verified(honest);
    expect([before.verdict.outcome, before.verdict.reason]).toEqual(['valid', 'all-passed']);
    const signsGraph = !/hosted|signed|token/.test(name);
    const dice = new Dice(seed);
    const told = await fuzz(
      300,
      () => ({ ...honest, text: mutantOf(honest.text, dice) }),
      async (verification, handed) =>
        signsGraph
          ? showsMore(verification, before) ||
            !(await saysTheSame(badgeIn(handed.text), badgeIn(honest.text)))
          : shownIn(verification) !== shownIn(before) ||
            (!handed.text.startsWith('{') && handed.text !== honest.text),
    );
    expectNoHarm(name, told);
  });

  it('T43, T44: with its issuer’s documents changed shows nothing that nobody said, by no key that is not his', async () => {
    const honest = await make();
    const before = await verified(honest);
    const asked = before.snapshot.documents.map(({ address }) => String(address));
    const served = jsonIn(honest.documents).filter(([address]) => asked.includes(address));
    if (served.length === 0) return;
    const dice = new Dice(seed + 1);
    let changed: readonly [address: string, before: JsonObject, after: JsonObject] = ['', {}, {}];
    const told = await fuzz(
      200,
      () => {
        const [address, document] = dice.of(served);
        changed = [address, document, mutateDocument(document, dice)];
        const documents = mergeDocuments(honest.documents, new Map([[address, servedJson(changed[2])]]));
        return { ...honest, documents };
      },
      async (verification) => {
        const [address, document, after] = changed;
        if (document['proof'] !== undefined) return !(await saysTheSame(after, document));
        if (address.endsWith('/did.json') && !listsKey(after, document)) return true;
        const said = [
          saidIn(honest.text),
          ...served.map(([, one]) => JSON.stringify(one)),
          JSON.stringify(after),
        ];
        return !textsShown(verification).every((text) =>
          said.join().includes(JSON.stringify(text).slice(1, -1)),
        );
      },
    );
    expectNoHarm(name, told);
  });
});

/** A DID document that calls itself by its name and lists the one key, with the same letters, for assertions. */
function listsKey(after: JsonObject, before: JsonObject): boolean {
  const [method] = [before['verificationMethod'] ?? []].flat();
  const { id, publicKeyMultibase } = isJsonObject(method) ? method : {};
  const listed = JSON.stringify([after['assertionMethod'] ?? null]);
  return (
    after['id'] === before['id'] &&
    listed.includes(String(id).split('#')[1] ?? String(id)) &&
    JSON.stringify(after).includes(String(publicKeyMultibase))
  );
}

/** A graph knows no lists in lists: written so, a part of it may be passed over, but nothing may be added or put off. */
function showsMore(one: Verification, honest: Verification): boolean {
  const known = textsShown(honest);
  return (
    !textsShown(one).every((text) => known.includes(text)) || one.badge?.expires !== honest.badge?.expires
  );
}

/** Names and sentences on the badge: what a reader would take for the issuer's word. */
function textsShown({ badge }: Verification): readonly string[] {
  return [
    badge?.achievement.name,
    badge?.achievement.description,
    badge?.issuer.name,
    badge?.narrative,
    ...(badge?.recipients ?? []).map(({ identity }) => identity),
    ...(badge?.achievement.tags ?? []),
  ].filter((text) => text !== undefined && text !== '') as string[];
}

it('T41: a record tells of a changed badge inside as bad, though it was signed with it', async () => {
  const part = jsonOf(await buildBadge({}));
  const dice = new Dice(seed + 2);
  const told = { good: 0, bad: 0, unsigned: 0 };
  for (let count = 0; count < 60; count += 1) {
    const mutant = count === 0 ? part : mutateDocument(part, dice);
    const change = (record: JsonObject): JsonObject => {
      const subject = record['credentialSubject'] as JsonObject;
      return { ...record, credentialSubject: { ...subject, verifiableCredential: [mutant] } };
    };
    // What has no canonical form nobody can sign.
    const record = await buildClr({ change }).catch(() => undefined);
    if (record === undefined) {
      told.unsigned += 1;
      continue;
    }
    const { document, documents } = record;
    const { verdict } = await verified({ text: JSON.stringify(document), documents });
    const isGood = verdict.checks.some(({ detail }) => detail.code === 'part-good');
    if (isGood) expect(await saysTheSame(mutant, part)).toBe(true);
    told[isGood ? 'good' : 'bad'] += 1;
  }
  console.log(`seed ${seed + 2}, parts of records: ${JSON.stringify(told)}`);
  expect(told.good).toBeGreaterThan(0);
  expect(told.bad).toBeGreaterThan(told.good);
});

describe('a hosted badge whose copy names somebody else', () => {
  it.each(['0.5 hosted', '1.0 hosted', '1.1 hosted', '2.0 hosted'])('%s is refused', async (name) => {
    const honest = await (kinds[name] ?? kinds['2.0 hosted'])?.();
    if (honest === undefined) throw new Error('no such kind');
    const document = JSON.parse(honest.text) as JsonObject;
    const { recipient } = document;
    const changed = isJsonObject(recipient)
      ? { ...recipient, identity: 'sha256$0000000000000000000000000000000000000000000000000000000000000000' }
      : 'sha256$0000000000000000000000000000000000000000000000000000000000000000';
    const text = JSON.stringify({ ...document, recipient: changed });
    expect((await verified(honest)).verdict.outcome).toBe('valid');
    expect((await verified({ ...honest, text })).verdict.outcome).toBe('invalid');
  });
});
