import type { CardRow } from './database.ts';

/** The cards that hold every word of the question, in their order; all of them for an empty one. */
export function searchCards<Card extends Pick<CardRow, 'text'>>(
  cards: readonly Card[],
  question: string,
): readonly Card[] {
  const words = foldText(question).split(/\s+/).filter(Boolean).slice(0, maxWords);
  return words.length === 0 ? cards : cards.filter((card) => words.every((word) => card.text.includes(word)));
}

/** Text as it is searched: lower case, accents off, one form of each letter. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

const maxWords = 20;
