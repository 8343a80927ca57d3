import { sha256Of, utf8 } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxBadges } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { type DocId, exists } from '../../shared/sync/doc.ts';
import type { Claimed, ClaimMode } from '../channel.ts';
import { keptFields, waitingIdOf } from '../store/badge-fields.ts';
import { readCardCount } from '../store/card-count.ts';
import type { KeptAs, LookedRow, Tables, TransactionTables } from '../store/database.ts';
import { choiceAfterFailure, choiceOf } from './choice.ts';
import { partsOf, type WriteDeps, writeChange } from './keep.ts';

const keptAsOf: Readonly<Record<ClaimMode, KeptAs>> = {
  claim: 'claimed',
  'keep-and-check-later': 'to-check',
  'keep-as-unverified': 'unverified',
};

/**
 * Keeps what was looked at: the original bytes, the picture, the verdict and the snapshot it rests on, in one durable
 * transaction. The very same badge is kept once. `mode` must be the choice that the look left, so that nothing revoked
 * or tampered with is ever kept as if it were good.
 * Errors: `not-found` when the look is too old to be here still; `unexpected` for a mode that was not left;
 * `backpack-full`.
 */
export async function claimBadge(key: string, mode: ClaimMode, deps: WriteDeps): Promise<Result<Claimed>> {
  const row = await deps.store.looked.get(key);
  if (row === undefined) return failed(new BackpackError('not-found', {}));
  if (row.found.state === 'failed') return keepOffer(row, row.found.error, mode, deps);
  if (choiceOf(row.found.verification.verdict) !== mode)
    return failed(new BackpackError('unexpected', { mode }));
  return keepBadge(row, row.found, keptAsOf[mode], deps);
}

/**
 * Keeps a badge that was looked at, whatever its verdict says. `only`: where the offer still waits for its issuer.
 * Errors: `backpack-full`; `not-found`, where it does not wait any more.
 */
export async function keepBadge(
  row: LookedRow,
  found: Extract<LookedRow['found'], { state: 'looked' }>,
  as: KeptAs,
  deps: WriteDeps,
  only?: 'waiting',
): Promise<Result<Claimed>> {
  const { id, original, verification } = found;
  const picture =
    found.picture === undefined
      ? undefined
      : { hash: await sha256Of(found.picture.bytes), mediaType: found.picture.mediaType };
  const fields = keptFields({
    at: deps.clock(),
    as,
    verification,
    original,
    ...(picture === undefined ? {} : { picture }),
    ...(row.name === undefined ? {} : { name: row.name }),
    ...(row.address === undefined ? {} : { address: row.address }),
    ...(row.page === undefined ? {} : { page: row.page, offer: row.key }),
  });
  const parts = await partsOf(verification, original, found.picture?.bytes);
  const waiting = waitingIdOf(await sha256Of(utf8(row.key)));
  let alreadyKept = false;
  let full = false;
  let gone = false;
  await writeChange(
    {
      unless: async (inside) => {
        gone = only === 'waiting' && !(await waits(inside, waiting));
        if (gone) return true;
        const kept = await inside.docs.get(id);
        alreadyKept = kept !== undefined && exists(kept);
        if (!alreadyKept) {
          // What waited for its issuer only changes its place.
          full = !(await waits(inside, waiting)) && (await isFull(inside));
          return full;
        }
        await noteKeptBefore(inside, row.key, true);
        if (row.page !== undefined)
          await inside.offers.put([{ id: row.key, standing: 'claimed', at: deps.clock(), badge: id }]);
        return true;
      },
      set: [{ id, fields }],
      wipe: [waiting],
      parts,
      also: (inside) => noteKeptBefore(inside, row.key, false),
    },
    deps,
  );
  if (gone) return failed(new BackpackError('not-found', {}));
  return full ? noRoom() : ok({ badge: id, alreadyKept });
}

/** What a claim found of it stands with the look that it came from, for undoing. */
async function noteKeptBefore({ looked }: Tables, key: string, keptBefore: boolean): Promise<void> {
  const row = await looked.get(key);
  if (row !== undefined) await looked.put({ ...row, keptBefore });
}

/** Whether an offer that waits for its issuer is there. */
async function waits({ cards }: TransactionTables, id: DocId): Promise<boolean> {
  const [card] = await cards.get([id]);
  return card !== undefined;
}

/** As many as design §16 allows; what other devices have kept comes in all the same, or it would be lost here. */
async function isFull(inside: Tables): Promise<boolean> {
  return (await readCardCount(inside)) >= maxBadges;
}

function noRoom(): Result<never> {
  return failed(new BackpackError('backpack-full', { limit: maxBadges }));
}

/** Keeps an offer whose issuer does not answer, so that it can be asked again later. */
async function keepOffer(
  row: LookedRow,
  error: Extract<LookedRow['found'], { state: 'failed' }>['error'],
  mode: ClaimMode,
  deps: WriteDeps,
): Promise<Result<Claimed>> {
  if (row.address === undefined || choiceAfterFailure(error.code) !== mode)
    return failed(new BackpackError('unexpected', { mode }));
  const id = waitingIdOf(await sha256Of(utf8(row.key)));
  let alreadyKept = false;
  let full = false;
  const fields = {
    made: deps.clock(),
    address: row.address,
    offer: row.key,
    error: { code: error.code, facts: error.facts },
    name: row.name ?? null,
    issuer: row.issuer ?? null,
    page: row.page ?? null,
  };
  await writeChange(
    {
      unless: async (store) => {
        const kept = await store.docs.get(id);
        alreadyKept = kept !== undefined && exists(kept);
        full = !alreadyKept && (await isFull(store));
        return alreadyKept || full;
      },
      set: [{ id, fields }],
    },
    deps,
  );
  return full ? noRoom() : ok({ badge: id, alreadyKept });
}
