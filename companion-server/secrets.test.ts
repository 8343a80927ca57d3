import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from './configuration.ts';
import { loadSecrets } from './secrets.ts';

const scratch = mkdtempSync(join(tmpdir(), 'backpack-secrets-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const counting = (start: number) => (bytes: number) => new Uint8Array(bytes).fill(start);

describe('the secrets of the server', () => {
  it('are made once, and only their owner may read them', () => {
    const path = join(scratch, 'made', 'secrets.json');
    const made = loadSecrets(path, counting(1));
    expect(loadSecrets(path, counting(2))).toEqual(made);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(scratch, 'made'))).toEqual(['secrets.json']);
  });

  it.each(['', '{}', 'not json', '{"version":1,"nonce":"AA","pepper":"AA"}'])(
    'are never taken from %j',
    (text) => {
      const path = join(scratch, 'wrong.json');
      writeFileSync(path, text);
      expect(() => loadSecrets(path, counting(1))).toThrow(ConfigurationError);
    },
  );

  it('that cannot be written end in a sentence', () => {
    writeFileSync(join(scratch, 'file'), '');
    expect(() => loadSecrets(join(scratch, 'file', 's.json'), counting(1))).toThrow(
      /^SECRETS_FILE [^\n]*\.$/,
    );
  });
});
