import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';

/** A Chromium with one extension in a profile of its own. */
export type ExtensionBrowser = {
  readonly context: BrowserContext;
  readonly version: string;
  readonly close: () => Promise<void>;
};

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export async function openBrowser(extension: string): Promise<ExtensionBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'backpack-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    chromiumSandbox: false,
    args: [
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
  const version = context.browser()?.version() ?? '';
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, version, close };
}

export type PageCost = {
  /** CPU of all script on the page's main thread, compiling included, in milliseconds */
  readonly script: number;
  /** bytes of the page's heap after collection, content scripts included */
  readonly heap: number;
};

/**
 * Opens an address in a fresh tab and answers what all script on its main thread cost until `settled`.
 * Thread ticks count only what the thread itself worked: what other processes do meanwhile plays no part.
 */
export async function costOfPage(
  context: BrowserContext,
  address: string,
  settled: (page: Page) => Promise<unknown>,
): Promise<PageCost> {
  const page = await context.newPage();
  try {
    const session = await context.newCDPSession(page);
    await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
    await session.send('Performance.enable');
    await page.goto(address, { waitUntil: 'load' });
    await settled(page);
    const script = await scriptMilliseconds(session);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return { script, heap: usedSize };
  } finally {
    await page.close();
  }
}

async function scriptMilliseconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return (of('ScriptDuration') + of('V8CompileDuration')) * 1000;
}
