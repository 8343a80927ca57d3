import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from '@playwright/test';
import { buildIssuer } from '../../shared/testing/build-issuer.ts';
import { build } from '../build.ts';
import { scriptsFrom } from '../bundle/loaded-scripts.ts';
import { openBrowser } from './browser.ts';
import { ceiling, type Row, rounded, rounds, spreadOf } from './measure.ts';
import { usualBadge } from './verify-badges.ts';

const extension = join(import.meta.dirname, '..', '..', 'dist', 'chromium');

/** What the extension's background weighs with every suite in it, and how long a sleeping one takes to answer. */
export async function backgroundRows(): Promise<readonly Row[]> {
  await build(['chromium']);
  const browser = await openBrowser(extension);
  try {
    return [weight(), ...(await wakingRows(browser.context))];
  } finally {
    await browser.close();
  }
}

function weight(): Row {
  const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8')) as {
    readonly background: { readonly service_worker: string };
  };
  const files = scriptsFrom(extension, [join(extension, manifest.background.service_worker)]);
  const sizes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length / 1024);
  const sum = sizes.reduce((all, size) => all + size, 0);
  return ceiling(
    'verify',
    'background of the extension with every suite, gzip',
    sum,
    150,
    'kB',
    `${files.length} files`,
  );
}

/** The background is stopped before each question; nothing to hold the figures against, so they are only stated. */
async function wakingRows(context: BrowserContext): Promise<readonly Row[]> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const page = await context.newPage();
  await page.goto(new URL('/popup/index.html', worker.url()).href);
  const issuer = await buildIssuer();
  const first: number[] = [];
  const verdict: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    first.push(await answerOf(page, { kind: 'offers-of-tab', tab: 0 }));
    const { text } = await usualBadge('eddsa-rdfc-2022', issuer, round);
    verdict.push(await answerOf(page, { kind: 'import-text', text }));
  }
  return [
    stated('background asleep: wake-up to first answer', first),
    stated('background asleep: wake-up to a badge verified and kept', verdict),
  ];
}

/** Puts the background to sleep, asks it, and answers how long its good answer took; none is no figure. */
async function answerOf(page: Page, request: object): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
  return page.evaluate(async (asked) => {
    const start = performance.now();
    const answer: { readonly ok: boolean } | undefined = await chrome.runtime.sendMessage(asked);
    return answer?.ok === true ? performance.now() - start : Number.NaN;
  }, request);
}

function stated(measure: string, costs: readonly number[]): Row {
  const { low, median, high } = spreadOf(costs);
  return {
    area: 'verify',
    measure,
    ours: rounded(median),
    baseline: null,
    unit: 'ms',
    ratio: null,
    goal: 'stated',
    pass: costs.every(Number.isFinite),
    baselineName: 'none: stated',
    note: `quartiles ${rounded(low)} – ${rounded(high)} of ${costs.length} rounds`,
  };
}
