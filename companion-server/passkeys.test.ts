import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { base64UrlOf } from '../shared/model/bytes.ts';
import { failedUnlocksPerHourPerAddress, nonceLifetimeSeconds } from '../shared/model/limits.ts';
import { type PasskeyAssertion, parsePasskeyOptionsReply } from '../shared/protocol/passkeys.ts';
import { parseUnlockReply } from '../shared/protocol/unlockers.ts';
import { unlockersHashOf } from '../shared/sync/unlocker.ts';
import { everyRow } from './testing/databases.ts';
import { ask, jsonBody, Learner, type Reply, random } from './testing/learner.ts';
import { honestFlags, SoftwarePasskey, type Use } from './testing/software-authenticator.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

const ownId = 'abcdefghijklmnopabcdefghijklmnop';
const ownPage = `chrome-extension://${ownId}`;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000', EXTENSION_IDS: ownId });
});
afterAll(endTestServers);

async function challengeOf({ address }: Pick<TestServer, 'address'>): Promise<string> {
  const reply = parsePasskeyOptionsReply((await ask(address, 'POST', '/v1/unlock/passkey/options')).body);
  if (!reply.ok) throw reply.error;
  return reply.value.challenge;
}

/** What an honest browser makes of it, but for what is said otherwise. */
async function assertionOf(
  passkey: SoftwarePasskey,
  otherwise: Partial<Use> = {},
): Promise<PasskeyAssertion> {
  const challenge = otherwise.challenge ?? (await challengeOf(server));
  const honest = { host: 'localhost', origin: ownPage, type: 'webauthn.get', flags: honestFlags, uses: 0 };
  return passkey.assert({ ...honest, client: {}, ...otherwise, challenge });
}

const send = (assertion: object, { address }: Pick<TestServer, 'address'> = server): Promise<Reply> =>
  ask(address, 'POST', '/v1/unlock/passkey', { body: jsonBody({ ...assertion }) });

async function learnerWith(passkey: SoftwarePasskey): Promise<Learner> {
  const learner = await Learner.create(server);
  expect((await learner.addUnlocker(passkey.kept())).status).toBe(204);
  return learner;
}

const refusal = [401, '{"error":"unauthorized"}'];
const answer = ({ status, body }: Reply) => [status, body.toString()];

describe('a passkey', () => {
  it.each(['ES256', 'EdDSA', 'RS256'] as const)(
    'of the kind %s is handed its own wrap',
    async (algorithm) => {
      const passkey = new SoftwarePasskey(algorithm);
      const learner = await learnerWith(passkey);
      const reply = parseUnlockReply((await send(await assertionOf(passkey))).body);
      expect(reply.ok && reply.value).toMatchObject({
        account: learner.id,
        unlocker: learner.unlockers[1],
        head: learner.head,
      });
      const other = new SoftwarePasskey(algorithm);
      const borrowed = { ...(await assertionOf(other)), credential: passkey.credential };
      expect(answer(await send(borrowed))).toEqual(refusal);
    },
  );

  it('is taken from pages of the extension alone, for this server, by a person who was asked (T15)', async () => {
    const passkey = new SoftwarePasskey();
    await learnerWith(passkey);
    const origins = [
      ...['https://localhost', server.origin, 'https://evil.example', `${ownPage}.evil.example`, 'null'],
      ...[`chrome-extension://${'b'.repeat(32)}`, `https://${ownId}`, 'moz-extension://evil.example'],
    ];
    const lies: readonly Partial<Use>[] = [
      ...origins.map((origin) => ({ origin })),
      { host: 'evil.example' },
      { host: ownPage },
      { type: 'webauthn.create' },
      // neither there nor asked, there only, asked only; a copy of what may not be copied
      ...[0, 0x01, 0x04, honestFlags | 0x10].map((flags) => ({ flags })),
      { client: { crossOrigin: true } },
      { client: { topOrigin: 'https://evil.example' } },
    ];
    for (const lie of lies)
      expect([lie, ...answer(await send(await assertionOf(passkey, lie)))]).toEqual([lie, ...refusal]);
    for (const flags of [honestFlags, honestFlags | 0x08, honestFlags | 0x18])
      expect((await send(await assertionOf(passkey, { flags }))).status).toBe(200);
    const firefox = 'moz-extension://0f7a3c58-91de-4a2b-8c11-5d6e7f809a1b';
    expect((await send(await assertionOf(passkey, { origin: firefox }))).status).toBe(200);
  });

  it('answers each challenge once, on whichever process (T15)', async () => {
    const passkey = new SoftwarePasskey();
    await learnerWith(passkey);
    const second = await startTestServer(
      { RATE_SCALE: '1000', PUBLIC_ORIGIN: server.origin },
      {},
      server.database,
    );
    const assertion = await assertionOf(passkey, { challenge: await challengeOf(second) });
    const replies = await Promise.all([send(assertion), send(assertion, second), send(assertion, second)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect(answer(await send(assertion))).toEqual(refusal);
    expect((await send(await assertionOf(passkey))).status).toBe(200);
  });

  it('answers no challenge but a fresh one of this server (T15)', async () => {
    const passkey = new SoftwarePasskey();
    await learnerWith(passkey);
    let time = Date.now();
    const late = await startTestServer(
      { RATE_SCALE: '1000', PUBLIC_ORIGIN: server.origin },
      { clock: () => instantOf(time) },
      server.database,
    );
    const fresh = await challengeOf(late);
    const elsewhere = await startTestServer({});
    const altered = `${fresh.startsWith('A') ? 'B' : 'A'}${fresh.slice(1)}`;
    for (const challenge of [
      '',
      base64UrlOf(random(32)),
      altered,
      fresh.slice(0, -4),
      await challengeOf(elsewhere),
    ])
      expect(answer(await send(await assertionOf(passkey, { challenge })))).toEqual(refusal);
    time += (nonceLifetimeSeconds + 1) * 1000;
    expect(answer(await send(await assertionOf(passkey, { challenge: fresh }), late))).toEqual(refusal);
    time -= 1000;
    expect((await send(await assertionOf(passkey, { challenge: fresh }), late)).status).toBe(200);
  });

  it('is refused as soon as a copy of its authenticator has shown itself (T15)', async () => {
    const passkey = new SoftwarePasskey();
    await learnerWith(passkey);
    const statuses: number[] = [];
    for (const uses of [0, 0, 4, 5, 5, 4, 0, 6])
      statuses.push((await send(await assertionOf(passkey, { uses }))).status);
    expect(statuses).toEqual([200, 200, 200, 200, 401, 401, 401, 200]);
  });

  it('is refused with a signature, texts or a key that were altered', async () => {
    const passkey = new SoftwarePasskey();
    await learnerWith(passkey);
    const other = await assertionOf(passkey);
    const good = await assertionOf(passkey);
    for (const member of ['clientData', 'authenticatorData', 'signature'] as const) {
      const first = good[member].startsWith('A') ? 'B' : 'A';
      expect(answer(await send({ ...good, [member]: first + good[member].slice(1) }))).toEqual(refusal);
    }
    expect(answer(await send({ ...good, clientData: other.clientData }))).toEqual(refusal);
    expect(answer(await send({ ...good, signature: '' }))).toEqual(refusal);
    expect((await send({ ...good, more: true })).status).toBe(400);
    expect((await send(good)).status).toBe(200);
    // Kept, because it is the account's own harm, and opened by nobody.
    const broken = { ...new SoftwarePasskey().kept(), key: base64UrlOf(random(91)) };
    const learner = await Learner.create(server);
    expect((await learner.addUnlocker(broken)).status).toBe(204);
    const none = { ...(await assertionOf(new SoftwarePasskey())), credential: broken.credential };
    expect(answer(await send(none))).toEqual(refusal);
  });
});

describe('the account that a passkey belongs to', () => {
  it('is the first that names it, and is told by nothing but the passkey itself (T19)', async () => {
    const passkey = new SoftwarePasskey();
    await learnerWith(passkey);
    const thief = await Learner.create(server);
    const taken = await thief.addUnlocker({ ...passkey.kept(), key: new SoftwarePasskey().key });
    expect(answer(taken)).toEqual([409, '{"error":"unlocker-taken"}']);
    const options = await ask(server.address, 'POST', '/v1/unlock/passkey/options');
    expect(Object.keys(options.json)).toEqual(['challenge']);
    const stranger = new SoftwarePasskey();
    const unknown = await send(await assertionOf(stranger));
    const known = await send({ ...(await assertionOf(stranger)), credential: passkey.credential });
    const variable = new Set(['backpack-nonce', 'date']);
    const plain = ({ status, headers, body }: Reply) => [
      status,
      Object.entries(headers).filter(([name]) => !variable.has(name)),
      body.toString(),
    ];
    expect(plain(known)).toEqual(plain(unknown));
    expect((await send(await assertionOf(passkey))).status).toBe(200);
  });

  it('forgets a passkey that was removed, or wrapped otherwise than its log says (T15)', async () => {
    const passkey = new SoftwarePasskey();
    const learner = await Learner.create(server);
    const kept = passkey.kept();
    const commit = await learner.keyCommit({
      unlockers: await unlockersHashOf([...learner.unlockers, kept]),
    });
    const put = (unlocker: typeof kept) =>
      learner.call(learner.account, {
        method: 'PUT',
        path: `/v1/unlockers/${kept.id}`,
        body: jsonBody({ unlocker, commit }),
      });
    expect((await put({ ...kept, wrap: 'AAAA' })).json).toMatchObject({ detail: 'unlockers' });
    expect(answer(await send(await assertionOf(passkey)))).toEqual(refusal);
    expect((await learner.addUnlocker(kept)).status).toBe(204);
    expect((await send(await assertionOf(passkey))).status).toBe(200);
    learner.unlockers.pop();
    const removal = await learner.keyCommit({});
    const body = jsonBody({ commit: removal });
    const call = { method: 'DELETE', path: `/v1/unlockers/${kept.id}`, body } as const;
    expect((await learner.call(learner.account, call)).status).toBe(204);
    expect(answer(await send(await assertionOf(passkey)))).toEqual(refusal);
    expect((await everyRow(server.database)).filter((row) => row.includes(passkey.credential))).toEqual([]);
  });

  it('is not asked for without end', async () => {
    const strict = await startTestServer({});
    const statuses = new Set<number>();
    const assertion = await assertionOf(new SoftwarePasskey());
    for (let tries = 0; tries < failedUnlocksPerHourPerAddress; tries += 1)
      statuses.add((await send(assertion, strict)).status);
    expect([...statuses]).toEqual([401]);
    expect((await send(assertion, strict)).status).toBe(429);
  });
});
