import { millisecondsOf } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { mailboxLifetimeSeconds } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { newLink } from '../../shared/sync/account.ts';
import { deviceSigner, newDeviceKeys } from '../../shared/sync/device-keys.ts';
import { heldKeysOf } from '../../shared/sync/keyring.ts';
import { openLetter } from '../../shared/sync/link-letter.ts';
import {
  checkNumberOf,
  type LinkOffer,
  linkOfferText,
  mailboxOf,
  newLinkSecret,
  secretMailboxOf,
} from '../../shared/sync/link-offer.ts';
import type { AccountId } from '../../shared/sync/shapes.ts';
import type { JoiningRow } from '../store/account-rows.ts';
import type { AccountDeps } from './account-deps.ts';
import { pullChain } from './change-keys.ts';
import { readServer } from './choose-server.ts';
import { clearSync } from './clear-sync.ts';

/**
 * Makes this browser's keys and the text that asks to be let into a backpack; good for ten minutes. One made before and
 * not used is void. Errors: `no-account` (no server chosen), `account-exists`.
 */
export async function offerToJoin(deps: AccountDeps): Promise<Result<string>> {
  const { rows, random, clock } = deps;
  const server = await readServer(rows);
  if (server === undefined) return failed(new BackpackError('no-account'));
  if ((await rows.get('account'))?.enrolled === true) return failed(new BackpackError('account-exists'));
  const row = { server, since: clock(), secret: newLinkSecret(random), ...(await newDeviceKeys()) };
  await rows.put('joining', row);
  return ok(linkOfferText(await offerOf(row)));
}

/** The text that is being shown; `undefined` when there is none or its time is over. */
export async function shownOffer({
  rows,
  clock,
}: Pick<AccountDeps, 'rows' | 'clock'>): Promise<string | undefined> {
  const row = await rows.get('joining');
  if (row === undefined || (row.letter === undefined && isOver(row, clock))) return undefined;
  return linkOfferText(await offerOf(row));
}

/**
 * Looks whether the other browser has answered, and then shows it the secret that the check number rests on. Gives the
 * number, `undefined` while nothing has come. May be asked again at any time.
 * Errors, after which the text is void: `mailbox-closed` (too late, or somebody else has taken the answer),
 * `link-refused`. Those of the server: ask again.
 */
export async function answerToOffer(deps: AccountDeps): Promise<Result<string | undefined>> {
  // One tab at a time: what one has taken out of the mailbox another must not miss there.
  const taken = await deps.alone(() => takeAnswer(deps));
  if (!taken.ok) return isFinal(taken.error) ? voided(taken.error, deps) : taken;
  if (taken.value === undefined) return ok(undefined);
  const { row, letter, account } = taken.value;
  const offer = await offerOf(row);
  const speaker = { signer: await deviceSigner(row), acct: account };
  const secretMailbox = await secretMailboxOf(offer.mailbox);
  const shown = await deps.companion(row.server).fillMailbox(secretMailbox, row.secret, speaker);
  // Closed: the other browser has it already.
  if (!shown.ok && shown.error.code !== 'mailbox-closed')
    return refusesUs(shown.error) ? voided(new BackpackError('link-refused'), deps) : shown;
  return ok(await checkNumberOf(offer, letter, row.secret));
}

type TakenAnswer = { readonly row: JoiningRow; readonly letter: string; readonly account: AccountId };

/** The answer out of the mailbox, or as it was kept since; `undefined` while none has come. */
async function takeAnswer(deps: AccountDeps): Promise<Result<TakenAnswer | undefined>> {
  const row = await deps.rows.get('joining');
  if (row === undefined) return failed(new BackpackError('mailbox-closed'));
  const { mailbox } = await offerOf(row);
  const fetched =
    row.letter === undefined ? await deps.companion(row.server).emptyMailbox(mailbox) : ok(row.letter);
  if (!fetched.ok) {
    if (fetched.error.code !== 'not-found') return fetched;
    return isOver(row, deps.clock) ? failed(new BackpackError('mailbox-closed')) : ok(undefined);
  }
  const letter = await openLetter(fetched.value, row.box);
  if (!letter.ok) return letter;
  // The mailbox is empty now: from here on this browser remembers what was in it.
  await deps.rows.put('joining', { ...row, letter: fetched.value });
  return ok({ row, letter: fetched.value, account: letter.value.account });
}

/** Nothing more comes of the text. */
function isFinal({ code }: BackpackError): boolean {
  return code === 'mailbox-closed' || code === 'link-refused';
}

/**
 * Takes the backpack in, once the learner has said that both browsers show the same number. What is here already is
 * added to it. Killed midway it is simply done again.
 * Errors: `mailbox-closed`, `link-refused`, `account-exists`, `sync-distrust`, those of the server.
 */
export async function acceptAnswer(deps: AccountDeps): Promise<Result<null>> {
  const { rows, storage } = deps;
  return deps.alone(async () => {
    const joining = await rows.get('joining');
    if (joining?.letter === undefined) return failed(new BackpackError('mailbox-closed'));
    const { server, device, sign, box } = joining;
    const before = await rows.get('account');
    // Another tab may have come into an account meanwhile; this browser's keys to it are nowhere else.
    if (before?.enrolled === true && before.device.kid !== device.kid)
      return failed(new BackpackError('account-exists'));
    const letter = await openLetter(joining.letter, box);
    const unlocker = letter.ok ? letter.value.unlockers.find(({ kind }) => kind === 'recovery') : undefined;
    if (!letter.ok || unlocker === undefined) return failed(new BackpackError('link-refused'));
    const { account: acct, keyring, head, unlockers } = letter.value;
    const held = await heldKeysOf(keyring, acct);
    const own = { server, acct, since: deps.clock(), device, sign, box, held, unlocker, unlockers };
    const row = { ...own, keyring: '', enrolled: false };
    await deps.correctClock();
    await clearSync(storage);
    await storage.write((tables) => tables.link.put([{ ...newLink(acct), known: head }]));
    const chain = await pullChain(row, deps);
    if (!chain.ok) return chain;
    if (!chain.value.devices.some(({ kid }) => kid === device.kid))
      return failed(new BackpackError('link-refused'));
    await rows.put('account', { ...row, keyring: chain.value.keyring, enrolled: true });
    await rows.remove('joining');
    await rows.remove('pending');
    return ok(null);
  });
}

/** The numbers differ, or the learner thought better of it: nothing of the answer is kept. */
export async function declineAnswer({ alone, rows, storage }: AccountDeps): Promise<void> {
  await alone(async () => {
    await rows.remove('joining');
    // Of an answer that was accepted and could not be read to its end.
    if ((await rows.get('account'))?.enrolled !== true) await clearSync(storage);
  });
}

async function offerOf({ server, secret, device }: JoiningRow): Promise<LinkOffer> {
  return { server, mailbox: await mailboxOf(secret), device };
}

function isOver({ since }: JoiningRow, clock: AccountDeps['clock']): boolean {
  const age = millisecondsOf(clock()) - millisecondsOf(since);
  return age < 0 || age >= mailboxLifetimeSeconds * 1000;
}

/** The account that the letter names does not know this browser: whoever wrote it is none of its devices. */
function refusesUs({ code }: BackpackError): boolean {
  return code === 'unauthorized' || code === 'revoked' || code === 'mailbox-filled';
}

async function voided(error: BackpackError, deps: AccountDeps): Promise<Result<never>> {
  await declineAnswer(deps);
  return failed(error);
}
