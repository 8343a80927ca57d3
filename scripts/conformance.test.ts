import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { testNow } from '../shared/testing/seeded.ts';

const script = join(import.meta.dirname, 'conformance.ts');
const kept = join(import.meta.dirname, 'conformance-bar.json');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backpack-conformance-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { readonly code: number | null; readonly lines: readonly string[] };

function run(...options: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [script, folder, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  return new Promise((done) => child.once('close', (code) => done({ code, lines: said.trim().split('\n') })));
}

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

function manifest(...cases: readonly object[]): void {
  const defaults = { generation: '2.0', format: 'hosted', scope: 'full', clock: testNow };
  write(
    'manifest.json',
    JSON.stringify({
      format: 'openbadges-conformance/1',
      contexts: {},
      cases: cases.map((one) => ({ ...defaults, ...one })),
    }),
  );
}

/** One really hosted badge, its documents written into the folder. */
async function hostedCase() {
  const badge = await buildBadge({ proof: 'hosted' });
  const entries = [...badge.documents].map(
    ([address, { bytes }], index) => [address, write(`served-${index}`, bytes)] as const,
  );
  const file = write('badge.json', badge.bytes);
  return {
    badge,
    one: {
      id: 'hosted/good',
      files: [file],
      resources: Object.fromEntries(entries),
      expected: { verdict: 'valid' },
    },
  };
}

/** Objects that say of themselves neither class nor vocabulary: a part of 1.0 is known by its form, others are none. */
function partsAlone(): readonly object[] {
  const issuer = write('issuer.json', JSON.stringify({ name: 'A', url: 'https://a.example' }));
  const other = write('other.json', JSON.stringify({ hello: 'world' }));
  const known = { verdict: 'valid', detectedGeneration: '1.0' };
  return [
    { id: 'part/detect', scope: 'detect', files: [issuer], expected: known },
    { id: 'other/detect', scope: 'detect', files: [other], expected: { verdict: 'unsupported' } },
    { id: 'other/structure', scope: 'structure', files: [other], expected: { verdict: 'malformed' } },
  ];
}

describe('npm run conformance', () => {
  it('passes a folder whose cases are as expected, and writes what it found', async () => {
    const { badge, one } = await hostedCase();
    const address = String(badge.document['id']);
    const moved = {
      ...one.resources,
      [address]: { status: 302, location: '/elsewhere' },
      [new URL('/elsewhere', address).href]: one.resources[address],
    };
    manifest(
      one,
      { ...one, id: 'hosted/by-address', input: { url: address } },
      { ...one, id: 'hosted/redirected', resources: moved },
      {
        ...one,
        id: 'hosted/404',
        resources: { ...one.resources, [address]: { status: 404 } },
        expected: { verdict: 'unreachable' },
      },
      {
        ...one,
        id: 'hosted/410',
        resources: {
          ...one.resources,
          [address]: { status: 410, file: one.files[0], contentType: 'text/html' },
        },
        expected: { verdict: 'revoked' },
      },
      {
        ...one,
        id: 'hosted/nobody-there',
        resources: {},
        expected: { verdict: 'invalid', alsoAcceptable: ['unreachable'] },
      },
      {
        ...one,
        id: 'hosted/other',
        recipient: { type: 'email', value: ['a@b.example', 'c@d.example'] },
        expected: { verdict: 'invalid', recipientMatch: false },
      },
      {
        ...one,
        id: 'hosted/detect',
        scope: 'detect',
        expected: { verdict: 'valid', detectedGeneration: '2.0' },
      },
      {
        ...one,
        id: 'hosted/bake',
        scope: 'bake',
        expected: { verdict: 'valid', extractedHas: { type: 'Assertion' } },
      },
      ...partsAlone(),
    );
    const report = join(folder, 'report.json');
    expect(await run('--json', report)).toEqual({ code: 0, lines: ['12 passed, 0 failed'] });
    const rows = JSON.parse(readFileSync(report, 'utf8'));
    expect(rows[0]).toMatchObject({
      id: 'hosted/good',
      expected: 'valid',
      verdict: 'valid',
      reason: 'all-passed',
      pass: true,
    });
    expect(rows[0].ms).toBeGreaterThan(0);
  });

  it('names each deviation on a line of its own and ends with a failure', async () => {
    const { one } = await hostedCase();
    manifest(
      one,
      { ...one, id: 'hosted/not-so', expected: { verdict: 'revoked' } },
      { ...one, id: 'hosted/no-warning', expected: { verdict: 'valid', warnings: true } },
      { ...one, id: 'hosted/no-endorsement', expected: { verdict: 'valid', endorsements: 1 } },
    );
    const { code, lines } = await run();
    expect(code).toBe(1);
    expect(lines).toEqual([
      'hosted/not-so: expected revoked, is valid (all-passed)',
      'hosted/no-warning: expected warnings true, is false',
      'hosted/no-endorsement: expected endorsements 1, is 0',
      '1 passed, 3 failed',
    ]);
  });

  it('holds to its bar: what it allows is said, a wrong valid never is', async () => {
    const { one } = await hostedCase();
    const unknown = {
      generation: 'none',
      files: [
        write('unknown.json', JSON.stringify({ '@context': 'https://example.org/context', type: 'Prize' })),
      ],
    };
    manifest(one, { ...one, ...unknown, id: 'unknown/any', expected: { verdict: 'malformed' } });
    const lenient = write(
      'lenient.json',
      JSON.stringify({ rules: [{ allows: ['valid', 'invalid', 'unsupported'] }] }),
    );
    expect(await run('--bar', join(folder, lenient))).toEqual({
      code: 0,
      lines: [
        'allowed by the bar: unknown/any: expected malformed, is unsupported (unknown-generation)',
        '1 passed, 0 failed',
      ],
    });
    // The bar that is kept allows nothing at all any more.
    expect((await run('--bar', kept)).code).toBe(1);
    manifest({ ...one, id: 'hosted/wrong', expected: { verdict: 'invalid' } });
    const { code, lines } = await run('--bar', join(folder, lenient));
    expect({ code, last: lines.at(-1) }).toEqual({ code: 1, last: '0 passed, 1 failed' });
  });

  it('holds every case of 2.0 to the standard, seen before or not', async () => {
    const { one } = await hostedCase();
    const broken = write(
      'broken.json',
      JSON.stringify({ '@context': 'https://w3id.org/openbadges/v2', type: 'Assertion', recipient: 7 }),
    );
    manifest({ ...one, id: 'never-seen/before', files: [broken], expected: { verdict: 'unsupported' } });
    expect((await run('--bar', kept)).code).toBe(1);
  });

  it('gives up on a case that takes too long, and goes on', async () => {
    const { one } = await hostedCase();
    manifest({ ...one, id: 'slow/one' }, one);
    // A ceiling that no thread can start in, so that every case meets it.
    const { code, lines } = await run('--seconds', '0.001');
    expect(code).toBe(1);
    expect(lines).toEqual([
      'slow/one: gave no answer within 0.001 s',
      'hosted/good: gave no answer within 0.001 s',
      '0 passed, 2 failed',
    ]);
  });

  it('fails a case that is no case, and goes on', async () => {
    const { one } = await hostedCase();
    manifest(
      { ...one, id: 'odd/verdict', expected: { verdict: 'splendid' } },
      { ...one, id: 'odd/file', files: ['absent.json'] },
      one,
    );
    const { code, lines } = await run();
    expect(code).toBe(1);
    expect(lines[0]).toBe('odd/verdict: expected splendid, is valid (all-passed)');
    expect(lines[1]).toMatch(/^odd\/file: ended in an error: /);
    expect(lines[2]).toBe('1 passed, 2 failed');
  });

  it('says in one sentence what is wrong with a folder, a case or a bar', async () => {
    write('manifest.json', 'no JSON');
    expect(await run()).toEqual({ code: 2, lines: [`There is no readable manifest.json in ${folder}.`] });
    write('manifest.json', '{}');
    expect(await run()).toEqual({ code: 2, lines: [`The manifest of ${folder} has no list of cases.`] });
    manifest();
    expect((await run('--bar', join(folder, 'absent.json'))).code).toBe(2);
    manifest({ id: 'x', files: ['../../etc/passwd'], expected: { verdict: 'valid' } });
    expect(await run()).toEqual({
      code: 1,
      lines: [
        'x: ended in an error: The manifest names a file outside its folder: ../../etc/passwd.',
        '0 passed, 1 failed',
      ],
    });
  });
});
