import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import type { Url } from '../shared/model/brands.ts';
import { base64UrlOf } from '../shared/model/bytes.ts';
import { mailboxLifetimeSeconds, maxDevices } from '../shared/model/limits.ts';
import type { Result } from '../shared/model/result.ts';
import { deviceSigner } from '../shared/sync/device-keys.ts';
import { openLetter, sealLetter } from '../shared/sync/link-letter.ts';
import { parseLinkOffer } from '../shared/sync/link-offer.ts';
import { admitByLink, numberOfAdmitted } from './actions/admit-by-link.ts';
import { createAccount } from './actions/create-account.ts';
import {
  acceptAnswer,
  answerToOffer,
  declineAnswer,
  offerToJoin,
  shownOffer,
} from './actions/join-by-link.ts';
import { removeDevice } from './actions/remove-device.ts';
import { syncNow } from './actions/sync-now.ts';
import { unlock } from './actions/unlock.ts';
import {
  asked,
  claim,
  done,
  kidOf,
  linkOf,
  type MemoryBrowser,
  namesIn,
  newCode,
  openBackpacks,
  openBrowser,
  startServer,
} from './testing/memory-browser.ts';

afterAll(endTestServers);

function given<Value>(result: Result<Value>): Value {
  if (!result.ok) throw result.error;
  return result.value;
}

async function world(): Promise<{ server: Url; code: string; old: MemoryBrowser; joining: MemoryBrowser }> {
  const { server, code, browsers } = await openBackpacks(1);
  const [old] = browsers as [MemoryBrowser];
  await claim(old, 'kept');
  await syncNow(old, asked);
  return { server, code, old, joining: await openBrowser(server) };
}

const offerOf = async (browser: MemoryBrowser): Promise<string> => given(await offerToJoin(browser));

describe('joining by link', () => {
  it('brings the backpack over once both browsers have shown the same number, and the root does not travel', async () => {
    const { code, old, joining } = await world();
    await claim(joining, 'from the new one');
    const text = await offerOf(joining);
    expect(await shownOffer(joining)).toBe(text);
    expect(await answerToOffer(joining)).toEqual({ ok: true, value: undefined });
    const root = base64UrlOf(old.root.bytes() ?? new Uint8Array());
    const admitted = given(await admitByLink(`  ${text}\n`, old));
    expect(await numberOfAdmitted(admitted, old)).toEqual({ ok: true, value: undefined });
    const number = given(await answerToOffer(joining));
    expect(number).toMatch(/^\d{6}$/);
    expect(await numberOfAdmitted(admitted, old)).toEqual({ ok: true, value: number });
    // Asked again it says the same, also after this browser was killed.
    expect(await answerToOffer(joining)).toEqual({ ok: true, value: number });
    const row = await joining.rows.get('joining');
    if (row?.letter === undefined) throw new TypeError('no letter');
    const letter = given(await openLetter(row.letter, row.box));
    expect(JSON.stringify(letter)).not.toContain(root);
    expect(Object.keys(letter).sort()).toEqual(['account', 'head', 'keyring', 'unlockers', 'v']);

    expect(await acceptAnswer(joining)).toEqual(done);
    expect(joining.root.keys()).toBeUndefined();
    expect(await syncNow(joining, asked)).toMatchObject({ kind: 'synced' });
    expect(await syncNow(old, asked)).toMatchObject({ kind: 'synced' });
    for (const browser of [old, joining])
      expect(await namesIn(browser)).toEqual(['from the new one', 'kept']);
    expect((await linkOf(old)).chain.devices).toHaveLength(2);
    // The recovery code opens it here too, without asking the server.
    expect(await unlock(code, joining)).toEqual(done);
    expect(await offerToJoin(joining)).toMatchObject({ error: { code: 'account-exists' } });
  });

  it('is shown in both of two tabs that ask for it at once', async () => {
    const { old, joining } = await world();
    const admitted = given(await admitByLink(await offerOf(joining), old));
    let turn: Promise<unknown> = Promise.resolve();
    const alone = <Value>(work: () => Promise<Value>): Promise<Value> => {
      const result = turn.then(work);
      turn = result.catch(() => undefined);
      return result;
    };
    const tabs = [joining, joining].map((browser) => ({ ...browser, alone }));
    const numbers = await Promise.all(tabs.map(async (tab) => given(await answerToOffer(tab))));
    const number = given(await numberOfAdmitted(admitted, old));
    expect(numbers).toEqual([number, number]);
    expect(await acceptAnswer(joining)).toEqual(done);
  });

  it('takes no account away from a browser that came into one meanwhile', async () => {
    const { old, joining, server } = await world();
    given(await admitByLink(await offerOf(joining), old));
    given(await answerToOffer(joining));
    const row = await joining.rows.get('joining');
    expect(await createAccount(newCode(), joining)).toEqual(done);
    const { acct } = await linkOf(joining);
    expect(await acceptAnswer(joining)).toMatchObject({ error: { code: 'account-exists' } });
    expect(await linkOf(joining)).toMatchObject({ acct });
    expect(await syncNow(joining, asked)).toMatchObject({ kind: 'synced' });

    // Killed after it had come in by this very answer, it is in.
    const killed = await openBrowser(server);
    if (row === undefined) throw new TypeError('nothing was answered');
    for (let time = 0; time < 2; time += 1) {
      await killed.rows.put('joining', row);
      expect(await acceptAnswer(killed)).toEqual(done);
    }
    expect((await linkOf(killed)).acct).toBe((await linkOf(old)).acct);
    expect(await killed.rows.get('joining')).toBeUndefined();
  });

  it('gives a browser that joins after a removal the new epoch as well', async () => {
    const { browsers, server } = await openBackpacks(2);
    const [old, lost] = browsers as [MemoryBrowser, MemoryBrowser];
    await removeDevice(await kidOf(lost), { ...old, wipeDoc: async () => undefined });
    await claim(old, 'in the second epoch');
    await syncNow(old, asked);
    const joining = await openBrowser(server);
    given(await admitByLink(await offerOf(joining), old));
    given(await answerToOffer(joining));
    expect(await acceptAnswer(joining)).toEqual(done);
    expect(await namesIn(joining)).toEqual(['in the second epoch']);
    await claim(joining, 'answered');
    expect(await syncNow(joining, asked)).toMatchObject({ kind: 'synced' });
    expect(await syncNow(old, asked)).toMatchObject({ kind: 'synced' });
    expect(await namesIn(old)).toEqual(['answered', 'in the second epoch']);
  });

  it('is refused with another text, another server, a locked browser, and a full backpack', async () => {
    const { server, old, joining } = await world();
    const text = await offerOf(joining);
    expect(await admitByLink(text.slice(0, -1), old)).toMatchObject({ error: { code: 'link-malformed' } });
    const elsewhere = await openBrowser(await startServer());
    expect(await admitByLink(await offerOf(elsewhere), old)).toMatchObject({
      error: { code: 'link-other-server' },
    });
    expect(await admitByLink(text, joining)).toMatchObject({ error: { code: 'no-account' } });
    const { head } = (await linkOf(old)).chain;
    old.root.forget();
    expect(await admitByLink(text, old)).toMatchObject({ error: { code: 'locked' } });
    expect((await linkOf(old)).chain.head).toEqual(head);

    const { browsers, server: full } = await openBackpacks(maxDevices);
    const more = await openBrowser(full);
    const [first] = browsers as [MemoryBrowser];
    expect(await admitByLink(await offerOf(more), first)).toMatchObject({
      error: { code: 'too-many-devices' },
    });
    expect(server).not.toBe(full);
  });

  it('notices an exchanged text: the numbers differ, and the learner who says no has taken nothing (T17)', async () => {
    const { old, joining, server } = await world();
    // Somebody in the middle shows the old browser a text of his own, and passes the answer on as if nothing were.
    const thief = await openBrowser(server);
    const shown = await offerOf(joining);
    const admitted = given(await admitByLink(await offerOf(thief), old));
    const numberForOld = async () => given(await numberOfAdmitted(admitted, old));
    expect(await answerToOffer(joining)).toEqual({ ok: true, value: undefined });
    given(await answerToOffer(thief));
    const stolen = await thief.rows.get('joining');
    if (stolen?.letter === undefined) throw new TypeError('no letter');
    const letter = given(await openLetter(stolen.letter, stolen.box));
    const offer = given(await parseLinkOffer(shown));
    const sealed = await sealLetter(letter, offer.device);
    const speaker = { signer: await deviceSigner(stolen), acct: letter.account };
    given(await thief.companion(server).fillMailbox(offer.mailbox, sealed, speaker));
    // The log does not know the browser that he pretends to have let in.
    expect(await answerToOffer(joining)).toMatchObject({ error: { code: 'link-refused' } });

    // So he has to let it in under an account that knows it, and then the numbers differ.
    const again = await offerOf(joining);
    const liar = await openBrowser(server);
    expect(await createAccount(newCode(), liar)).toEqual(done);
    const forged = given(await admitByLink(again, liar));
    const numberForNew = given(await answerToOffer(joining));
    expect(numberForNew).toBe(given(await numberOfAdmitted(forged, liar)));
    expect(numberForNew).not.toBe(await numberForOld());
    await declineAnswer(joining);
    expect(await acceptAnswer(joining)).toMatchObject({ error: { code: 'mailbox-closed' } });
    expect(await joining.rows.get('account')).toBeUndefined();
    expect(await shownOffer(joining)).toBeUndefined();
    expect(await namesIn(joining)).toEqual([]);
  });

  it('notices a second reader: the browser for whom the letter was is told that it is gone (T17)', async () => {
    const { old, joining, server } = await world();
    const text = await offerOf(joining);
    const admitted = given(await admitByLink(text, old));
    const thief = await openBrowser(server);
    const letter = given(await thief.companion(server).emptyMailbox(admitted.offer.mailbox));
    // He has the letter and cannot read it.
    await offerToJoin(thief);
    const keys = await thief.rows.get('joining');
    if (keys === undefined) throw new TypeError('no keys');
    expect(await openLetter(letter, keys.box)).toMatchObject({ error: { code: 'link-refused' } });
    expect(await answerToOffer(joining)).toMatchObject({ error: { code: 'mailbox-closed' } });
    expect(await shownOffer(joining)).toBeUndefined();
    // With a new text it goes on.
    const next = given(await admitByLink(await offerOf(joining), old));
    const number = given(await answerToOffer(joining));
    expect(await numberOfAdmitted(next, old)).toEqual({ ok: true, value: number });
    expect(await acceptAnswer(joining)).toEqual(done);
  });

  it('gives a late answer to nobody, and a text that was used already takes no other (T17)', async () => {
    const { old, joining } = await world();
    const text = await offerOf(joining);
    given(await admitByLink(text, old));
    expect(await admitByLink(text, old)).toMatchObject({ error: { code: 'mailbox-filled' } });
    given(await answerToOffer(joining));
    expect(await admitByLink(text, old)).toMatchObject({ error: { code: 'mailbox-closed' } });
    await declineAnswer(joining);

    const late = await offerOf(joining);
    joining.time += mailboxLifetimeSeconds * 1000;
    expect(await shownOffer(joining)).toBeUndefined();
    expect(await answerToOffer(joining)).toMatchObject({ error: { code: 'mailbox-closed' } });
    given(await admitByLink(late, old));
    expect(await answerToOffer(joining)).toMatchObject({ error: { code: 'mailbox-closed' } });
    expect(await acceptAnswer(joining)).toMatchObject({ error: { code: 'mailbox-closed' } });
  });

  it('does not believe a log that has lost what the letter told of (design §7)', async () => {
    const { old, joining } = await world();
    given(await admitByLink(await offerOf(joining), old));
    given(await answerToOffer(joining));
    const row = await joining.rows.get('joining');
    if (row?.letter === undefined) throw new TypeError('no letter');
    const letter = given(await openLetter(row.letter, row.box));
    const remember = async (head: Partial<typeof letter.head>) =>
      joining.rows.put('joining', {
        ...row,
        letter: await sealLetter({ ...letter, head: { ...letter.head, ...head } }, row.device),
      });
    await remember({ n: letter.head.n + 1 });
    expect(await acceptAnswer(joining)).toMatchObject({ error: { facts: { reason: 'log-went-back' } } });
    await remember({ h: letter.account });
    expect(await acceptAnswer(joining)).toMatchObject({ error: { facts: { reason: 'log-differs' } } });
    expect((await joining.rows.get('account'))?.enrolled).not.toBe(true);
    await remember({});
    expect(await acceptAnswer(joining)).toEqual(done);
    // Once passed it binds no longer: a server restored from a backup is the business of the cursor.
    expect((await linkOf(joining)).known).toBeUndefined();
  });
});
