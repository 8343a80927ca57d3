import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { serveOnLoopback } from '../../companion-server/testing/loopback.ts';
import { buildServerProgram } from '../../companion-server/testing/server-process.ts';
import { bundle } from '../bundle/verifier-chunks.ts';
import { openBrowser } from './browser.ts';
import { alternate, compare, type Row } from './measure.ts';
import { type FilledAccount, fillAccount } from './sync-fresh-account.ts';
import type { Arrived, download, fetchAndStore } from './sync-fresh-page.ts';

type InPage = { readonly download: typeof download; readonly fetchAndStore: typeof fetchAndStore };

const badges = 500;
const warmRounds = 3;

/** An account of 1,000 records to a browser that has nothing yet, in a page of an extension. */
export async function freshRows(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'backpack-bench-fresh-'));
  const program = await buildServerProgram();
  const server = await program.start({ PORT: '0', RATE_SCALE: '1000000', DATA_DIR: join(folder, 'data') });
  try {
    const account = await fillAccount(server.origin, badges);
    const site = await serve(account.pages);
    const browser = await openBrowser(await extensionIn(join(folder)));
    try {
      const { context, version } = browser;
      const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
      const page = await context.newPage();
      await page.goto(new URL('/fresh.html', worker.url()).href);
      return [await measured(page, account, site.addresses, version)];
    } finally {
      await browser.close();
      await site.close();
    }
  } finally {
    await server.end('SIGTERM');
    program.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(
  page: Page,
  { fresh, secret, pages, records, commits }: FilledAccount,
  addresses: readonly string[],
  version: string,
): Promise<Row> {
  const ours = () =>
    page.evaluate(async (fresh) => {
      const { download } = (await import('/fresh.js' as string)) as InPage;
      return download(fresh);
    }, fresh);
  const bare = () =>
    page.evaluate(
      async ({ addresses, secret }) => {
        const { fetchAndStore } = (await import('/fresh.js' as string)) as InPage;
        return fetchAndStore(addresses, secret);
      },
      { addresses, secret },
    );
  // Both have got every record, and as many bytes.
  const gate = [await ours(), await bare()];
  const sound = records === 2 * badges && gate.every((one) => one.records === records);
  const isSame = gate[0]?.bytes === gate[1]?.bytes;
  const once = (run: () => Promise<Arrived>) => async () => (await run()).took;
  const candidates = [
    { name: 'ours', once: once(ours) },
    { name: 'bare', once: once(bare) },
  ];
  await alternate(candidates, warmRounds);
  const [own = [], least = []] = await alternate(candidates);
  const weight = pages.reduce((sum, { length }) => sum + length, 0);
  return compare({
    area: 'sync',
    measure: '1,000 records to a fresh device, into IndexedDB, chain verified',
    unit: 'ms',
    baselineName: 'fetch of the same bytes, one AES-GCM key, one transaction a page',
    atMost: 1.35,
    ours: own,
    baseline: least,
    sound: sound && isSame,
    note: `Chromium ${version}; ${commits} commits, ${(weight / 2 ** 20).toFixed(1)} MiB in ${pages.length} pages`,
  });
}

/** An extension that may speak with servers, as ours may; its page holds nothing but what is measured. */
async function extensionIn(folder: string): Promise<string> {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const manifest = {
    manifest_version: 3,
    name: 'Fresh device',
    version: '1',
    host_permissions: ['http://*/*'],
    background: { service_worker: 'worker.js' },
  };
  write('manifest.json', JSON.stringify(manifest));
  write('worker.js', '');
  write('fresh.html', '<!doctype html><title>Fresh device</title>');
  write('fresh.js', await bundle(join(import.meta.dirname, 'sync-fresh-page.ts')));
  return folder;
}

/** Each page at an address of its own, out of memory. */
async function serve(pages: readonly Uint8Array[]) {
  const { origin, end } = await serveOnLoopback((request, response) =>
    response.end(pages[Number(request.url?.slice(1))]),
  );
  return { addresses: pages.map((_, index) => `${origin}/${index}`), close: end };
}
