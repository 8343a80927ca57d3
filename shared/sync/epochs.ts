import * as v from 'valibot';
import type { Kid } from '../model/brands.ts';
import { maxDevices, maxKeyringBytes } from '../model/limits.ts';
import type { CommitOf, Device } from './commit.ts';
import { epochHandlesOf, epochShape, type HeldKeys, type Keyring, openKeyring } from './keyring.ts';
import { openBox, sealBox } from './sealed-box.ts';
import { type AccountId, hashShape, parseShape } from './shapes.ts';

/** What is sealed to each remaining device when an epoch begins: its key, and for which account. */
const boxedShape = v.strictObject({ acct: hashShape, epoch: epochShape });
const maxBoxLength = Math.floor(maxKeyringBytes / maxDevices);

/** What a key commit lets the one who reads it know of epochs; nothing where it says nothing to him. */
export type OpenEpochs = (change: CommitOf<'key'>['key'], acct: AccountId) => Promise<HeldKeys['epochs']>;

/** The epochs that a device is told of, by the box that a key commit has for it. */
export function epochsByBox({ kid }: Pick<Device, 'kid'>, secret: CryptoKey): OpenEpochs {
  return async ({ boxes }, acct) => {
    const box = boxes[kid];
    const opened = box === undefined ? undefined : await openBox(box, secret, maxBoxLength);
    const content = opened?.ok === true ? parseShape(boxedShape, opened.value, 'sync-distrust') : undefined;
    // What does not open lets nothing in; records of that epoch then cannot be opened, which is an alarm of its own.
    return content?.ok === true && content.value.acct === acct ? epochHandlesOf([content.value.epoch]) : [];
  };
}

/** The epochs that whoever holds the root finds in the keyring itself. */
export function epochsByVault(vault: CryptoKey): OpenEpochs {
  return async ({ keyring }, acct) => {
    const opened = await openKeyring(keyring, acct, vault);
    return opened.ok ? epochHandlesOf(opened.value.epochs) : [];
  };
}

/** The keys with those of later epochs added, oldest first. */
export function withEpochs(keys: HeldKeys, more: HeldKeys['epochs']): HeldKeys {
  const epochs = new Map([...more, ...keys.epochs].map((epoch) => [epoch.e, epoch]));
  return { ...keys, epochs: [...epochs.values()].sort((a, b) => a.e - b.e) };
}

/** What `now` holds beyond `before`. */
export function newEpochsOf(before: HeldKeys, now: HeldKeys): HeldKeys['epochs'] {
  const known = new Set(before.epochs.map(({ e }) => e));
  return now.epochs.filter(({ e }) => !known.has(e));
}

/** The newest epoch of a keyring, sealed to each of these devices. */
export async function boxesOf(
  keyring: Keyring,
  acct: AccountId,
  devices: readonly Device[],
): Promise<Record<Kid, string>> {
  const epoch = keyring.epochs.at(-1);
  if (epoch === undefined) throw new TypeError('a keyring has an epoch');
  const boxes = devices.map(async ({ kid, box }) => [kid, await sealBox({ acct, epoch }, box)] as const);
  return Object.fromEntries(await Promise.all(boxes));
}
