import { resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type LoopbackServer, serveOnLoopback } from '../../companion-server/testing/loopback.ts';
import { bundle } from '../../scripts/bundle/verifier-chunks.ts';

const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Runs lines in a page, over `all` that the entry exports. */
type InPage = (lines: string, where?: Page) => Promise<unknown>;

/**
 * For each test of the file an empty `page` of a real Chromium, where `inPage` runs lines over the modules of an entry
 * beside this file, and `another` page of the same browser. `before`: lines that come first.
 */
export function pageOf(
  entry: string,
  before = '',
): { readonly inPage: InPage; readonly page: () => Page; readonly another: () => Promise<Page> } {
  let browser: Browser;
  let server: LoopbackServer;
  let page: Page;
  const open = async (context: BrowserContext): Promise<Page> => {
    const opened = await context.newPage();
    await opened.goto(server.origin);
    return opened;
  };
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
    page = await open(await browser.newContext());
  });
  afterEach(() => page.context().close());
  return {
    inPage: (lines, where = page) =>
      where.evaluate(`(async () => { const all = await import('/entry.js'); ${before} ${lines} })()`),
    page: () => page,
    another: () => open(page.context()),
  };
}
