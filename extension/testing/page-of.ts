import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type LoopbackServer, serveOnLoopback } from '../../companion-server/testing/loopback.ts';
import { bundle } from '../../scripts/bundle/verifier-chunks.ts';

const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * For each test of the file an empty page of a real Chromium, where lines run over the modules of an entry beside this
 * file: `all` has what it exports. `before`: lines that come first.
 */
export function pageOf(entry: string, before = ''): (lines: string) => Promise<unknown> {
  let browser: Browser;
  let server: LoopbackServer;
  let page: Page;
  beforeAll(async () => {
    const code = await bundle(resolve(import.meta.dirname, entry));
    server = await serveOnLoopback(({ url }, response) => {
      response.setHeader('content-type', url === '/entry.js' ? 'text/javascript' : 'text/html');
      response.end(url === '/entry.js' ? code : '<!doctype html><title>Page</title>');
    });
    browser = await chromium.launch({ executablePath: program, chromiumSandbox: false });
  });
  afterAll(async () => {
    await browser.close();
    await server.end();
  });
  beforeEach(async () => {
    page = await (await browser.newContext()).newPage();
    await page.goto(server.origin);
  });
  afterEach(() => page.context().close());
  return (lines) =>
    page.evaluate(`(async () => { const all = await import('/entry.js'); ${before} ${lines} })()`);
}
