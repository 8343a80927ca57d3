import { createHmac, timingSafeEqual } from 'node:crypto';
import { millisecondsOf } from '../../shared/model/brands.ts';
import { base64UrlOf, bytesOfBase64Url, concat } from '../../shared/model/bytes.ts';
import type { Clock, Random } from '../../shared/model/effects.ts';
import { nonceLifetimeSeconds } from '../../shared/model/limits.ts';

/** What passkeys sign: no two alike, and none needs memory before it is used (16 random bytes, time, proof). */
export type Challenges = {
  readonly fresh: () => string;
  readonly isLive: (challenge: string) => boolean;
};

/** `secret`: shared by all processes of one server, so that each takes what another handed out. */
export function challenges(secret: Uint8Array, clock: Clock, random: Random): Challenges {
  const seconds = () => Math.floor(millisecondsOf(clock()) / 1000);
  const proofOf = (words: Uint8Array) =>
    createHmac('sha256', secret).update('challenge|').update(words).digest();
  return {
    fresh: () => {
      const time = new DataView(new ArrayBuffer(8));
      time.setBigUint64(0, BigInt(seconds()));
      const words = concat(random(16), new Uint8Array(time.buffer));
      return base64UrlOf(concat(words, proofOf(words)));
    },
    isLive: (challenge) => {
      const bytes = bytesOfBase64Url(challenge);
      if (bytes?.length !== 16 + 8 + 32) return false;
      const words = bytes.subarray(0, 24);
      if (!timingSafeEqual(proofOf(words), bytes.subarray(24))) return false;
      const time = new DataView(words.buffer, words.byteOffset).getBigUint64(16);
      // One ahead of our clock was made by another process whose clock runs ahead of ours a little.
      return Math.abs(seconds() - Number(time)) <= nonceLifetimeSeconds;
    },
  };
}
