import type { SyncState } from './account-actions.ts';

/** Whether the server takes nothing from this browser any more: it was removed, or its backpack is not known there. */
export function isLeftOut({ failure }: Pick<SyncState, 'failure'>): boolean {
  return failure?.code === 'revoked' || failure?.code === 'unauthorized';
}
