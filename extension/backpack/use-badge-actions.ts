import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { markOf } from '../../shared/views/verdict-view.ts';
import { ask } from '../ask.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readIsPublished } from '../store/badges.ts';
import type { CardRow } from '../store/database.ts';
import type { Say } from './notice.tsx';
import { removedNotice } from './removed-notice.ts';

export type BadgeActions = {
  readonly checking: boolean;
  readonly verifyAgain: () => void;
  readonly remove: () => void;
};

/** What can be done with a kept badge or a waiting offer; each says what came of it, and removing can be undone. */
export function useBadgeActions(
  badge: {
    readonly id: CardRow['id'];
    readonly name: string;
    readonly outcome: CardRow['outcome'];
    readonly close: string;
  },
  words: BackpackWords,
  say: Say,
): BadgeActions {
  const [checking, setChecking] = useState(false);
  const said = words.own.detail;

  const verifyAgain = async (): Promise<void> => {
    if (checking) return;
    setChecking(true);
    const verified = await ask<'verify-again'>({ kind: 'verify-again', badge: badge.id });
    setChecking(false);
    if (!verified.ok) {
      return say({ text: sayErrorInFull(verified.error, words) });
    }
    const { verdict, from } = verified.value;
    const word = words.text.marks[markOf(verdict.outcome)];
    if (from === 'snapshot') say({ text: said.verifiedFromSnapshot });
    else if (verdict.outcome === badge.outcome) say({ text: said.verifiedSame });
    else say({ text: fill(said.verifiedChanged, { word }, words.formats) });
  };

  const restore = async (): Promise<void> => {
    const restored = await ask<'restore-badge'>({ kind: 'restore-badge', badge: badge.id });
    say({
      text: restored.ok
        ? fill(said.restored, { name: badge.name }, words.formats)
        : sayErrorInFull(restored.error, words),
    });
  };

  const remove = async (): Promise<void> => {
    const removed = await ask<'remove-badge'>({ kind: 'remove-badge', badge: badge.id });
    if (!removed.ok) return say({ text: sayErrorInFull(removed.error, words) });
    const isPublished = await readIsPublished(badge.id);
    location.hash = badge.close;
    say({ ...removedNotice(badge.name, isPublished, words), undo: () => void restore() });
  };

  return { checking, verifyAgain: () => void verifyAgain(), remove: () => void remove() };
}
