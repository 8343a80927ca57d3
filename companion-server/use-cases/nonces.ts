import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { millisecondsOf } from '../../shared/model/brands.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { nonceLifetimeSeconds } from '../../shared/model/limits.ts';

/** Nonces that need no memory: the server's own time and a proof that it wrote it (design §3). */
export type Nonces = { readonly fresh: () => string; readonly isLive: (nonce: string) => boolean };

/** `secret`: shared by all processes of one server, so that each takes what another handed out. */
export function nonces(secret: Uint8Array, clock: Clock): Nonces {
  const seconds = () => Math.floor(millisecondsOf(clock()) / 1000);
  // Made once: reading a key takes longer than its use.
  const key = createSecretKey(secret);
  const proofOf = (time: string) => createHmac('sha256', key).update(`nonce|${time}`).digest('base64url');
  let last = { time: '', nonce: '' };
  return {
    // One is good for a second.
    fresh: () => {
      const time = String(seconds());
      if (time !== last.time) last = { time, nonce: `${time}.${proofOf(time)}` };
      return last.nonce;
    },
    isLive: (nonce) => {
      const [time = '', proof = ''] = nonce.split('.');
      const expected = Buffer.from(proofOf(time));
      const given = Buffer.from(proof);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
      if (nonce !== `${time}.${proof}`) return false;
      // One ahead of our clock was made by another process whose clock runs ahead of ours a little.
      const age = seconds() - Number(time);
      return age <= nonceLifetimeSeconds && age >= -nonceLifetimeSeconds;
    },
  };
}
