import { BackpackError } from '../../shared/model/errors.ts';
import { maxDevices } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import { enrolDevice } from '../../shared/sync/key-commits.ts';
import { openKeyring } from '../../shared/sync/keyring.ts';
import { sealLetter } from '../../shared/sync/link-letter.ts';
import {
  checkNumberOf,
  type LinkOffer,
  parseLinkOffer,
  parseLinkSecret,
  secretMailboxOf,
} from '../../shared/sync/link-offer.ts';
import type { AccountDeps, UnlockedDeps } from './account-deps.ts';
import { changeKeys } from './change-keys.ts';
import { readUnlockers } from './read-unlockers.ts';

/** A browser that was let in and whose number is awaited: what it showed, and the letter that it was sent. */
export type Admitted = { readonly offer: LinkOffer; readonly letter: string };

/**
 * Lets another browser into the backpack by the text that it shows: enrols its keys, and leaves a letter for it with what
 * it needs, which is not the root. `pasted`: as it came.
 * Errors: `link-malformed`, `link-other-server`, `too-many-devices`, `mailbox-filled`, `mailbox-closed`, `revoked`, those
 * of `changeKeys`.
 */
export async function admitByLink(pasted: string, deps: UnlockedDeps): Promise<Result<Admitted>> {
  const parsed = await parseLinkOffer(pasted);
  if (!parsed.ok) return parsed;
  const offer = parsed.value;
  const own = await deps.rows.get('account');
  if (own?.enrolled !== true) return failed(new BackpackError('no-account'));
  const [server, ours] = [new URL(offer.server), new URL(own.server)];
  if (server.origin !== ours.origin)
    return failed(new BackpackError('link-other-server', { server: server.host, own: ours.host }));
  const enrolled = await enrol(offer, deps);
  if (!enrolled.ok) return enrolled;
  const chain = enrolled.value;
  const root = deps.root.keys();
  if (root === undefined) return failed(new BackpackError('locked'));
  const keyring = await openKeyring(chain.keyring, chain.acct, root.vault);
  if (!keyring.ok) return keyring;
  const unlockers = await readUnlockers(chain, own, deps);
  if (!unlockers.ok) return unlockers;
  const letter = await sealLetter(
    {
      v: 1,
      account: chain.acct,
      keyring: keyring.value,
      head: chain.head,
      unlockers: [...unlockers.value],
    },
    offer.device,
  );
  const speaker = { signer: await deviceSigner(own), acct: own.acct };
  const left = await deps.companion(own.server).fillMailbox(offer.mailbox, letter, speaker);
  return left.ok ? ok({ offer, letter }) : left;
}

/**
 * The number to compare, once the other browser has shown the secret that it rests on; `undefined` until then.
 * Errors: `link-refused` when it is not the secret of this offer, `mailbox-closed` when somebody else has taken it.
 */
export async function numberOfAdmitted(
  { offer, letter }: Admitted,
  { companion }: AccountDeps,
): Promise<Result<string | undefined>> {
  const shown = await companion(offer.server).emptyMailbox(await secretMailboxOf(offer.mailbox));
  if (!shown.ok) return shown.error.code === 'not-found' ? ok(undefined) : shown;
  const secret = await parseLinkSecret(shown.value, offer);
  return secret === undefined
    ? failed(new BackpackError('link-refused'))
    : ok(await checkNumberOf(offer, letter, secret));
}

function enrol({ device }: LinkOffer, deps: UnlockedDeps) {
  return changeKeys(async ({ chain, root, row, companion }) => {
    if (chain.devices.some(({ kid }) => kid === device.kid)) return ok('done');
    if (chain.revoked.includes(device.kid)) return failed(new BackpackError('mailbox-closed'));
    if (chain.devices.length >= maxDevices)
      return failed(new BackpackError('too-many-devices', { limit: maxDevices }));
    const commit = await enrolDevice(chain, device, root);
    const transport = companion.transport({ signer: await deviceSigner(row), acct: row.acct });
    return ok({ send: () => transport.push({ commit, records: [] }) });
  }, deps);
}
