import { describe, expect, it } from 'vitest';
import type { Instant, Sha256 } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import type { Signer } from '../sync/compact-jws.ts';
import { deviceSigner, newDeviceKeys } from '../sync/device-keys.ts';
import { type Documents, fetcherOver } from '../testing/documents.ts';
import { hearWitness } from './heard-witness.ts';
import { signStatement, type WitnessFile, type WitnessStatement, witnessKeysOf } from './witness.ts';

const iss = 'https://backpack.example';
const doc = 'A'.repeat(43) as Sha256;
const at = (day: number) => `2026-03-0${day}T00:00:00.000Z` as Instant;
const server = await deviceSigner(await newDeviceKeys());
const stranger = await deviceSigner(await newDeviceKeys());

async function fileOf(signer: Signer, changes: readonly object[] = [{}]): Promise<WitnessFile> {
  const plain: WitnessStatement = {
    v: 1,
    iss,
    at: at(1),
    doc,
    outcome: 'valid',
    reason: 'all-passed',
    seen: [],
  };
  const statements = await Promise.all(changes.map((one) => signStatement({ ...plain, ...one }, signer)));
  return { type: 'backpack-witness', iss, ...(await witnessKeysOf(signer)), statements };
}

async function answering(signer: Signer): Promise<Documents> {
  const bytes = utf8(JSON.stringify(await witnessKeysOf(signer)));
  return new Map([[`${iss}/.well-known/jwks.json`, { status: 200, mediaType: 'application/json', bytes }]]);
}

describe('what a witness is heard to say', () => {
  it('is its word when it says itself that the key is its own', async () => {
    const file = await fileOf(server, [{ at: at(3) }, { at: at(2) }]);
    const heard = await hearWitness(file, doc, fetcherOver(await answering(server)));
    expect(heard).toMatchObject({ origin: iss, standing: 'confirmed', refused: 0 });
    expect(heard.statements.map((one) => one.at)).toEqual([at(2), at(3)]);
  });

  it('is the word of a key alone once it is gone', async () => {
    const heard = await hearWitness(await fileOf(server), doc, fetcherOver(new Map()));
    expect(heard.standing).toBe('unasked');
    expect(heard.statements).toHaveLength(1);
  });

  it('is denied when the server names another key: a stranger spoke in its name', async () => {
    const heard = await hearWitness(await fileOf(stranger), doc, fetcherOver(await answering(server)));
    expect(heard.standing).toBe('denied');
  });

  it('is not heard about another badge, for another server, or with a signature that does not hold', async () => {
    const file = await fileOf(server, [{ doc: 'B'.repeat(43) }, { iss: 'https://other.example' }, {}]);
    const [, , good = ''] = file.statements;
    const changed = { ...file, statements: [...file.statements, `${good.slice(0, -4)}AAAA`] };
    const heard = await hearWitness(changed, doc, fetcherOver(await answering(server)));
    expect([heard.statements.length, heard.refused]).toEqual([1, 3]);
  });

  it.each(['https://backpack.example/path', 'javascript:alert(1)', 'backpack.example'])(
    'names nobody as %s',
    async (other) => {
      const file = { ...(await fileOf(server, [{ iss: other }])), iss: other };
      expect((await hearWitness(file, doc, fetcherOver(await answering(server)))).standing).toBe('denied');
    },
  );
});
