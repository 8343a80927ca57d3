import { type Browser, chromium } from '@playwright/test';
import { serveOnLoopback } from '../../companion-server/testing/loopback.ts';
import { alternate } from './measure.ts';

/* How soon a visitor sees a page: the largest contentful paint in a real Chromium whose caches are empty. */

const emptyPage = '<!doctype html><html lang="en"><title>Empty</title><p>Nothing</p></html>';
/** After its largest paint so far a page may still paint something larger for so long. */
const settledMs = 300;
const longestMs = 20_000;
/** More than elsewhere: frames come at fixed times, so that a page takes one more of them or not. */
const loads = 45;

/** Milliseconds until the largest thing of a page is painted, ours beside a page of one word, round by round. */
export async function paintedIn(address: string): Promise<{ ours: number[]; empty: number[] }> {
  const { origin, end } = await serveOnLoopback((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(emptyPage),
  );
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    chromiumSandbox: false,
  });
  try {
    const candidates = [
      { name: 'ours', once: () => paint(browser, address) },
      { name: 'empty', once: () => paint(browser, `${origin}/`) },
    ];
    await alternate(candidates, 2);
    const [ours = [], empty = []] = await alternate(candidates, loads);
    return { ours, empty };
  } finally {
    await browser.close();
    await end();
  }
}

async function paint(browser: Browser, address: string): Promise<number> {
  // Nothing is cached in a context that was just made.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'load' });
    const milliseconds = await page.evaluate(
      `new Promise((done) => {
        let last = 0;
        let waiting;
        new PerformanceObserver((list) => {
          for (const { startTime } of list.getEntries()) last = startTime;
          clearTimeout(waiting);
          waiting = setTimeout(() => done(last), ${settledMs});
        }).observe({ type: 'largest-contentful-paint', buffered: true });
        setTimeout(() => done(last), ${longestMs});
      })`,
    );
    if (typeof milliseconds !== 'number' || milliseconds <= 0)
      throw new Error(`Nothing was painted of ${address}.`);
    return milliseconds;
  } finally {
    await context.close();
  }
}
