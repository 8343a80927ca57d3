import { CompactEncrypt, compactDecrypt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { base64UrlOf, bytesOfBase64Url, utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { type DeviceKeys, newDeviceKeys } from './device-keys.ts';
import { openBox, sealBox } from './sealed-box.ts';

let keys: DeviceKeys;
let other: DeviceKeys;
beforeAll(async () => {
  keys = await newDeviceKeys();
  other = await newDeviceKeys();
});

const content = { hello: 'device' };
const maxLength = 4096;
const cannotOpen = { ok: false, error: { code: 'sync-distrust', facts: { reason: 'cannot-open' } } };

async function sealedBy(header: JsonObject, plain = content): Promise<string> {
  const raw = bytesOfBase64Url(keys.device.box) ?? new Uint8Array();
  const key = await crypto.subtle.importKey('raw', raw, 'X25519', true, []);
  return new CompactEncrypt(utf8(JSON.stringify(plain)))
    .setProtectedHeader(header as never)
    .encrypt(key, { crit: {} });
}

/** The box with a changed header: what was sealed does not fit it, and it must not come so far that this is tried. */
async function withHeader(change: (header: JsonObject) => unknown): Promise<string> {
  const [header = '', ...rest] = (await sealBox(content, keys.device.box)).split('.');
  const text = new TextDecoder().decode(bytesOfBase64Url(header));
  const changed = change(JSON.parse(text) as JsonObject);
  return [base64UrlOf(utf8(typeof changed === 'string' ? changed : JSON.stringify(changed))), ...rest].join(
    '.',
  );
}

describe('a box for one device', () => {
  it('is opened by that device, and each is sealed anew', async () => {
    const [one, two] = [await sealBox(content, keys.device.box), await sealBox(content, keys.device.box)];
    expect(one).not.toBe(two);
    expect(await openBox(one, keys.box, maxLength)).toEqual({ ok: true, value: content });
    expect(await openBox(two, keys.box, maxLength)).toEqual({ ok: true, value: content });
    expect(await openBox(one, other.box, maxLength)).toMatchObject(cannotOpen);
    expect(await openBox(one, keys.box, one.length)).toMatchObject({ ok: true });
    expect(await openBox(one, keys.box, one.length - 1)).toMatchObject(cannotOpen);
  });

  it('is a JWE for everybody else: a library opens ours, and we open its', async () => {
    const opened = await compactDecrypt(await sealBox(content, keys.device.box), keys.box);
    expect(JSON.parse(new TextDecoder().decode(opened.plaintext))).toEqual(content);
    const theirs = await sealedBy({ alg: 'ECDH-ES', enc: 'A256GCM' });
    expect(await openBox(theirs, keys.box, maxLength)).toEqual({ ok: true, value: content });
  });

  it('is not opened once a character of it is another', async () => {
    const box = await sealBox(content, keys.device.box);
    for (let index = 0; index < box.length; index += 7) {
      if (box[index] === '.') continue;
      const changed = `${box.slice(0, index)}${box[index] === 'A' ? 'B' : 'A'}${box.slice(index + 1)}`;
      expect(await openBox(changed, keys.box, maxLength)).toMatchObject(cannotOpen);
    }
  });

  it.each<[string, JsonObject]>([
    ['another encryption', { alg: 'ECDH-ES', enc: 'A128GCM' }],
    ['a wrapped key', { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' }],
    ['a name for its key', { alg: 'ECDH-ES', enc: 'A256GCM', kid: 'x' }],
    ['a type', { alg: 'ECDH-ES', enc: 'A256GCM', typ: 'x' }],
    ['a party named', { alg: 'ECDH-ES', enc: 'A256GCM', apu: 'AAAA' }],
  ])('is refused with %s, although it would open (T12)', async (_, header) => {
    const box = await sealedBy(header);
    expect(await openBox(box, keys.box, maxLength)).toMatchObject(cannotOpen);
    expect(
      await openBox(await sealedBy({ alg: 'ECDH-ES', enc: 'A256GCM' }), keys.box, maxLength),
    ).toMatchObject({
      ok: true,
    });
  });

  it.each<[string, (header: JsonObject) => unknown]>([
    ['compression', (header) => ({ ...header, zip: 'DEF' })],
    ['what must be understood', (header) => ({ ...header, crit: ['zip'], zip: 'DEF' })],
    ['the direct key', (header) => ({ ...header, alg: 'dir' })],
    ['a key of small order', (header) => ({ ...header, epk: { ...epkOf(header), x: 'A'.repeat(43) } })],
    ['another curve', (header) => ({ ...header, epk: { ...epkOf(header), crv: 'P-256' } })],
    ['a secret in its key', (header) => ({ ...header, epk: { ...epkOf(header), d: 'A'.repeat(43) } })],
    ['an address for its key', (header) => ({ ...header, jku: 'https://evil.example/' })],
    ['a member twice', (header) => JSON.stringify(header).replace('{', '{"alg":"dir",')],
    ['spaces', (header) => JSON.stringify(header, undefined, 1)],
    ['no object', () => '[]'],
  ])('is refused with %s in its header (T12)', async (_, change) => {
    expect(await openBox(await withHeader(change), keys.box, maxLength)).toMatchObject(cannotOpen);
  });

  it('is refused with parts missing or too many', async () => {
    const box = await sealBox(content, keys.device.box);
    for (const changed of ['', '.', '....', box.slice(0, box.lastIndexOf('.')), `${box}.`, `${box}.AAAA`])
      expect(await openBox(changed, keys.box, maxLength)).toMatchObject(cannotOpen);
  });
});

function epkOf(header: JsonObject): JsonObject {
  return header['epk'] as JsonObject;
}
