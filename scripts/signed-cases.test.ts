import { describe, expect, it } from 'vitest';
import { textOf } from '../shared/model/bytes.ts';
import type { JsonObject } from '../shared/model/json.ts';
import type { Reader, SignedCase } from '../shared/testing/signed-case.ts';
import { signedCases } from '../shared/testing/signed-cases.ts';
import { openPeers } from './bench/agree-peers.ts';
import { installPeers, loadPeer } from './bench/peers.ts';

installPeers();

type Jose = {
  readonly importJWK: (jwk: JsonObject, algorithm: string) => Promise<object>;
  readonly compactVerify: (token: string, key: object, options: object) => Promise<object>;
};
type Read = SignedCase & { readonly reader: Reader };

const jose = (await loadPeer('jose', 'dist/webapi/index.js')) as Jose;
const vc = await openPeers([]);
const cases = (await signedCases()).filter((one): one is Read => one.reader !== undefined);

async function answerOf({ bytes, reader }: Read): Promise<'accepts' | 'refuses'> {
  const text = textOf(bytes) ?? '';
  if (reader.library === '@digitalbazaar/vc') {
    const document = JSON.parse(text) as JsonObject;
    const { suite, challenge } = reader;
    const answer =
      challenge === undefined
        ? await vc.verifies(document, suite)
        : await vc.verifiesPresentation(document, suite, challenge);
    return answer === 'verified' ? 'accepts' : 'refuses';
  }
  const { algorithm, publicJwk } = reader.key;
  const key = await jose.importJWK(publicJwk, algorithm);
  return jose.compactVerify(text, key, { algorithms: [algorithm] }).then(
    () => 'accepts' as const,
    () => 'refuses' as const,
  );
}

describe('signed cases of our own, read by independent libraries', () => {
  it('are at least 40, by each library some that it accepts and some that it refuses', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    const answers = new Set(cases.map(({ reader }) => `${reader.library} ${reader.says}`));
    expect([...answers].sort()).toEqual([
      '@digitalbazaar/vc accepts',
      '@digitalbazaar/vc refuses',
      'jose accepts',
      'jose refuses',
    ]);
  });

  it('are accepted where we say valid, and refused where we say that the signature is bad', () => {
    for (const { expected, reader, name } of cases) {
      if (expected === 'valid: all-passed') expect(reader.says, name).toBe('accepts');
      if (expected === 'invalid: signature-bad') expect(reader.says, name).toBe('refuses');
    }
  });

  it.each(cases)('$reader.library $reader.says $area, $name', async (one) => {
    expect(await answerOf(one)).toBe(one.reader.says);
  });
});
