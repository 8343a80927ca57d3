import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from '@playwright/test';
import { serveOnLoopback } from '../../companion-server/testing/loopback.ts';
import { buildBadge } from '../../shared/testing/build-badge.ts';
import { buildIssuer } from '../../shared/testing/build-issuer.ts';
import { testNow } from '../../shared/testing/seeded.ts';
import { buildVerifierChunks, bundle } from '../bundle/verifier-chunks.ts';
import { alternate, ceiling, compare, type Row, rounded, spreadOf } from './measure.ts';
import { peerFile, peerName } from './peers.ts';
import { usualBadge, warmed } from './verify-badges.ts';

type Which = 'usual' | 'peer' | 'nothing';
const badgesPerRound = 20;
/** Verifies nothing: what a page needs to load any module, and less than that nobody can take. */
const nothing = "export const verifyInPage = async () => ({ verdict: { outcome: 'valid' } });";
const peerPackages = [
  '@digitalbazaar/vc',
  '@digitalbazaar/data-integrity',
  '@digitalbazaar/eddsa-rdfc-2022-cryptosuite',
] as const;

/** What a page loads to verify a badge of the usual form, and how long that takes, cold and warm. */
export async function browserRows(): Promise<readonly Row[]> {
  const chunks = await buildVerifierChunks();
  // Without the line that has ours compiled as it arrives: with it the peers' took no less time (1.05, quartiles 0.80–1.24).
  const peer = await bundle('virtual:peer', [
    {
      name: 'peer',
      resolveId: (id) => (id === 'virtual:peer' ? '\0peer' : null),
      load: (id) => (id === '\0peer' ? peerEntry() : null),
    },
  ]);
  const kilobytes = (code: string) => gzipSync(code, { level: 9 }).length / 1024;
  const note = `the whole verifier, on demand, weighs ${kilobytes(chunks.whole).toFixed(1)} kB, the peers' bundle ${kilobytes(peer).toFixed(1)} kB`;
  const size = ceiling(
    'verify',
    'chunk of a page for the usual form, gzip',
    kilobytes(chunks.usual),
    19,
    'kB',
    note,
  );
  const site = await serve({
    '/usual.js': chunks.usual,
    '/whole.js': chunks.whole,
    '/peer.js': peer,
    '/nothing.js': nothing,
  });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    chromiumSandbox: false,
  });
  try {
    return [size, ...(await timeRows(browser, site.origin))];
  } finally {
    await browser.close();
    await site.close();
  }
}

async function timeRows(browser: Browser, origin: string): Promise<readonly Row[]> {
  const issuer = await buildIssuer();
  const badges: string[] = [];
  for (let index = 0; index < badgesPerRound; index += 1)
    badges.push((await usualBadge('eddsa-rdfc-2022', issuer, index)).text);
  const forged = (await buildBadge({ issuer, forgery: 'byte-changed' })).text;
  const page = await browser.newPage();
  await page.goto(origin);
  const refused = await Promise.all([ask(page, 'usual', [forged]), ask(page, 'peer', [forged])]);
  const warm = async (which: Which) => {
    const { cost, good } = await ask(page, which, badges);
    return good === badges.length ? cost / badges.length : Number.NaN;
  };
  const cold = async (which: Which) => {
    const fresh = await browser.newPage();
    await fresh.goto(origin);
    const { cost, good } = await ask(fresh, which, badges.slice(0, 1));
    await fresh.close();
    return good === 1 ? cost : Number.NaN;
  };
  const candidates = (once: (which: Which) => Promise<number>, ...which: readonly Which[]) =>
    which.map((name) => ({ name, once: () => once(name) }));
  const [warmOurs = [], warmPeer = []] = await warmed(candidates(warm, 'usual', 'peer'), badgesPerRound);
  const [coldOurs = [], coldPeer = [], coldNothing = []] = await alternate(
    candidates(cold, 'usual', 'peer', 'nothing'),
  );
  const baselineName = peerPackages.map(peerName).join(' + ');
  const sound = refused.every(({ good }) => good === 0);
  const common = { area: 'verify', unit: 'ms', baselineName, sound, note: `Chromium ${browser.version()}` };
  return [
    compare({
      ...common,
      measure: 'eddsa-rdfc-2022, whole check, Chromium, warm',
      atMost: 0.1,
      ours: warmOurs,
      baseline: warmPeer,
    }),
    compare({
      ...common,
      measure: 'new page in Chromium: module load to first verdict',
      note: `${common.note}; a module that does nothing takes ${rounded(spreadOf(coldNothing).median)} ms of it`,
      atMost: 0.2,
      ours: coldOurs,
      baseline: coldPeer,
    }),
  ];
}

/** Verifies in the page; answers the time from loading the module on, and how many it called good. */
function ask(
  page: Page,
  which: Which,
  badges: readonly string[],
): Promise<{ readonly cost: number; readonly good: number }> {
  return page.evaluate(
    async ({ which, badges, now }) => {
      const bytes = badges.map((text) => new TextEncoder().encode(text));
      const start = performance.now();
      const module = await import(`/${which}.js`);
      let good = 0;
      for (const one of bytes) {
        if (which === 'peer') {
          const credential = JSON.parse(new TextDecoder().decode(one));
          good += (await module.accepts(credential)) ? 1 : 0;
        } else {
          const fetch = async () => ({ ok: false, error: { code: 'offline', facts: {} } });
          const effects = { fetch, clock: () => now };
          const whole = () => import(`/${'whole'}.js`);
          const { verdict } = await module.verifyInPage({ kind: 'bytes', bytes: one }, {}, effects, whole);
          good += verdict.outcome === 'valid' ? 1 : 0;
        }
      }
      return { cost: performance.now() - start, good };
    },
    { which, badges, now: testNow },
  );
}

/** The same stack as a page would bundle it, with the contexts that the badge needs. */
function peerEntry(): string {
  const root = join(import.meta.dirname, '..', '..');
  const from = (path: string) => JSON.stringify(join(root, path));
  const lib = (name: string) => JSON.stringify(peerFile(name, 'lib/index.js'));
  return `
import { verifyCredential } from ${lib(peerPackages[0])};
import { DataIntegrityProof as Proof } from ${lib(peerPackages[1])};
import { cryptosuite } from ${lib(peerPackages[2])};
import { peerOver } from ${from('scripts/bench/verify-peer-core.ts')};
import v2 from ${from('shared/contexts/credentials-v2.json')};
import ob from ${from('shared/contexts/ob-v3p0-3.0.3.json')};
import did from ${from('shared/contexts/did-v1.json')};
import multikey from ${from('shared/contexts/multikey-v1.json')};
const contexts = new Map([
  ['https://www.w3.org/ns/credentials/v2', v2],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json', ob],
  ['https://www.w3.org/ns/did/v1', did],
  ['https://w3id.org/security/multikey/v1', multikey],
]);
export const accepts = peerOver({ verifyCredential, Proof, cryptosuite }, (address) => contexts.get(address));
`;
}

async function serve(files: Readonly<Record<string, string>>) {
  const { origin, end } = await serveOnLoopback((request, response) => {
    const code = files[request.url ?? ''];
    const isPage = request.url === '/';
    response.writeHead(code === undefined && !isPage ? 404 : 200, {
      'content-type': isPage ? 'text/html' : 'text/javascript',
      'cache-control': 'no-store',
    });
    response.end(code ?? '<!doctype html><title>Verify</title><link rel="icon" href="data:,">');
  });
  return { origin: `${origin}/`, close: end };
}
