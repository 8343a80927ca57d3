import { describe, expect, it } from 'vitest';
import { base64UrlOf, hexOf } from '../model/bytes.ts';
import { accountIdOf } from './chain.ts';
import { deriveBytes, rootKeysOf } from './key-schedule.ts';
import { heldKeysOf, openKeyring, sealKeyring } from './keyring.ts';
import { recordIdOfBlob, recordIdOfDoc } from './record-id.ts';
import { recoveryKeysOf, recoveryUnlockerOf, unwrapRoot, wrapRoot } from './root-wrap.ts';

/** Worked out a second time with Python's hmac, hashlib and cryptography. They must never change. */
const root = Uint8Array.from({ length: 32 }, (_, index) => index);
const code = Uint8Array.from({ length: 16 }, (_, index) => index * 17);
const zeros = (bytes: number) => new Uint8Array(bytes);
const keyring = {
  epochs: [{ e: 1, key: base64UrlOf(new Uint8Array(32).fill(1)) }],
  blind: base64UrlOf(new Uint8Array(32).fill(2)),
  oldInbox: [],
};

describe('the key schedule', () => {
  it.each([
    ['account', '562cc3a5ff6396d3463a744b6d712a89dee75b2eb6dd3cc664e9bf2e4ba34ebc'],
    ['identity', '15aa0e03707fb4da0ed247c27f6191071a44759a505a192ba798a2ea9c008abb'],
    ['inbox', '3e11ca3d191c0dd38c284ac635913cf6f1e5ab50f9c00b2ef8555730796e659b'],
    ['passkey-wrap', 'ce55fc51bec022beff16c4747b18c8004d258845c7b5dd9e7048d29eee40894e'],
    ['passkey-user', '8663be51a5408b80aa3e104735bcf7c8bc24167232e51c8aa45ac64b6ea29f72'],
    ['vault', '5466cf52e060ca8c2eaf6a718157b4ecec008fb8ac0349e2de61f58ac2ae186a'],
  ])('derives the %s key by its label alone', async (label, expected) => {
    expect(hexOf(await deriveBytes(root, label))).toBe(expected);
  });

  it('gives the same keys of one root on every device', async () => {
    const keys = await rootKeysOf(root);
    expect(keys.account.key).toBe('zyqFuySiPz5wIbH0-ozR3j0MGV7lQmmE8fwDLa05cRg');
    expect(keys.identity.key).toBe('FJyXnMCCbcN1MfAGmXz0uhvTmIO6JKKjs0hMzo-wo68');
    expect(keys.inbox.key).toBe('jDqr2fdmqcfn0sEMY94LjpXZD0B0LMKCF4o7NyQVHXI');
    expect(await accountIdOf(keys.account.key)).toBe('_CjRNLCwvjOQhd8B2J1Yme6Y5C_Ap5ftJhpAGkbUmc0');
  });

  it('names records by nothing that can be guessed from outside', async () => {
    const held = await heldKeysOf(keyring, await accountIdOf((await rootKeysOf(root)).account.key));
    const id = await recordIdOfDoc(held.blind, 'badge|AAAA');
    expect(id).toBe('ndxE60zc3tF1YukqqNtlsa2s-wUDKR_tOEMBgZ8I7Jw');
    expect(await recordIdOfBlob(held.blind, id, 0)).not.toBe(await recordIdOfBlob(held.blind, id, 1));
  });

  it('keeps no key that could be read out again', async () => {
    const { vault } = await rootKeysOf(root);
    const held = await heldKeysOf(keyring, await accountIdOf((await rootKeysOf(root)).account.key));
    for (const key of [vault, held.blind, ...held.epochs.map((epoch) => epoch.key)])
      expect(key.extractable).toBe(false);
  });
});

describe('the recovery code', () => {
  it('opens the root it wraps, and nothing else', async () => {
    const acct = await accountIdOf((await rootKeysOf(root)).account.key);
    const { signer, wrapping } = await recoveryKeysOf(code);
    expect(signer.key).toBe('MbV9NARamxFZJRkCs4ueuHo-qywr_ykwHhwXZGPCPXw');
    const place = { acct, kind: 'recovery', id: 'AAAAAAAAAAAAAAAAAAAAAA' };
    const wrap = await wrapRoot(root, wrapping, place, zeros);
    expect(wrap).toBe('AAAAAAAAAAAAAAAAySWFvWVKSG9gggHH69zuQcH40HJHZQSTOvAmi60ptUSE1s0x5rRlyIJ5dsDQHGDo');
    expect(await unwrapRoot(wrap, wrapping, place)).toEqual({ ok: true, value: root });
    for (const other of [
      { ...place, kind: 'passkey' },
      { ...place, id: 'BAAAAAAAAAAAAAAAAAAAAA' },
    ])
      expect((await unwrapRoot(wrap, wrapping, other)).ok).toBe(false);
    const { wrapping: wrong } = await recoveryKeysOf(zeros(16));
    expect((await unwrapRoot(wrap, wrong, place)).ok).toBe(false);
    expect((await unwrapRoot('', wrapping, place)).ok).toBe(false);
    expect(await recoveryUnlockerOf(code, root, acct, zeros)).toMatchObject({ kind: 'recovery', wrap });
  });
});

describe('the keyring', () => {
  it('opens for its own account and root alone', async () => {
    const keys = await rootKeysOf(root);
    const acct = await accountIdOf(keys.account.key);
    const sealed = await sealKeyring(keyring, acct, keys.vault, zeros);
    expect(await openKeyring(sealed, acct, keys.vault)).toEqual({ ok: true, value: keyring });
    const other = await rootKeysOf(zeros(32));
    expect((await openKeyring(sealed, acct, other.vault)).ok).toBe(false);
    const elsewhere = await accountIdOf(other.account.key);
    expect((await openKeyring(sealed, elsewhere, keys.vault)).ok).toBe(false);
    expect((await openKeyring(`Ag${sealed.slice(2)}`, acct, keys.vault)).ok).toBe(false);
    expect((await openKeyring('', acct, keys.vault)).ok).toBe(false);
  });
});
