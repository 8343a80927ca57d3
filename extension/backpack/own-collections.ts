import { asBackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import {
  createCollection,
  editCollection,
  moveCollection,
  moveInCollection,
  putInCollection,
  removeCollection,
  renewSecret,
  takeOutOfCollection,
} from '../actions/change-collections.ts';
import { restoreBadge } from '../actions/restore-badge.ts';
import { ask } from '../ask.ts';
import { clock, random } from '../effects.ts';
import type { CollectionId, CollectionReach } from '../store/collection-doc.ts';
import { readCollections, readShareable } from '../store/collections.ts';
import { type CardRow, database, type Tables } from '../store/database.ts';
import { type ShownCollection, shownCollections } from '../store/shown-collections.ts';

const writing = { store: database, clock, random };

/** What the learner can do with collections on this page; nothing of it is published by itself. */
export const ownCollections = {
  create: (title: string) => acted(() => createCollection(title, writing)),
  edit: (id: CollectionId, edit: { title: string; about: string; reach: CollectionReach }) =>
    acted(() => done(editCollection(id, edit, writing))),
  renewSecret: (id: CollectionId) => acted(() => done(renewSecret(id, writing))),
  move: (id: CollectionId, before: CollectionId | undefined) =>
    acted(() => done(moveCollection(id, before, writing))),
  remove: (id: CollectionId) => acted(() => done(removeCollection(id, writing))),
  restore: (id: CollectionId) => acted(() => restoreBadge(id, writing)),
  putIn: (id: CollectionId, badges: readonly CardRow['id'][]) =>
    acted(() => putInCollection(id, badges, writing)),
  takeOut: (id: CollectionId, badge: CardRow['id']) =>
    acted(() => done(takeOutOfCollection(id, badge, writing))),
  moveBadge: (id: CollectionId, badge: CardRow['id'], before: CardRow['id'] | undefined) =>
    acted(() => done(moveInCollection(id, badge, before, writing))),
};

/** The collections as publishing would show them now; may stand inside a live query. */
export async function readPlanned(store: Tables = database): Promise<readonly ShownCollection[]> {
  const collections = await readCollections(store);
  return shownCollections(collections, await readShareable(collections, store));
}

/** All that others would read of them, as text that is the same for the same. */
export function textOf(collections: readonly ShownCollection[]): string {
  return JSON.stringify(
    collections.map(({ id, title, about, listed, name, badges }) => [id, title, about, listed, name, badges]),
  );
}

async function done(work: Promise<void>): Promise<Result<null>> {
  await work;
  return ok(null);
}

async function acted<Value>(act: () => Promise<Result<Value>>): Promise<Result<Value>> {
  try {
    const result = await act();
    if (result.ok) void ask<'sync-now'>({ kind: 'sync-now' });
    return result;
  } catch (thrown) {
    console.error(thrown);
    return failed(asBackpackError(thrown));
  }
}
