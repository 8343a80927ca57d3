import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackServer, serveOnLoopback } from '../../companion-server/testing/loopback.ts';
import { type BadgeWish, type BuiltBadge, buildBadge } from '../../shared/testing/build-badge.ts';
import { buildIssuer } from '../../shared/testing/build-issuer.ts';
import type { Documents } from '../../shared/testing/documents.ts';
import { build } from '../build.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-built-'));
const built = join(folder, 'verify.mjs');
let server: LoopbackServer;
let served: Documents = new Map();

beforeAll(async () => {
  await build(['verify']);
  // Away from the tree, so that nothing but the file itself can be found.
  copyFileSync(join(import.meta.dirname, '..', '..', 'dist', 'verify', 'verify.mjs'), built);
  server = await serveOnLoopback((request, response) => {
    const answer = served.get(`${server.origin}${request.url ?? ''}`);
    if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(answer.status, { 'content-type': answer.mediaType }).end(answer.bytes);
  });
});
afterAll(async () => {
  await server.end();
  rmSync(folder, { recursive: true });
});

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** The host's own Node where there is one beside the tests' Node: the file promises Node 20. */
const node = existsSync('/usr/bin/node') ? '/usr/bin/node' : process.execPath;

function run(
  parts: readonly string[],
  stdin?: Uint8Array,
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const child: ChildProcess = spawn(node, [built, ...parts], { env: { ...process.env, ...environment } });
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdin?.end(stdin);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

function fileOf(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('the verifier as one built file', () => {
  it('needs nothing beside it: no import but of Node itself', () => {
    const imported = [...readFileSync(built, 'utf8').matchAll(/^import\b[^;]*?from\s*"([^"]+)";/gm)].map(
      (match) => match[1],
    );
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => name?.startsWith('node:') !== true)).toEqual([]);
  });

  it('comes with what a published package needs', () => {
    const manifest: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../dist/verify/package.json'), 'utf8'),
    );
    expect(manifest).toMatchObject({ name: 'backpack-verify', bin: { 'backpack-verify': 'verify.mjs' } });
    expect(manifest).not.toHaveProperty('dependencies');
  });

  it.each<[string, BadgeWish]>([
    ['a token of 3.0', { proof: 'vc-jwt' }],
    ['a baked PNG', { container: 'png' }],
    ['a baked SVG with a token', { proof: 'vc-jwt', container: 'svg' }],
    ['P-256 over RDF', { proof: 'ecdsa-rdfc-2019' }],
  ])('reads %s from a file and from standard input', async (name, wish) => {
    const { bytes } = await buildBadge(wish);
    const [fromFile, fromInput] = await Promise.all([
      run([fileOf(`${name}.badge`, bytes)]),
      run(['--json', '-'], bytes),
    ]);
    expect([fromFile.code, fromFile.err]).toEqual([0, '']);
    expect(fromFile.out).toContain('Is it unaltered?');
    expect(JSON.parse(fromInput.out)).toMatchObject({ verdict: 'valid', standing: 'checked' });
  });

  it('has every field that the documentation names in its JSON, and no other', async () => {
    const { out } = await run(['--json', '-'], (await buildBadge()).bytes);
    const documented = /`--json`: (.*)\./.exec(readFileSync('docs/verify.md', 'utf8'))?.[1] ?? '';
    expect(Object.keys(JSON.parse(out) as object)).toEqual(
      [...documented.matchAll(/`(\w+)`/g)].map((match) => match[1]),
    );
  });

  it('asks a hosted badge’s issuer, and says unreachable with its own code when there is none', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: server.origin });
    served = badge.documents;
    expect((await run([badge.address])).code).toBe(0);
    served = new Map();
    const file = fileOf('hosted.json', badge.bytes);
    expect((await run([file], undefined, { FETCH_ALLOW: server.origin })).code).toBe(15);
    expect((await run(['http://127.0.0.1:9/none'])).code).toBe(15);
  });

  it('ends with 2 and says how it is called when asked for nothing', async () => {
    const { code, err } = await run([]);
    expect(code).toBe(2);
    expect(err).toContain('backpack-verify FILE|ADDRESS|-');
  });
});

describe('T72: a snapshot on the command line', () => {
  const recorded = { standing: 'recorded', verdict: 'unreachable', issuer: { kind: 'none' } };

  it('is written where there is none, answers where there is one, and is never written over', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: server.origin });
    served = badge.documents;
    const path = join(folder, 'kept.snapshot');
    const first = await run(['--json', '--snapshot', path, badge.address]);
    expect([first.code, JSON.parse(first.out)]).toMatchObject([
      0,
      { standing: 'checked', verdict: 'valid', issuer: { kind: 'host' } },
    ]);
    const written = readFileSync(path);
    served = new Map();
    const second = await run(['--json', '--snapshot', path, badge.address]);
    expect(JSON.parse(second.out)).toMatchObject(recorded);
    expect(second.code).toBe(15);
    expect(readFileSync(path)).toEqual(written);
  });

  /** A forger's documents under the honest issuer's addresses, and the honest issuer's own. */
  const kinds: readonly (readonly [string, BadgeWish])[] = [
    ['hosted documents', { proof: 'hosted' }],
    ['a key file', { proof: 'jws' }],
  ];
  it.each(kinds)(
    'with forged %s is only as recorded; its honest twin over the network is valid',
    async (_, wish) => {
      const honest = await buildBadge({ ...wish, issuerOrigin: server.origin });
      const forged = await buildBadge({ ...wish, issuerOrigin: server.origin, name: 'Doctor of everything' });
      await expectForgedOnlyRecorded(forged);
      served = honest.documents;
      const file = fileOf('honest.badge', honest.bytes);
      const twin = await run(['--json', file], undefined, { FETCH_ALLOW: server.origin });
      expect(JSON.parse(twin.out)).toMatchObject({
        standing: 'checked',
        verdict: 'valid',
        issuer: { kind: 'host' },
      });
    },
  );

  it('with a forged did.json or a forged status list is only as recorded', async () => {
    const stranger = await buildIssuer({ keyPlace: 'did:web', origin: 'https://academy.example' });
    await expectForgedOnlyRecorded(await buildBadge({ issuer: stranger }));
    const listed = await buildBadge({ status: { purpose: 'revocation' } });
    await expectForgedOnlyRecorded(listed, { kind: 'key' });
  });

  async function expectForgedOnlyRecorded(badge: BuiltBadge, issuer: object = { kind: 'none' }) {
    const at = new Date().toISOString();
    const documents = [...badge.documents].map(([address, { status, mediaType, bytes }]) => ({
      address,
      finalAddress: address,
      status,
      mediaType,
      hash: createHash('sha256').update(bytes).digest('base64url'),
      bytes: Buffer.from(bytes).toString('base64'),
      at,
    }));
    const path = fileOf('forged.snapshot', JSON.stringify({ taken: at, documents }));
    const { out, err } = await run(['--json', '--snapshot', path, fileOf('forged.badge', badge.bytes)]);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ ...recorded, issuer });
  }
});
