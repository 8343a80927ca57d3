import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { signerOfSeed } from '../sync/key-schedule.ts';
import { fixedClock } from '../testing/seeded.ts';
import { parseSignedRequest, signRequest } from './signed-request.ts';

describe('the signature of a request', () => {
  it.each([
    ['at once where there is no body', undefined, true],
    ['after the body was hashed', utf8('{}'), false],
  ])('is begun %s', async (_, body, isAtOnce) => {
    const signer = await signerOfSeed(new Uint8Array(32).fill(7));
    let hasBegun = false;
    const noting: typeof signer = {
      ...signer,
      sign: (bytes) => {
        hasBegun = true;
        return signer.sign(bytes);
      },
    };
    const request = { method: 'GET', address: 'https://server.example/v1/log', nonce: 'nonce' } as const;
    const effects = { clock: fixedClock(), random: (count: number) => new Uint8Array(count) };
    const signing = signRequest(body === undefined ? request : { ...request, body }, noting, effects);
    expect(hasBegun).toBe(isAtOnce);
    expect(parseSignedRequest(await signing)).toMatchObject({ ok: true, value: { request: { m: 'GET' } } });
    expect(hasBegun).toBe(true);
  });
});
