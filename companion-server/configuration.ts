import { randomUUID } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { type Handle, parseHandle } from '../shared/model/brands.ts';
import type { DatabasePlace } from './storage/engine.ts';

export type Configuration = {
  readonly port: number;
  readonly dataDirectory: string;
  readonly database: DatabasePlace;
  /** what signed requests, links and ETags are made of; absent: `http://localhost:` and the port listened on */
  readonly publicOrigin?: string;
  /** addresses or blocks of proxies whose `X-Forwarded-For` is believed */
  readonly trustedProxies: readonly TrustedBlock[];
  /** exact origins that the fetch guard lets through */
  readonly fetchAllow: readonly string[];
  /** the guard reads plain http too */
  readonly fetchHttp: boolean;
  /** Chromium's ids of the extension whose passkeys are taken; empty: of any */
  readonly extensionIds: readonly string[];
  /** multiplies every rate of design §16 */
  readonly rateScale: number;
  /** requests that are worked on at once; more are asked to come again */
  readonly maxRequests: number;
  readonly secretsFile: string;
  /** handles that nobody may take, beside those that are reserved everywhere */
  readonly blockedHandles: ReadonlySet<Handle>;
  /** how the operator is reached by whoever reports a page: an e-mail address or a web page; absent: not said */
  readonly reportContact?: ReportContact;
};

/** `text`: as it is shown; `address`: where its link leads. */
export type ReportContact = { readonly text: string; readonly address: string };

export type TrustedBlock = {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
};

/** A variable that cannot be used; its message is the one sentence that an operator reads. */
export class ConfigurationError extends Error {}

export type Environment = Readonly<Record<string, string | undefined>>;

const defaultPort = 4100;
const defaultMaxRequests = 128;

/** Reads the environment once, at the start. Throws `ConfigurationError` at the first variable that is wrong. */
export function readConfiguration(environment: Environment): Configuration {
  const value = (name: string) => {
    const text = environment[name]?.trim();
    return text === '' ? undefined : text;
  };
  const publicOrigin = value('PUBLIC_ORIGIN');
  const reportContact = value('REPORT_CONTACT');
  const dataDirectory = resolve(value('DATA_DIR') ?? '.data');
  return {
    port: portOf('PORT', value('PORT'), defaultPort),
    dataDirectory,
    database: databaseOf(value('DATABASE_URL'), dataDirectory),
    ...(publicOrigin === undefined ? {} : { publicOrigin: originOf('PUBLIC_ORIGIN', publicOrigin) }),
    trustedProxies: listOf(value('TRUSTED_PROXIES')).map(blockOf),
    fetchAllow: listOf(value('FETCH_ALLOW')).map((each) => originOf('FETCH_ALLOW', each)),
    fetchHttp: flagOf('FETCH_HTTP', value('FETCH_HTTP')),
    extensionIds: listOf(value('EXTENSION_IDS')).map(extensionIdOf),
    rateScale: scaleOf('RATE_SCALE', value('RATE_SCALE')),
    maxRequests: countOf('MAX_REQUESTS', value('MAX_REQUESTS'), defaultMaxRequests),
    secretsFile: resolve(value('SECRETS_FILE') ?? join(dataDirectory, 'secrets.json')),
    blockedHandles: new Set(listOf(value('BLOCKED_HANDLES')).map(blockedHandleOf)),
    ...(reportContact === undefined ? {} : { reportContact: contactOf(reportContact) }),
    ...laterParts(value('SMTP_URL'), value('METRICS_PORT')),
  };
}

/** Makes the folder of the data where it is missing, and tries whether it can be written. */
export function prepareDataDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const probe = join(realpathSync(directory), `.write-test-${randomUUID()}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new ConfigurationError(`DATA_DIR ${quoted(directory)} cannot be written (${reasonOf(error)}).`);
  }
}

/** What the system says of a failed file, in its own short code. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

/** Checked already, so that a wrong value shows today and not with the version that uses it. */
function laterParts(smtpUrl: string | undefined, metricsPort: string | undefined): Record<never, never> {
  if (smtpUrl !== undefined && !/^smtps?:\/\/[^\s]+$/.test(smtpUrl))
    throw new ConfigurationError(`SMTP_URL must begin with smtp:// or smtps://, but it does not.`);
  portOf('METRICS_PORT', metricsPort, 0);
  return {};
}

function databaseOf(url: string | undefined, dataDirectory: string): DatabasePlace {
  if (url === undefined) return { engine: 'sqlite', location: dataDirectory };
  // The value may hold a password, so that the sentence does not repeat it.
  if (!/^postgres(?:ql)?:\/\/\S+$/.test(url))
    throw new ConfigurationError(
      'DATABASE_URL must begin with postgres:// or postgresql://, but it does not.',
    );
  return { engine: 'postgresql', location: url };
}

function portOf(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535))
    throw new ConfigurationError(
      `${name} must be a whole number from 0 to 65535, but it is ${quoted(text)}.`,
    );
  return port;
}

function countOf(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1)
    throw new ConfigurationError(`${name} must be a whole number above 0, but it is ${quoted(text)}.`);
  return count;
}

function originOf(name: string, text: string): string {
  const sentence = `${name} must be an origin such as https://backpack.example, without a path, but it is ${quoted(text)}.`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ConfigurationError(sentence);
  }
  const isOrigin = (url.protocol === 'https:' || url.protocol === 'http:') && `${url.origin}/` === url.href;
  if (!isOrigin || (text !== url.origin && text !== url.href)) throw new ConfigurationError(sentence);
  return url.origin;
}

function blockOf(text: string): TrustedBlock {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (version === 0 || rest.length > 0 || !(length <= bits))
    throw new ConfigurationError(
      `TRUSTED_PROXIES must be addresses or blocks such as 10.0.0.0/8, with commas between, but one is ${quoted(text)}.`,
    );
  return { address, prefix: length, family: version === 4 ? 'ipv4' : 'ipv6' };
}

function extensionIdOf(text: string): string {
  if (!/^[a-p]{32}$/.test(text))
    throw new ConfigurationError(
      `EXTENSION_IDS must be ids of 32 letters from a to p, with commas between, but one is ${quoted(text)}.`,
    );
  return text;
}

function blockedHandleOf(text: string): Handle {
  const handle = parseHandle(text);
  if (!handle.ok)
    throw new ConfigurationError(
      `BLOCKED_HANDLES must be names of 3 to 30 small letters, numbers and single hyphens, with commas between, but one is ${quoted(text)}.`,
    );
  return handle.value;
}

function contactOf(text: string): ReportContact {
  if (/^[^\s@:/?#%&<>"]{1,64}@[a-z0-9.-]{1,190}$/i.test(text)) return { text, address: `mailto:${text}` };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPage = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === undefined || !isPage || url.username !== '' || text.length > 200)
    throw new ConfigurationError(
      `REPORT_CONTACT must be an e-mail address or the address of a web page, but it is ${quoted(text)}.`,
    );
  return { text: url.href, address: url.href };
}

function flagOf(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '0') return false;
  if (text === '1') return true;
  throw new ConfigurationError(`${name} must be 1 or 0, but it is ${quoted(text)}.`);
}

function scaleOf(name: string, text: string | undefined): number {
  if (text === undefined) return 1;
  const scale = /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(scale > 0))
    throw new ConfigurationError(`${name} must be a number above 0, but it is ${quoted(text)}.`);
  return scale;
}

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,]+/).filter((each) => each !== '');
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 200));
}
