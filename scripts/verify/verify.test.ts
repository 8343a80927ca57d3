import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serveOnLoopback } from '../../companion-server/testing/loopback.ts';
import { instantOf } from '../../shared/model/brands.ts';
import { buildBadge } from '../../shared/testing/build-badge.ts';
import { buildPresentation } from '../../shared/testing/build-presentation.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import { readSnapshotFile, snapshotText } from './snapshot-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Runs the command as a person would, and answers how it ended. */
function run(
  parts: readonly string[],
  stdin?: Uint8Array,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'verify.ts'), ...parts]);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdin.end(stdin);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

describe('the command that verifies one badge', () => {
  it('says in words what it found, and ends by verdict', async () => {
    const good = await buildBadge();
    const { code, out } = await run([fileOf('good.json', good.bytes)]);
    expect(out).toContain('Is it unaltered?');
    expect(code).toBe(0);
    const forged = await buildBadge({ forgery: 'byte-changed', container: 'png' });
    expect((await run([fileOf('forged.png', forged.bytes)])).code).toBe(10);
    const ended = await buildBadge({ awarded: '2024-01-01T00:00:00Z', expires: '2025-01-01T00:00:00Z' });
    expect((await run(['-'], ended.bytes)).code).toBe(12);
    expect((await run([fileOf('text.txt', 'hello')])).code).toBe(14);
  });

  it('answers machines in JSON', async () => {
    const badge = await buildBadge({ proof: 'vc-jwt', container: 'svg' });
    const { out } = await run(['--json', fileOf('badge.svg', badge.bytes)]);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'valid',
      standing: 'checked',
      container: 'svg',
      issuer: { kind: 'key' },
    });
  });

  it('T50: holds a presentation to the challenge and domain that it is told', async () => {
    const options = { challenge: '7f3c', domain: 'https://employer.example' };
    const { document } = await buildPresentation({ options });
    const file = fileOf('presentation.json', JSON.stringify(document));
    const badge = fileOf('bare.json', (await buildBadge()).bytes);
    expect((await run([file])).code).toBe(0);
    expect((await run([file, '--challenge', '7f3c', '--domain', options.domain])).code).toBe(0);
    const { code, out } = await run([file, '--challenge', 'another']);
    expect([code, out]).toEqual([10, expect.stringContaining('presentation-aim-differs')]);
    expect((await run([badge, '--challenge', '7f3c'])).code).toBe(10);
  });

  it.each([
    ['nothing', [], 'wrong-call'],
    ['two inputs', ['a', 'b'], 'wrong-call'],
    ['an unknown option', ['--wonder', 'a'], 'wrong-call'],
    ['an option without its value', ['a', '--snapshot'], 'wrong-call'],
    ['a file that is not there', [join(folder, 'missing.json')], 'file-missing'],
    ['a folder', [folder], 'file-unreadable'],
    ['a file of many megabytes', [fileOf('large', new Uint8Array(9_000_000))], 'file-too-large'],
    ['an address that is none', ['https://'], 'not-an-address'],
    ['a snapshot that is none', ['-', '--snapshot', fileOf('none.json', '[]')], 'snapshot-unreadable'],
    ['statements that are none', ['-', '--witness', fileOf('no.json', '[]')], 'witness-unreadable'],
    ['a snapshot that cannot be kept', ['-', '--snapshot', join(folder, 'no', 'x')], 'snapshot-not-written'],
  ])(
    'says code, sentence and remedy for %s, without a stack, for people and machines',
    async (_, parts, code) => {
      const told = await run(parts);
      expect(told.code).toBe(2);
      const [first = '', ...remedy] = told.err.split('\n');
      expect(first).toMatch(new RegExp(`^[A-Z].*\\. \\[${code}\\]$|^[A-Z].*: .+ \\[${code}\\]$`));
      expect(remedy.join('\n')).toMatch(/^[A-Z].{10}/);
      expect(told.err).not.toMatch(/\n\s+at /);
      if (code === 'wrong-call') return;
      const inJson = await run([...parts, '--json']);
      expect(inJson.code).toBe(2);
      expect(JSON.parse(inJson.out)).toEqual({
        error: code,
        sentence: expect.stringMatching(/./),
        remedy: remedy.join('\n').trim(),
      });
    },
  );

  it('says how it is called to whoever asks', async () => {
    const { code, out, err } = await run(['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: npm run verify -- FILE\|ADDRESS\|-/);
  });

  it('says what can be done about a badge that is not valid, for people and machines', async () => {
    const forged = fileOf('forged.json', (await buildBadge({ forgery: 'byte-changed' })).bytes);
    const { sentence, remedy } = JSON.parse((await run([forged, '--json'])).out);
    const [first, second] = (await run([forged])).out.split('\n');
    expect([first, second]).toEqual([expect.stringContaining(sentence), remedy]);
    expect(remedy.length).toBeGreaterThan(10);
    const good = fileOf('with-no-remedy.json', (await buildBadge()).bytes);
    expect(JSON.parse((await run([good, '--json'])).out)).toMatchObject({ verdict: 'valid', remedy: null });
  });

  it('tells an issuer which address failed and how, and what came in place of a badge', async () => {
    const { origin, end } = await serveOnLoopback((request, response) => {
      const isPage = request.url === '/page';
      response.statusCode = isPage ? 200 : 403;
      response.end(isPage ? '<!doctype html><title>Sign in</title>' : '');
    });
    const refused = await run([`${origin}/award.json`]);
    expect(refused).toMatchObject({ code: 15, out: expect.stringMatching(/answered with the error 403/) });
    expect(refused.out).toMatch(new RegExp(`^ +address: ${origin}/award\\.json$`, 'm'));
    const page = await run([`${origin}/page`]);
    expect(page).toMatchObject({
      code: 14,
      out: expect.stringContaining('A web page came, and not a badge.'),
    });
    // What passed stays one line.
    const good = await run([fileOf('short.json', (await buildBadge()).bytes)]);
    expect(good.out).not.toMatch(/^ +\w+: /m);
    expect((await run(['academy.example/award.json'])).err).toContain('An address begins with https://');
    await end();
  });

  it('reads an address, and an address of its own network only when asked for one', async () => {
    const badge = await buildBadge();
    let asked = 0;
    const { origin, end } = await serveOnLoopback((_, response) => {
      asked += 1;
      response.end(badge.bytes);
    });
    expect((await run([`${origin}/badge`])).code).toBe(0);
    expect(asked).toBe(1);
    // A hosted badge in a file must not send requests into the reader's own network.
    const hosted = await buildBadge({ proof: 'hosted', issuerOrigin: origin });
    expect((await run([fileOf('hosted.json', hosted.bytes)])).code).toBe(15);
    expect(asked).toBe(1);
    await end();
  });
});

describe('a snapshot that is handed over (T72)', () => {
  async function snapshotOf(badge: Awaited<ReturnType<typeof buildBadge>>) {
    const effects = { fetch: fetcherOver(badge.documents), clock: () => instantOf(Date.now()) };
    return (await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects)).snapshot;
  }

  it.each(['hosted', 'jws', 'vc-jwt'] as const)(
    'never makes a %s badge valid or its host proven',
    async (proof) => {
      const badge = await buildBadge({ proof, ...(proof === 'vc-jwt' ? { keyPlace: 'did:web' } : {}) });
      const snapshot = fileOf(`${proof}.snapshot`, snapshotText(await snapshotOf(badge)));
      const { code, out } = await run([
        '--json',
        '--snapshot',
        snapshot,
        fileOf(`${proof}.badge`, badge.bytes),
      ]);
      expect(JSON.parse(out)).toMatchObject({
        standing: 'recorded',
        verdict: 'unreachable',
        issuer: { kind: 'none' },
      });
      expect(code).toBe(15);
    },
  );

  it('leaves a badge valid that needs none of its documents', async () => {
    const badge = await buildBadge();
    const snapshot = fileOf('key.snapshot', snapshotText(await snapshotOf(badge)));
    const { out } = await run(['--json', '--snapshot', snapshot, fileOf('key.badge', badge.bytes)]);
    expect(JSON.parse(out)).toMatchObject({ standing: 'checked', verdict: 'valid' });
  });

  it('is read back as it was written, and refused when a byte of it changed', async () => {
    const snapshot = await snapshotOf(await buildBadge({ proof: 'hosted' }));
    const text = snapshotText(snapshot);
    expect(await readSnapshotFile(new TextEncoder().encode(text))).toEqual(snapshot);
    const hash = snapshot.documents[0]?.hash ?? '';
    const changed = text.replace(hash, `${hash.slice(0, -1)}${hash.endsWith('A') ? 'E' : 'A'}`);
    await expect(readSnapshotFile(new TextEncoder().encode(changed))).rejects.toThrow('damaged');
  });
});
