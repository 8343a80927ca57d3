import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type School, startSchool } from './school.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function school(dataFolder?: string, port = 0): Promise<School> {
  const started = await startSchool({ port, ...(dataFolder === undefined ? {} : { dataFolder }) });
  open.push(started.close);
  return started;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'backpack-school-'));
  open.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const offersOf = (page: string) =>
  [...page.matchAll(/<meta name="openbadges:offer" content="([^"]*)">/g)].map((one) => one[1] ?? '');
const cookie = (email: string) => ({ Cookie: `learner=${Buffer.from(email).toString('base64url')}` });
const textAt = async (address: string, headers: Record<string, string> = {}) =>
  (await fetch(address, { headers })).text();

describe('the School of Webcraft', () => {
  it('offers a badge with one tag after a good answer, and says what is missing after a bad one', async () => {
    const { origin } = await school();
    const hand = (answer: string) =>
      fetch(`${origin}/assessments/php`, {
        method: 'POST',
        body: new URLSearchParams({ answer }),
        headers: cookie('anna@example.org'),
      });
    const bad = await hand('<?php echo $_GET["name"];');
    expect(bad.status).toBe(422);
    const shown = await bad.text();
    expect(shown).toContain('Not there yet');
    expect(offersOf(shown)).toEqual([]);
    const good = await hand('<?php echo htmlspecialchars($_GET["name"] ?? "stranger");');
    expect(good.status).toBe(200);
    const [offer, ...others] = offersOf(await good.text());
    expect(others).toEqual([]);
    const badge = await textAt(offer ?? '');
    expect(badge).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(badge).not.toContain(Buffer.from('anna@example.org').toString('base64url').slice(2, 16));
  });

  it('names nobody when no address was given', async () => {
    const { origin } = await school();
    for (const offer of offersOf(await textAt(`${origin}/open-day`))) {
      const answer = await fetch(offer);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain('IdentityObject');
    }
  });

  it('has revoked its revoked badge, whoever asks for it', async () => {
    const { origin } = await school();
    for (const headers of [{}, cookie('anna@example.org')]) {
      const [offer = ''] = offersOf(await textAt(`${origin}/gallery/revoked`, headers));
      const [, payload = ''] = (await textAt(offer)).split('.');
      const { id } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { id: string };
      const issuer = JSON.parse(await textAt(`${origin}/issuer`)) as { revocationList: string };
      const list = JSON.parse(await textAt(issuer.revocationList)) as { revokedAssertions: { id: string }[] };
      expect(list.revokedAssertions.map((one) => one.id)).toContain(id);
    }
  });

  it('keeps its keys and badges over a restart, byte for byte', async () => {
    const data = folder();
    const first = await school(data);
    const offers = offersOf(await textAt(`${first.origin}/open-day`, cookie('anna@example.org')));
    const read = (origin: string) =>
      Promise.all([...offers, `${origin}/school`, `${origin}/keys/1`].map((address) => textAt(address)));
    const before = await read(first.origin);
    expect(offers).toHaveLength(3);
    await first.close();
    const second = await school(data, first.port);
    expect(await read(second.origin)).toEqual(before);
    expect(offersOf(await textAt(`${second.origin}/open-day`, cookie('anna@example.org')))).toEqual(offers);
  });

  it('refuses a form larger than any of its own, and an address that is none', async () => {
    const { origin } = await school();
    const post = (path: string, form: Record<string, string>) =>
      fetch(`${origin}${path}`, { method: 'POST', body: new URLSearchParams(form) });
    expect((await post('/learner', { email: 'x'.repeat(40_000) })).status).toBe(413);
    const wrong = await post('/learner', { email: '<b>nobody</b>' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).not.toContain('<b>nobody');
    expect((await post('/peers/good-teammate', { email: '' })).status).toBe(422);
  });
});

describe('the demo issuer as a program', () => {
  const start = (environment: Record<string, string>) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'demo.ts')], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    open.push(() => child.kill('SIGKILL'));
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('The program has no voice.');
    let said = '';
    for (const stream of [stdout, stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    // Not 'close' of the child: after disconnect() from this side Node 24 never says it.
    const ended = Promise.all([
      once(child, 'exit').then(([code]) => code as number | null),
      once(stdout, 'close'),
      once(stderr, 'close'),
    ]).then(([code]) => code);
    return { child, said: () => said, ended, opened: once(stdout, 'data') };
  };

  it.each(['SIGINT', 'SIGTERM', 'disconnect'] as const)('ends cleanly on %s', async (how) => {
    const { child, ended, opened, said } = start({ DEMO_PORT: '0' });
    await opened;
    expect(said()).toMatch(/open at http:\/\/localhost:\d+/);
    if (how === 'disconnect') child.disconnect();
    else child.kill(how);
    expect(await ended).toBe(0);
  });

  it('says in one sentence that its port is taken, its folder cannot be written, its variable is wrong', async () => {
    const taken = createServer().listen(0);
    await once(taken, 'listening');
    open.push(() => taken.close());
    const { port } = taken.address() as AddressInfo;
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    for (const [environment, sentence] of [
      [{ DEMO_PORT: String(port) }, /^Port \d+ is in use by another program: .*\.\n$/],
      [{ DEMO_PORT: '0', DATA: join(file, 'below') }, /^The folder .* cannot be written: .*\.\n$/],
      [{ DEMO_PORT: 'many' }, /^DEMO_PORT must be .*\.\n$/],
    ] as const) {
      const { ended, said } = start(environment);
      expect(await ended).toBe(1);
      expect(said()).toMatch(sentence);
    }
  });
});
