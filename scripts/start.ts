import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.ts';

/*
 * The main job: builds the extension and the server, starts the companion server and the demo issuer,
 * opens a browser with the extension where there is a display, and says what to do next.
 */
const root = join(import.meta.dirname, '..');
const port = process.env['PORT'] ?? '4100';
const demoPort = process.env['DEMO_PORT'] ?? '4200';
const demoOrigin = `http://localhost:${demoPort}`;
const dataDir = process.env['DATA_DIR'] ?? join(root, '.data');
const startTimeoutMs = 60_000;

/** One sentence for whatever would let the start fail later, told before anything is built. */
async function refusalOf(): Promise<string | undefined> {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch {
    return `DATA_DIR ${JSON.stringify(dataDir)} cannot be written.`;
  }
  const ports: readonly (readonly [name: string, text: string])[] = [
    ['PORT', port],
    ['DEMO_PORT', demoPort],
  ];
  for (const [name, text] of ports) {
    if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65_535)
      return `${name} must be a whole number from 1 to 65535, but it is ${JSON.stringify(text)}.`;
    if (!(await isFree(Number(text))))
      return `Port ${text} is in use: end what listens there, or choose another with ${name}.`;
  }
  return undefined;
}

function isFree(asked: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((done) => {
    probe.once('error', () => done(false));
    probe.listen(asked, () => probe.close(() => done(true)));
  });
}

const refusal = await refusalOf();
if (refusal !== undefined) {
  console.error(refusal);
  process.exit(1);
}
console.log('Building the extension and the server …');
try {
  await build(['chromium', 'firefox', 'server'], `http://localhost:${port}/`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

const children: ChildProcess[] = [];
let ending = false;

// Each child ends by itself when this process is gone: its ipc channel closes even after SIGKILL.
function startChild(name: string, args: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: root,
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.once('exit', (code) => {
    if (ending) return;
    // One that failed has said why.
    if (code === 0 || code === null) console.error(`The ${name} has stopped; ending.`);
    end(code === 0 ? 1 : (code ?? 1));
  });
  children.push(child);
  return child;
}

function end(code: number): void {
  if (ending) return;
  ending = true;
  process.exitCode = code;
  for (const child of children) if (child.connected) child.disconnect();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    console.log('\nEnding; everything is saved.');
    end(0);
  });

async function answers(address: string): Promise<boolean> {
  const until = Date.now() + startTimeoutMs;
  while (!ending && Date.now() < until) {
    try {
      // A first try may hang on a socket that was opened while the server was still starting.
      if ((await fetch(address, { signal: AbortSignal.timeout(2_000) })).ok) return true;
    } catch {
      // Not listening yet: asked again shortly.
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}

startChild('companion server', [join(root, 'dist', 'server', 'main.js')], {
  PORT: port,
  DATA_DIR: dataDir,
  FETCH_ALLOW: process.env['FETCH_ALLOW'] ?? demoOrigin,
});
startChild('demo issuer', [join(root, 'e2e', 'issuers', 'demo.ts')], {
  DEMO_PORT: demoPort,
  DATA: join(dataDir, 'demo-issuer'),
});

const [serverUp, demoUp] = await Promise.all([
  answers(`http://localhost:${port}/readyz`),
  answers(`${demoOrigin}/`),
]);
if (!serverUp || !demoUp) {
  if (!ending) console.error(`The ${serverUp ? 'demo issuer' : 'companion server'} did not answer in time.`);
  end(1);
} else {
  const opened = openBrowser();
  console.log(`
Companion server  http://localhost:${port}
Demo issuer       ${demoOrigin}
Extension         ${join(root, 'dist', 'chromium')}  and  ${join(root, 'dist', 'firefox')}

Next:
  1. ${
    opened
      ? 'In the browser that has just opened, look at the School of Webcraft.'
      : `Load the extension: in Chromium open chrome://extensions, switch on developer mode, choose "Load unpacked" and the
     folder dist/chromium (in Firefox: about:debugging, "Load Temporary Add-on", dist/firefox/manifest.json).
     Then open ${demoOrigin}.`
  }
  2. Earn a badge there, then press the Backpack button in the toolbar and "Claim badge".
  3. Open the backpack from the popup: publish what you like, and see it at http://localhost:${port}/@your-handle.

Ctrl-C ends both servers; nothing is lost.`);
}

function openBrowser(): boolean {
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (process.argv.includes('--no-browser') || !hasDisplay) return false;
  const program = [
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].find((path) => path !== undefined && existsSync(path));
  if (program === undefined) return false;
  const profile = mkdtempSync(join(tmpdir(), 'backpack-browser-'));
  const extension = join(root, 'dist', 'chromium');
  const browser = spawn(
    program,
    [
      `--user-data-dir=${profile}`,
      '--no-first-run',
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      demoOrigin,
    ],
    { stdio: 'ignore', detached: true },
  );
  browser.once('error', () => console.error('The browser could not be opened; load the extension by hand.'));
  browser.unref();
  return true;
}
