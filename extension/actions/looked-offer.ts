import { base64Of } from '../../shared/model/bytes.ts';
import { exists } from '../../shared/sync/doc.ts';
import { recipientMatchOf } from '../../shared/verify/recipient.ts';
import type { LookedCard, LookedOffer } from '../channel.ts';
import { readIdentities } from '../store/badges.ts';
import type { LookedRow } from '../store/database.ts';
import { choiceAfterFailure, choiceOf } from './choice.ts';
import type { ActionDeps } from './deps.ts';

/** What a look found, as pages see it. */
export async function lookedOfferOf(row: LookedRow, deps: Pick<ActionDeps, 'store'>): Promise<LookedOffer> {
  if (row.found.state === 'looked') return { state: 'looked', card: await cardOf(row, row.found, deps) };
  const { error } = row.found;
  return { state: 'failed', key: row.key, error, choice: choiceAfterFailure(error.code) };
}

async function cardOf(
  row: LookedRow,
  found: Extract<LookedRow['found'], { state: 'looked' }>,
  { store }: Pick<ActionDeps, 'store'>,
): Promise<LookedCard> {
  const { verdict, badge, issuerProof } = found.verification;
  const kept = await store.docs.get(found.id);
  const { picture } = found;
  return {
    key: row.key,
    // The raw document may be megabytes; no view shows it.
    ...(badge === undefined ? {} : { badge: { ...badge, document: {} } }),
    verdict,
    issuerProof,
    match:
      badge === undefined ? 'not-yet-matched' : await recipientMatchOf(badge, await readIdentities(store)),
    ...(picture === undefined
      ? {}
      : { picture: `data:${picture.mediaType};base64,${base64Of(picture.bytes)}` }),
    ...(kept !== undefined && exists(kept) ? { alreadyKept: found.id } : {}),
    choice: choiceOf(verdict),
  };
}
