import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError, prepareDataDirectory, readConfiguration } from './configuration.ts';

const scratch = mkdtempSync(join(tmpdir(), 'backpack-configuration-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the environment of the server', () => {
  it('needs nothing', () => {
    expect(readConfiguration({})).toMatchObject({
      port: 4100,
      fetchAllow: [],
      fetchHttp: false,
      rateScale: 1,
      trustedProxies: [],
      blockedHandles: new Set(),
    });
    expect(readConfiguration({})).not.toHaveProperty('reportContact');
    expect(readConfiguration({ PORT: ' ', PUBLIC_ORIGIN: '' })).toEqual(readConfiguration({}));
  });

  it('is read whole', () => {
    const configuration = readConfiguration({
      PORT: '8080',
      DATA_DIR: scratch,
      DATABASE_URL: 'postgres://backpack@db.example/backpack',
      PUBLIC_ORIGIN: 'https://backpack.example/',
      TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      FETCH_ALLOW: 'http://localhost:4200 https://issuer.example',
      FETCH_HTTP: '1',
      EXTENSION_IDS: 'abcdefghijklmnopabcdefghijklmnop',
      RATE_SCALE: '2.5',
      MAX_REQUESTS: '64',
      SECRETS_FILE: join(scratch, 's.json'),
      SMTP_URL: 'smtp://localhost:25',
      METRICS_PORT: '9100',
      BLOCKED_HANDLES: 'mayor, school-board',
      REPORT_CONTACT: 'abuse@backpack.example',
    });
    expect(configuration).toEqual({
      port: 8080,
      dataDirectory: scratch,
      database: { engine: 'postgresql', location: 'postgres://backpack@db.example/backpack' },
      publicOrigin: 'https://backpack.example',
      trustedProxies: [
        { address: '10.0.0.0', prefix: 8, family: 'ipv4' },
        { address: '::1', prefix: 128, family: 'ipv6' },
      ],
      fetchAllow: ['http://localhost:4200', 'https://issuer.example'],
      fetchHttp: true,
      extensionIds: ['abcdefghijklmnopabcdefghijklmnop'],
      rateScale: 2.5,
      maxRequests: 64,
      secretsFile: join(scratch, 's.json'),
      blockedHandles: new Set(['mayor', 'school-board']),
      reportContact: { text: 'abuse@backpack.example', address: 'mailto:abuse@backpack.example' },
    });
    const page = 'https://backpack.example/contact';
    expect(readConfiguration({ REPORT_CONTACT: page }).reportContact).toEqual({ text: page, address: page });
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '41 00'],
    ['PORT', '4100.5'],
    ['PUBLIC_ORIGIN', 'backpack.example'],
    ['PUBLIC_ORIGIN', 'https://backpack.example/app'],
    ['PUBLIC_ORIGIN', 'ftp://backpack.example'],
    ['PUBLIC_ORIGIN', 'https://user:word@backpack.example'],
    ['PUBLIC_ORIGIN', 'https://backpack.example?x'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['TRUSTED_PROXIES', '::1/129'],
    ['FETCH_ALLOW', '*'],
    ['FETCH_ALLOW', 'localhost:4200'],
    ['FETCH_ALLOW', 'http://localhost:4200/x'],
    ['FETCH_HTTP', 'yes'],
    ['EXTENSION_IDS', 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'],
    ['EXTENSION_IDS', 'abcdefghijklmnopabcdefghijklmnoq'],
    ['RATE_SCALE', '0'],
    ['RATE_SCALE', '-1'],
    ['RATE_SCALE', 'fast'],
    ['RATE_SCALE', '1e9'],
    ['DATABASE_URL', 'mysql://localhost/backpack'],
    ['DATABASE_URL', 'localhost/backpack'],
    ['MAX_REQUESTS', '0'],
    ['MAX_REQUESTS', '-1'],
    ['SMTP_URL', 'localhost'],
    ['BLOCKED_HANDLES', 'mayor, Mayor'],
    ['BLOCKED_HANDLES', 'a'],
    ['REPORT_CONTACT', 'the office'],
    ['REPORT_CONTACT', 'javascript:alert(1)'],
    ['REPORT_CONTACT', 'mailto:x@y.example?bcc=z@y.example'],
    ['REPORT_CONTACT', 'https://user:word@backpack.example'],
    ['METRICS_PORT', 'x'],
  ])('refuses %s=%s in one sentence that names it', (name, value) => {
    const start = () => readConfiguration({ [name]: value });
    expect(start).toThrow(ConfigurationError);
    expect(start).toThrow(new RegExp(`^${name} [^\\n]+\\.$`));
  });

  it('never repeats the words of an SMTP account', () => {
    expect(() => readConfiguration({ SMTP_URL: 'user:hunter2@mail' })).toThrow(/^(?!.*hunter2)/);
  });

  it('refuses a folder that cannot be written', () => {
    // Below a regular file, because root may write into any folder.
    writeFileSync(join(scratch, 'file'), '');
    expect(() => prepareDataDirectory(join(scratch, 'file', 'data'))).toThrow(
      /^DATA_DIR .* cannot be written \(ENOTDIR\)\.$/,
    );
    expect(() => prepareDataDirectory(join(scratch, 'new', 'data'))).not.toThrow();
  });
});
