import type { Device } from './commit.ts';
import { kidOf, type Signer } from './compact-jws.ts';
import { boxKeyOf, signerOf, signingKeyOf } from './signer.ts';

/** A device's own keys: handles that cannot be read out, kept where the browser keeps structured values. */
export type DeviceKeys = { readonly device: Device; readonly sign: CryptoKey; readonly box: CryptoKey };

/** Fresh keys for this device. Their secrets never exist outside the browser's own key store. */
export async function newDeviceKeys(): Promise<DeviceKeys> {
  const sign = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const box = await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
  if (!('publicKey' in sign) || !('publicKey' in box)) throw new TypeError('a key pair was expected');
  const signKey = signingKeyOf(new Uint8Array(await crypto.subtle.exportKey('raw', sign.publicKey)));
  const boxKey = boxKeyOf(new Uint8Array(await crypto.subtle.exportKey('raw', box.publicKey)));
  const device = { kid: await kidOf(signKey), sign: signKey, box: boxKey };
  return { device, sign: sign.privateKey, box: box.privateKey };
}

/** The device as one who signs. */
export function deviceSigner(keys: Pick<DeviceKeys, 'device' | 'sign'>): Promise<Signer> {
  return signerOf(keys.device.sign, keys.sign);
}
