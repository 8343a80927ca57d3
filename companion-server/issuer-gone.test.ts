import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Instant, instantOf } from '../shared/model/brands.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { guardedFetcher } from './outbound/guarded-fetcher.ts';
import { loadSecrets } from './secrets.ts';
import { openStorage } from './storage/open-storage.ts';
import { scratchDirectory } from './testing/databases.ts';
import { ask, random } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { serveIssuer } from './testing/served-issuer.ts';
import { endTestServers, startTestServer } from './testing/test-server.ts';
import { leaseCheck, recheckBadge } from './use-cases/recheck-badge.ts';
import { witnessOf } from './witness.ts';

afterAll(endTestServers);
const dayMs = 24 * 3600 * 1000;

/** The command as anybody runs it, with no way to anywhere but the named origin. */
function verify(allowed: string, ...parts: readonly string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [resolve('scripts/verify.ts'), '--json', ...parts], {
    env: { ...process.env, FETCH_ALLOW: allowed },
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  return new Promise((done) => child.once('close', (code) => done({ code, out })));
}

describe('when an issuer has gone, and then the server', () => {
  it('what was seen stays to be read and checked, for exactly what it is', async () => {
    const school = await serveIssuer();
    let now = Date.now();
    const clock = () => instantOf(now);
    const server = await startTestServer({ FETCH_ALLOW: school.origin, RATE_SCALE: '1000' }, { clock });
    const storage = await openStorage(server.database.place);
    const { pepper } = loadSecrets(join(server.database.environment.DATA_DIR, 'secrets.json'), random);
    const rules = { allow: [school.origin], http: false, publicOrigin: server.origin, userAgent: 'test' };
    const guard = guardedFetcher(rules, { clock, turns: async () => true });
    const witness = { origin: server.origin, signer: await witnessOf(pepper) };
    const recheck = async () => {
      const deps = { storage, clock, random, fetch: guard.fetch, witness };
      for (;;) {
        const check = await leaseCheck([], deps);
        if (check === undefined) return;
        await recheckBadge(check, deps);
      }
    };

    const mia = await Publisher.create(server);
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: school.origin, name: 'JavaScript' });
    school.serve(badge.documents);
    const { hash } = await mia.lay(badge.bytes);
    const seenValidAt = instantOf(now) as Instant;
    await mia.publish([{ doc: hash, with: [], seenValidAt, recipient: 'hidden' }]);
    for (let times = 0; times < 3; times += 1) {
      now += 1.5 * dayMs;
      await recheck();
    }
    const file = (name: string, bytes: Uint8Array) => {
      const path = join(scratchDirectory(), name);
      writeFileSync(path, bytes);
      return path;
    };
    const badgeFile = file('badge.json', badge.bytes);
    const snapshot = join(scratchDirectory(), 'snapshot.json');
    expect((await verify(school.origin, '--snapshot', snapshot, badgeFile)).code).toBe(0);
    await school.end();
    for (let times = 0; times < 3; times += 1) {
      now += 100 * dayMs;
      await recheck();
    }

    const address = `/@${mia.handle}/badges/${hash.slice(0, 22)}`;
    const page = (await ask(server.address, 'GET', address)).body.toString();
    expect(page).toMatch(
      /Seen (?:3|4) times between [^,]+, always good; its issuer has not answered since [^.]+\./,
    );
    expect(page).toContain('Checked on ');
    const kept = file('statements.json', (await ask(server.address, 'GET', `${address}/statements`)).body);

    // The server still says whose key it is; the verdict stays what anybody can find out today.
    const both = `${school.origin},${server.origin}`;
    const heard = JSON.parse((await verify(both, '--witness', kept, badgeFile)).out);
    expect(heard).toMatchObject({
      verdict: 'unreachable',
      witness: { origin: server.origin, standing: 'confirmed', refused: 0 },
    });
    expect(heard.witness.statements.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'valid',
      'valid',
    ]);
    expect(heard.witness.statements[0].seen.map((one: { address: string }) => one.address)).toContain(
      badge.address,
    );
    // Of another badge they say nothing.
    const other = file('other.json', (await buildBadge()).bytes);
    const about = JSON.parse((await verify(both, '--witness', kept, other)).out);
    expect(about.witness).toMatchObject({ statements: [], refused: 2 });

    await guard.close();
    await storage.close();
    await server.end();
    const alone = JSON.parse((await verify(both, '--snapshot', snapshot, '--witness', kept, badgeFile)).out);
    expect(alone).toMatchObject({
      verdict: 'unreachable',
      standing: 'recorded',
      issuer: { kind: 'none' },
      witness: { standing: 'unasked' },
    });
    expect(alone.witness.statements).toHaveLength(2);
  });
});
