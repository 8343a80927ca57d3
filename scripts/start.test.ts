import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
let folder = '';
let taken: Server;

/** What `npm start` says with this environment, when it ends by itself. */
function start(environment: NodeJS.ProcessEnv): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.ts'), '--no-browser'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: join(folder, 'data'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  return new Promise((done) => child.once('exit', (code) => done({ code, said: said.trim() })));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backpack-start-'));
  taken = createServer();
  await new Promise<void>((done) => taken.listen(0, done));
});

afterAll(async () => {
  await new Promise((done) => taken.close(done));
  rmSync(folder, { recursive: true, force: true });
});

describe('npm start ends with one sentence', () => {
  it('when a port is no port', async () => {
    expect(await start({ PORT: 'abc' })).toEqual({
      code: 1,
      said: 'PORT must be a whole number from 1 to 65535, but it is "abc".',
    });
  });

  it('when a port is in use', async () => {
    const port = String((taken.address() as AddressInfo).port);
    expect(await start({ PORT: port })).toEqual({
      code: 1,
      said: `Port ${port} is in use: end what listens there, or choose another with PORT.`,
    });
  });

  it('when its folder cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { code, said } = await start({ DATA_DIR: join(file, 'data') });
    expect(code).toBe(1);
    expect(said).toMatch(/^DATA_DIR ".+" cannot be written\.$/);
  });
});
