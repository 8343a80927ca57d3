import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page, Worker } from '@playwright/test';
import { build } from '../build.ts';
import { costOfPage, type ExtensionBrowser, openBrowser } from './browser.ts';
import { addedNodes, type PageServer, servePages } from './detect-pages.ts';
import { type Area, alternate, ceiling, compare, type Row, rounds, spreadOf } from './measure.ts';
import { peerFile, peerName } from './peers.ts';

/** What noticing offers costs the pages that the learner visits, most of which offer nothing. */
export const detect: Area = { name: 'detect', run };

const root = join(import.meta.dirname, '..', '..');
const selector = 'meta[name="openbadges:offer"]';
/** Long enough for the second look after a page has gone quiet. */
const quietMs = 600;
const grownMs = 2600;

async function run(): Promise<readonly Row[]> {
  await build(['chromium']);
  const folder = mkdtempSync(join(tmpdir(), 'backpack-bench-extensions-'));
  const pages = await servePages();
  const browsers: Record<string, ExtensionBrowser> = {};
  try {
    for (const [name, path] of Object.entries(extensionsIn(folder))) browsers[name] = await openBrowser(path);
    const of = (name: string): BrowserContext => {
      const browser = browsers[name];
      if (browser === undefined) throw new Error(`No browser for ${name}`);
      return browser.context;
    };
    console.log(`Chromium ${browsers['ours']?.version}, ${rounds} rounds`);
    return [
      ...(await onPages(of, pages)),
      ...(await soonEnough(of('ours'), pages)),
      await requestsMade(of('ours'), pages),
      fileSize(),
    ];
  } finally {
    for (const browser of Object.values(browsers)) await browser.close();
    await pages.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The extension itself, one whose script is empty, and two that do the work in the usual ways. */
function extensionsIn(folder: string): Readonly<Record<string, string>> {
  const polyfill = peerFile('webextension-polyfill', 'dist', 'browser-polyfill.min.js');
  const usual = `browser.runtime.id; document.querySelector('${selector}');`;
  const observing = `new MutationObserver((records) => {
  for (const record of records)
    for (const node of record.addedNodes)
      if (node.nodeType === 1 && (node.matches('${selector}') || node.querySelector('${selector}'))) browser.runtime.sendMessage({});
}).observe(document, { childList: true, subtree: true });`;
  const extension = (name: string, script: string, withPolyfill: boolean) => {
    const path = join(folder, name);
    mkdirSync(path);
    const js = withPolyfill ? ['browser-polyfill.js', 'content.js'] : ['content.js'];
    if (withPolyfill) copyFileSync(polyfill, join(path, 'browser-polyfill.js'));
    writeFileSync(join(path, 'content.js'), script);
    const contentScripts = [{ matches: ['<all_urls>'], js, run_at: 'document_idle' }];
    writeFileSync(
      join(path, 'manifest.json'),
      JSON.stringify({ manifest_version: 3, name, version: '1', content_scripts: contentScripts }),
    );
    return path;
  };
  return {
    ours: copyOfOurs(folder),
    empty: extension('empty', '', false),
    usual: extension('usual', usual, true),
    observing: extension('observing', `${usual}\n${observing}`, true),
  };
}

/** A copy, so that a build in the meantime changes nothing that is being measured. */
function copyOfOurs(folder: string): string {
  const path = join(folder, 'ours');
  cpSync(join(root, 'dist', 'chromium'), path, { recursive: true });
  return path;
}

type ContextOf = (name: string) => BrowserContext;

async function onPages(of: ContextOf, pages: PageServer): Promise<readonly Row[]> {
  const polyfill = peerName('webextension-polyfill');
  const quiet = (page: Page) => page.waitForTimeout(quietMs);
  const grown = async (page: Page) => {
    await page.waitForFunction(() => document.title === 'Grown');
    await page.waitForTimeout(grownMs);
  };
  const heaps: number[] = [];
  const emptyHeaps: number[] = [];
  const costs = (path: string, baseline: string, settled: (page: Page) => Promise<unknown>) =>
    alternate(
      ['ours', baseline, 'empty'].map((name) => ({
        name,
        once: async () => {
          const cost = await costOfPage(of(name), pages.origin + path, settled);
          if (path === '/small' && name === 'ours') heaps.push(cost.heap);
          if (path === '/small' && name === 'empty') emptyHeaps.push(cost.heap);
          return cost.script;
        },
      })),
    );
  const row = async (
    measure: string,
    path: string,
    baseline: string,
    baselineName: string,
    atMost: number,
    settled: (page: Page) => Promise<unknown>,
  ) => {
    const [ours = [], theirs = [], nothing = []] = await costs(path, baseline, settled);
    const note = `an empty script costs ${spreadOf(nothing).median.toFixed(2)} ms, taken off both`;
    return compare({
      area: 'detect',
      measure,
      unit: 'ms of CPU',
      baselineName,
      atMost,
      ours,
      baseline: theirs,
      nothing,
      note,
    });
  };
  const query = `${polyfill} + one querySelector`;
  const rows = [
    await row('page of 1 kB', '/small', 'usual', query, 0.35, quiet),
    await row('page of 1 MB, 20,000 nodes', '/large', 'usual', query, 0.5, quiet),
    await row(
      `${addedNodes.toLocaleString('en')} nodes added after load`,
      '/growing',
      'observing',
      `${polyfill} + an observer of the whole tree that looks at each added node`,
      0.15,
      grown,
    ),
  ];
  const growth = spreadOf(heaps.map((heap, round) => (heap - (emptyHeaps[round] ?? heap)) / 1000)).median;
  return [...rows, ceiling('detect', 'heap above an empty script', growth, 40, 'kB')];
}

/** From the tag's arrival in the page to the number on the icon. */
async function soonEnough(context: BrowserContext, pages: PageServer): Promise<readonly Row[]> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const rows: Row[] = [];
  for (const where of ['head', 'body'] as const) {
    const quiet = await waitsFor(context, worker, pages, where, false);
    const busy = await waitsFor(context, worker, pages, where, true);
    rows.push(
      ceiling('detect', `a tag added to the ${where} of a quiet page is on the icon`, quiet, 0.5, 's'),
    );
    rows.push(ceiling('detect', `a tag added to the ${where} of a busy page is on the icon`, busy, 2.5, 's'));
  }
  return rows;
}

/** The longest of several waits. */
async function waitsFor(
  context: BrowserContext,
  worker: Worker,
  pages: PageServer,
  where: 'head' | 'body',
  busy: boolean,
): Promise<number> {
  let longest = 0;
  for (let round = 0; round < 5; round += 1) {
    const page = await context.newPage();
    const address = `${pages.origin}/later?${where}${round}${busy}`;
    await page.goto(address);
    if (busy) await page.evaluate('keepBusy()');
    // A page that has been open for a while: the looks have become rare.
    await page.waitForTimeout(busy ? 6000 : 2500);
    const started = performance.now();
    await page.evaluate(`addTag('${where}')`);
    await worker.evaluate(async (wanted) => {
      const until = Date.now() + 10_000;
      while (Date.now() < until) {
        const [tab] = await chrome.tabs.query({ active: true });
        if (
          tab?.id !== undefined &&
          tab.url === wanted &&
          (await chrome.action.getBadgeText({ tabId: tab.id })) !== ''
        )
          return;
        await new Promise((next) => setTimeout(next, 10));
      }
      throw new Error('The tag never reached the icon');
    }, address);
    longest = Math.max(longest, (performance.now() - started) / 1000);
    await page.close();
  }
  return longest;
}

/** Nothing that a page offers is asked for before the popup opens. */
async function requestsMade(context: BrowserContext, pages: PageServer): Promise<Row> {
  const page = await context.newPage();
  const before = pages.requests.length;
  await page.goto(`${pages.origin}/offering`);
  await page.waitForTimeout(3000);
  await page.close();
  const others = pages.requests.slice(before).filter((path) => path !== '/offering');
  return ceiling('detect', 'requests before the popup opens', others.length, 0, 'requests');
}

function fileSize(): Row {
  const folder = join(root, 'dist', 'chromium');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    readonly content_scripts: readonly { readonly js: readonly string[] }[];
  };
  // What reads offers comes only into pages that have some, and is weighed all the same.
  const files = [...manifest.content_scripts.flatMap(({ js }) => js), 'content/read-offers.js'];
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  return ceiling('detect', 'content script, minified', bytes / 1000, 6, 'kB');
}
