import type { BadgeCardView } from '../../shared/components/badge-card.tsx';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import { maxNameLength } from '../../shared/views/badge-view.ts';
import { issuerView } from '../../shared/views/issuer-view.ts';
import { pictureView } from '../../shared/views/picture-view.ts';
import { isStruck, markOf } from '../../shared/views/verdict-view.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import { searchCards } from '../store/search.ts';

export type Sort = 'newest' | 'name' | 'issuer';
export type Filter = 'all' | 'good' | 'other';
export type ListQuestion = {
  readonly search: string;
  readonly sort: Sort;
  readonly filter: Filter;
  /** proven host or key that the list is narrowed to */
  readonly issuer?: string;
};

export type IssuerCount = { readonly lead: string; readonly count: number };

/** The cards that answer the question, in the order asked for. `cards` come newest first. */
export function chosenCards(
  cards: readonly CardRow[],
  question: ListQuestion,
  words: BackpackWords,
): readonly CardRow[] {
  const found = searchCards(cards, question.search)
    .filter(
      (card) => question.filter === 'all' || (card.outcome === 'valid') === (question.filter === 'good'),
    )
    .filter((card) => question.issuer === undefined || issuerLead(card, words) === question.issuer);
  if (question.sort === 'newest') return found;
  const order = new Intl.Collator(words.formats.language, { numeric: true, sensitivity: 'base' });
  const keyOf = (card: CardRow): string => (question.sort === 'name' ? card.name : issuerLead(card, words));
  return [...found].sort((a, b) => order.compare(keyOf(a), keyOf(b)));
}

/** More than this is reached by search. */
const maxChoices = 200;

/** The badges that a search finds among those to tick, and what is said where not all of them stand there. */
export function choicesOf(
  cards: readonly CardRow[],
  search: string,
  words: BackpackWords,
): { readonly shown: readonly CardRow[]; readonly note: string } {
  const { choiceMore, notFound } = words.own.backpack;
  const found = searchCards(cards, search);
  const shown = found.slice(0, maxChoices);
  if (found.length === 0) return { shown, note: fill(notFound, { query: search }, words.formats) };
  if (shown.length === found.length) return { shown, note: '' };
  return { shown, note: fill(choiceMore, { count: maxChoices, all: found.length }, words.formats) };
}

/** Who vouches, for grouping: the same text that the tile leads with. */
export function issuerLead(card: CardRow, words: BackpackWords): string {
  return issuerView(undefined, card.issuerProof, words).lead;
}

/** The issuers of all cards, most badges first. */
export function issuersOf(cards: readonly CardRow[], words: BackpackWords): readonly IssuerCount[] {
  // Of a thousand badges a few have issued most: each is put into words once.
  const proofs = Map.groupBy(cards, ({ issuerProof }) => JSON.stringify(issuerProof));
  const counts = new Map<string, number>();
  for (const [first, ...others] of proofs.values()) {
    if (first === undefined) continue;
    const lead = issuerLead(first, words);
    counts.set(lead, (counts.get(lead) ?? 0) + 1 + others.length);
  }
  return [...counts]
    .map(([lead, count]) => ({ lead, count }))
    .sort((a, b) => b.count - a.count || (a.lead < b.lead ? -1 : 1));
}

/** A card as its tile shows it. */
export function tileView(card: CardRow, picture: string | undefined, words: BackpackWords): BadgeCardView {
  const mark = markOf(card.outcome);
  const name = plainText(card.name, maxNameLength) || namelessWords(card, words);
  return {
    name,
    picture: pictureView(
      {
        name,
        hash: card.id.slice(card.id.indexOf('|') + 1),
        struck: isStruck(mark),
        ...(picture === undefined ? {} : { address: picture }),
      },
      words,
    ),
    issuer: issuerView(undefined, card.issuerProof, words),
    verdict: { mark, word: markWord(card, words) },
    year: card.awarded === undefined ? '' : words.formats.year(card.awarded),
  };
}

/** A good badge whose issuer is silent says of when its check is, here as in its detail. */
function markWord({ outcome, rememberedFrom }: CardRow, words: BackpackWords): string {
  if (outcome === 'valid' && rememberedFrom !== undefined)
    return fill(words.text.verdict.checkedOn, { date: rememberedFrom }, words.formats);
  return words.text.marks[markOf(outcome)];
}

function namelessWords(card: CardRow, words: BackpackWords): string {
  if (card.kind === 'waiting') return words.own.backpack.waiting;
  return card.kind === 'unread' ? words.text.badge.unreadable : words.text.badge.unnamed;
}
