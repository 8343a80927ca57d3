import { expect, it } from 'vitest';
import { isJsonObject } from '../../model/json.ts';
import { buildBadge } from '../../testing/build-badge.ts';
import { buildIssuer } from '../../testing/build-issuer.ts';
import { signEmbedded } from '../../testing/sign-data-integrity.ts';
import { deriveCopy } from '../../testing/sign-selective-disclosure.ts';
import { isForHolderAlone } from './for-holder.ts';

it('tells the proof that is for the holder alone from the copies for others', async () => {
  const issuer = await buildIssuer({ algorithm: 'ES256' });
  const { document } = await buildBadge({ issuer, proof: 'ecdsa-rdfc-2019' });
  const base = await signEmbedded(document, {
    suite: 'ecdsa-sd-2023',
    key: issuer.key,
    verificationMethod: issuer.keyId,
    created: '2026-01-15T10:00:00Z',
  });
  expect(isForHolderAlone(base)).toBe(true);
  expect(isForHolderAlone({ ...base, proof: [{}, base['proof'] ?? {}] })).toBe(true);
  expect(isForHolderAlone(await deriveCopy(base, ['/name']))).toBe(false);
  expect(isForHolderAlone(document)).toBe(false);
  const proof = isJsonObject(base['proof']) ? base['proof'] : {};
  expect(isForHolderAlone({ proof: { ...proof, proofValue: 7 } })).toBe(false);
});
