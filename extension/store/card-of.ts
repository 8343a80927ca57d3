import type { Identity } from '../../shared/model/badge.ts';
import type { Doc } from '../../shared/sync/doc.ts';
import { recipientMatchOf } from '../../shared/verify/recipient.ts';
import type { CardRow } from './database.ts';
import { isUnread, type KeptBadge, type KeptOffer, keptBadgeOf, keptOfferOf } from './kept-badge.ts';
import { foldText } from './search.ts';

/** Longest searched text of one badge; a description beyond it is found by its beginning. */
const maxSearchedLength = 4_000;

/** The card of a document that lists show; `undefined` for all others and for what is removed. */
export async function cardOf(doc: Doc, identities: readonly Identity[]): Promise<CardRow | undefined> {
  const badge = keptBadgeOf(doc);
  if (badge !== undefined) return badgeCard(badge, identities);
  const offer = keptOfferOf(doc);
  return offer === undefined ? undefined : offerCard(offer);
}

async function badgeCard(kept: KeptBadge, identities: readonly Identity[]): Promise<CardRow> {
  const { badge } = kept;
  const name = badge?.achievement.name ?? kept.name ?? '';
  const issuerName = badge?.issuer.name ?? '';
  return {
    id: kept.id,
    kind: isUnread(kept) ? 'unread' : 'badge',
    name,
    issuerName,
    issuerProof: kept.issuerProof,
    outcome: kept.verdict.outcome,
    ...(kept.unansweredSince === undefined ? {} : { rememberedFrom: kept.snapshot.taken }),
    keptAs: kept.keptAs,
    match: badge === undefined ? 'not-yet-matched' : await recipientMatchOf(badge, identities),
    ...(kept.picture === undefined ? {} : { picture: kept.picture }),
    ...(badge?.awarded === undefined ? {} : { awarded: badge.awarded }),
    ...(badge?.expires === undefined ? {} : { expires: badge.expires }),
    kept: kept.kept,
    tags: badge?.achievement.tags ?? [],
    text: searchedText([
      name,
      issuerName,
      kept.issuerProof.kind === 'host' ? kept.issuerProof.host : '',
      kept.name ?? '',
      ...(badge?.achievement.tags ?? []),
      badge?.achievement.description ?? '',
    ]),
  };
}

function offerCard(kept: KeptOffer): CardRow {
  const name = kept.name ?? '';
  const issuerName = kept.issuer ?? '';
  return {
    id: kept.id,
    kind: 'waiting',
    name,
    issuerName,
    issuerProof: { kind: 'none' },
    outcome: 'unreachable',
    keptAs: 'to-check',
    match: 'not-yet-matched',
    kept: kept.kept,
    tags: [],
    text: searchedText([name, issuerName, kept.address]),
  };
}

function searchedText(parts: readonly string[]): string {
  return foldText(parts.filter(Boolean).join('\n').slice(0, maxSearchedLength));
}
