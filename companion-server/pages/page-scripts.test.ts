import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtScripts } from '../testing/built-scripts.ts';
import { ask } from '../testing/learner.ts';
import { endTestServers, startTestServer, type TestServer } from '../testing/test-server.ts';
import { noScripts, readPageScripts } from './page-scripts.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({}, { scripts: await builtScripts() });
}, 60_000);
afterAll(endTestServers);

describe('the scripts of the pages', () => {
  it('stand under addresses made of their content, zipped for whoever can unzip', async () => {
    const page = (await ask(server.address, 'GET', '/check')).body.toString();
    const address = /<script type="module" src="(\/assets\/check-[\w-]{22}\.js)">/.exec(page)?.[1] ?? '';
    const plain = await ask(server.address, 'GET', address);
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const zipped = await ask(server.address, 'GET', address, { headers: { 'accept-encoding': 'br, gzip' } });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true);
    // What it loads when it is needed is there as well.
    const others = plain.body.toString().match(/\/assets\/[a-z]+-[\w-]{22}\.js/g) ?? [];
    expect(others.map((path) => path.split('/')[2]?.split('-')[0]).sort()).toEqual([
      'picture',
      'usual',
      'whole',
    ]);
    for (const path of others) expect((await ask(server.address, 'GET', path)).status).toBe(200);
    expect((await ask(server.address, 'GET', '/assets/check-old.js')).status).toBe(404);
  });

  it('are no page’s business where nothing was built', async () => {
    expect(readPageScripts(join(import.meta.dirname, 'nowhere'))).toEqual(noScripts);
    const bare = await startTestServer();
    expect((await ask(bare.address, 'GET', '/check')).status).toBe(404);
  });
});
