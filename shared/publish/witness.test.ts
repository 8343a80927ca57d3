import { describe, expect, it } from 'vitest';
import type { Instant, Sha256 } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import { deviceSigner, newDeviceKeys } from '../sync/device-keys.ts';
import {
  parseWitnessFile,
  parseWitnessKeys,
  readStatement,
  signStatement,
  type WitnessStatement,
  witnessKeysOf,
} from './witness.ts';

const hash = 'A'.repeat(43) as Sha256;
const at = '2026-03-01T00:00:00.000Z' as Instant;
const statement: WitnessStatement = {
  v: 1,
  iss: 'https://backpack.example',
  at,
  doc: hash,
  outcome: 'valid',
  reason: 'all-passed',
  seen: [{ address: 'https://academy.example/1', status: 200, hash, at }],
};
const signer = await deviceSigner(await newDeviceKeys());
const stranger = await deviceSigner(await newDeviceKeys());

describe('what a server states', () => {
  it('is read with its keys, and names the one that signed', async () => {
    const token = await signStatement(statement, signer);
    const read = await readStatement(token, await witnessKeysOf(signer));
    expect(read).toEqual({ ok: true, value: { statement, kid: signer.kid } });
  });

  it('is not taken with a changed letter, another key, or another word', async () => {
    const token = await signStatement(statement, signer);
    const keys = await witnessKeysOf(signer);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const other = (await signStatement({ ...statement, outcome: 'revoked' }, signer)).split('.')[1];
    expect((await readStatement(`${header}.${other}.${signature}`, keys)).ok).toBe(false);
    expect((await readStatement(token, await witnessKeysOf(stranger))).ok).toBe(false);
    expect((await readStatement(`${header}.${payload}`, keys)).ok).toBe(false);
    const more = { ...statement, more: 1 } as WitnessStatement;
    expect((await readStatement(await signStatement(more, signer), keys)).ok).toBe(false);
  });

  it('comes in a file with its keys', async () => {
    const keys = await witnessKeysOf(signer);
    const file = {
      type: 'backpack-witness',
      iss: statement.iss,
      ...keys,
      statements: [await signStatement(statement, signer)],
    };
    expect(parseWitnessFile(utf8(JSON.stringify(file)))).toEqual({ ok: true, value: file });
    expect(parseWitnessKeys(utf8(JSON.stringify(keys)))).toEqual({ ok: true, value: keys });
    for (const bad of [{}, { ...file, type: 'other' }, { ...file, keys: [{ kty: 'RSA' }] }])
      expect(parseWitnessFile(utf8(JSON.stringify(bad))).ok).toBe(false);
  });
});
