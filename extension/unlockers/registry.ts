import { deviceUnlocker } from './device.ts';
import { passkeyUnlocker } from './passkey.ts';
import { recoveryUnlocker } from './recovery.ts';
import type { Unlocker } from './unlocker.ts';

/** Every way to open the root, in the order in which they are tried: what asks for nothing comes first. */
export const unlockers: readonly Unlocker[] = [deviceUnlocker, passkeyUnlocker, recoveryUnlocker];
