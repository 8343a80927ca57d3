import { describe, expect, it } from 'vitest';
import { foldText, searchCards } from './search.ts';

const cards = ['Éducation Nationale', 'JavaScript für Anfänger', 'Web Accessibility'].map((text) => ({
  text: foldText(text),
}));

describe('search', () => {
  it.each([
    ['', 3],
    ['  ', 3],
    ['javascript', 1],
    ['EDUCATION', 1],
    ['anfanger JAVA', 1],
    ['web java', 0],
    ['a', 3],
    ['ﬁ', 0],
  ])('finds for “%s” %i of three', (question, count) => {
    expect(searchCards(cards, question)).toHaveLength(count);
  });
});
