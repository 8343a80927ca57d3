import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page, type Worker } from '@playwright/test';
import {
  type Browser,
  drawnText,
  type LaunchOptions,
  patienceMs,
  type Role,
  type Tab,
  type ToolbarPopup,
  until,
} from './browser.ts';
import { builtExtension, makeProfile } from './profile.ts';

export const chromiumProgram = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** What only Chromium's stories use beside the common interface. */
export type ChromiumBrowser = Browser & {
  readonly name: 'chromium';
  readonly context: () => BrowserContext;
  /** the background worker as it runs now */
  readonly background: () => Worker;
  /** ends every process of it at once, as when the power goes; `restart` starts it again with the same profile */
  readonly kill: () => Promise<void>;
  /** evaluates in the extension's background worker */
  readonly inBackground: <Value>(expression: string) => Promise<Value>;
  readonly pageOf: (tab: Tab) => Page;
  readonly extensionOrigin: () => string;
};

/** Starts Chromium with the built extension. */
export async function launchChromium(options: LaunchOptions = {}): Promise<ChromiumBrowser> {
  const profile =
    options.profile === undefined
      ? await makeProfile()
      : { path: options.profile, remove: () => Promise.resolve() };
  const pages = new WeakMap<Tab, Page>();
  let context: BrowserContext;
  let worker: Worker;

  const start = async () => {
    context = await chromium.launchPersistentContext(profile.path, {
      executablePath: chromiumProgram,
      headless: true,
      timeout: 2 * patienceMs,
      chromiumSandbox: false,
      viewport: { width: 1200, height: 800 },
      args: [
        ...chromiumArguments(options, options.extension ?? builtExtension('chromium')),
        // The toolbar's popup is no page of the context; it is reached through a connection of its own.
        '--remote-debugging-port=0',
      ],
    });
    context.setDefaultTimeout(patienceMs);
    worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  };
  await start();

  const originOf = () => `chrome-extension://${new URL(worker.url()).host}`;
  const pageOf = (tab: Tab): Page => {
    const page = pages.get(tab);
    if (page === undefined) throw new Error('The tab belongs to another browser.');
    return page;
  };
  const open = async (address: string): Promise<Tab> => {
    const page = await context.newPage();
    const tab = tabOf(page);
    pages.set(tab, page);
    await page.goto(address);
    return tab;
  };
  const inBackground = async <Value>(expression: string): Promise<Value> => {
    await until('the background answers', () =>
      worker.evaluate('typeof chrome === "object" && typeof chrome.tabs === "object"'),
    );
    return (await worker.evaluate(expression)) as Value;
  };
  const idOf = async (tab: Tab): Promise<number> => {
    const page = pageOf(tab);
    await page.bringToFront();
    return until('the tab has an id', () =>
      inBackground<number | undefined>(
        // Where the extension may not see the page, its tab has no address.
        `chrome.tabs.query({ active: true }).then((tabs) => tabs.find((tab) => tab.status === 'complete' && [${JSON.stringify(page.url())}, undefined].includes(tab.url))?.id)`,
      ),
    );
  };

  return {
    name: 'chromium',
    open,
    openPopup: async (of) => open(`${originOf()}/popup/index.html?tab=${await idOf(of)}`),
    openToolbarPopup: async (over) => {
      await idOf(over);
      await inBackground('chrome.action.openPopup()');
      await until('the popup is open', async () =>
        inBackground<boolean>(
          "chrome.runtime.getContexts({ contextTypes: ['POPUP'] }).then((all) => all.length === 1)",
        ),
      );
      return popupAt(await debuggingAddressOf(profile.path), `${originOf()}/popup/index.html`);
    },
    openPage: (path) => open(`${originOf()}/${path}`),
    countOnIcon: async (of) => inBackground(`chrome.action.getBadgeText({ tabId: ${await idOf(of)} })`),
    restart: async () => {
      await context.close();
      await start();
    },
    close: async () => {
      await context.close();
      await profile.remove();
    },
    context: () => context,
    background: () => worker,
    kill: async () => {
      const gone = new Promise((done) => context.once('close', done));
      process.kill(-(await processOf(profile.path)), 'SIGKILL');
      await gone;
    },
    inBackground,
    pageOf,
    extensionOrigin: originOf,
  };
}

/** The process that holds a profile, first of its group: Chromium writes it down as `host-number`. */
async function processOf(profile: string): Promise<number> {
  const holder = await readlink(join(profile, 'SingletonLock'));
  const id = Number(/-([1-9]\d*)$/.exec(holder)?.[1]);
  if (!Number.isSafeInteger(id)) throw new Error(`Nobody holds the profile: ${holder}`);
  return id;
}

/** Where a running Chromium can be spoken to: it writes the port down in its profile. */
async function debuggingAddressOf(profile: string): Promise<string> {
  const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  return `http://127.0.0.1:${port}`;
}

/** A connection made before the popup opened would never see it (Chromium 156). */
async function popupAt(endpoint: string, address: string): Promise<ToolbarPopup> {
  const connected = await chromium.connectOverCDP(endpoint);
  const page = await until('the popup is seen', () =>
    connected
      .contexts()
      .flatMap((one) => one.pages())
      .find((one) => one.url() === address),
  );
  return {
    text: () => page.evaluate<string>(drawnText()),
    press: (name) => page.getByRole('button', { name, exact: true }).first().click({ timeout: patienceMs }),
    size: () => page.evaluate('({ width: innerWidth, height: innerHeight })'),
    close: async () => {
      await page.close();
      await connected.close();
    },
  };
}

/** Chromium's switches: no traffic but to this machine, and one extension or none. */
export function chromiumArguments(options: LaunchOptions, extension?: string): string[] {
  const { hosts = {}, trusted = [] } = options;
  const named = Object.entries(hosts).map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`);
  const rules = [...named, 'MAP * ~NOTFOUND', 'EXCLUDE localhost', 'EXCLUDE 127.0.0.1'].join(', ');
  return [
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    `--host-resolver-rules=${rules}`,
    ...trusted.map((origin) => `--unsafely-treat-insecure-origin-as-secure=${origin}`),
    ...(extension === undefined
      ? []
      : [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`]),
  ];
}

/** One page of Chromium, with or without the extension. */
export function tabOf(page: Page): Tab {
  const find = (role: Role, name?: string) =>
    page.getByRole(role, name === undefined ? {} : { name, exact: true });
  return {
    goto: async (address) => void (await page.goto(address)),
    reload: async () => void (await page.reload()),
    address: async () => page.url(),
    click: (role, name, nth = 0) => find(role, name).nth(nth).click(),
    fill: (role, name, text) => find(role, name).first().fill(text),
    giveFile: (path) => page.locator('input[type=file]').setInputFiles(path),
    press: (key) => page.keyboard.press(key),
    count: (role, name) => find(role, name).count(),
    text: () => page.evaluate<string>(drawnText()),
    evaluate: (expression) => page.evaluate(expression),
    screenshot: async (file) => void (await page.screenshot({ path: file, fullPage: true })),
    close: () => page.close(),
  };
}
