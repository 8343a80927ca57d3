import { describe, expect, it } from 'vitest';
import { instantOf } from '../../shared/model/brands.ts';
import { backpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import { foldText } from '../store/search.ts';
import { choicesOf, chosenCards, issuersOf, tileView } from './badge-list-view.ts';

const words = backpackWords('UTC');

function cardOf(name: string, more: Partial<CardRow> = {}): CardRow {
  return {
    id: `badge|${name.replace(/\W/g, '')}`,
    kind: 'badge',
    name,
    issuerName: 'School of Webcraft',
    issuerProof: { kind: 'host', host: 'academy.example', encrypted: true },
    outcome: 'valid',
    keptAs: 'claimed',
    match: 'yours',
    kept: instantOf(Date.UTC(2026, 10, 23)),
    tags: [],
    text: foldText(name),
    ...more,
  };
}

const cards = [
  cardOf('Übung 10'),
  cardOf('Übung 9', { outcome: 'revoked' }),
  cardOf('Accessibility', { issuerProof: { kind: 'none' }, awarded: instantOf(Date.UTC(2012, 5, 1)) }),
];
const all = { search: '', sort: 'newest', filter: 'all' } as const;

describe('the list of badges', () => {
  it('keeps the order it came in, newest first', () => {
    expect(chosenCards(cards, all, words)).toEqual(cards);
  });

  it('finds without accents and capitals', () => {
    expect(chosenCards(cards, { ...all, search: 'UBUNG' }, words)).toHaveLength(2);
  });

  it('sorts names as people read them', () => {
    const names = chosenCards(cards, { ...all, sort: 'name' }, words).map((card) => card.name);
    expect(names).toEqual(['Accessibility', 'Übung 9', 'Übung 10']);
  });

  it('tells the checked ones from the rest', () => {
    expect(chosenCards(cards, { ...all, filter: 'good' }, words)).toHaveLength(2);
    expect(chosenCards(cards, { ...all, filter: 'other' }, words).map((card) => card.name)).toEqual([
      'Übung 9',
    ]);
  });

  it('says of when a check is, once the issuer is silent', () => {
    const rememberedFrom = instantOf(Date.UTC(2026, 10, 20));
    const wordOf = (card: CardRow): string => tileView(card, undefined, words).verdict.word;
    expect(wordOf(cardOf('Knots', { rememberedFrom }))).toBe('Checked on 20 November 2026');
    expect(wordOf(cardOf('Knots'))).toBe('Checked');
    expect(wordOf(cardOf('Knots', { rememberedFrom, outcome: 'revoked' }))).toBe('Revoked');
  });

  it('groups by who is proven, never by the name that is claimed', () => {
    expect(issuersOf(cards, words)).toEqual([
      { lead: 'academy.example', count: 2 },
      { lead: 'Issuer not proven', count: 1 },
    ]);
    expect(chosenCards(cards, { ...all, issuer: 'Issuer not proven' }, words)).toHaveLength(1);
  });

  it('puts each issuer into words once, however many badges are theirs', () => {
    let asked = 0;
    const counting = {
      ...words,
      get text() {
        asked += 1;
        return words.text;
      },
    };
    const many = Array.from({ length: 1_000 }, (_, index) =>
      cardOf(`Badge ${index}`, index % 4 === 0 ? { issuerProof: { kind: 'none' } } : {}),
    );
    expect(issuersOf(many, counting)).toEqual([
      { lead: 'academy.example', count: 750 },
      { lead: 'Issuer not proven', count: 250 },
    ]);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(20);
  });

  it('says of badges to tick that there are more than stand there, and where there is none', () => {
    const many = Array.from({ length: 201 }, (_, index) => cardOf(`Badge ${index}`));
    const { shown, note } = choicesOf(many, '', words);
    expect([shown.length, note]).toEqual([
      200,
      'The first 200 of 201 are listed here. Search for the others.',
    ]);
    expect(choicesOf(many.slice(1), '', words).note).toBe('');
    expect(choicesOf(many, 'zither', words)).toEqual({ shown: [], note: 'No badge fits “zither”.' });
  });

  it('greys and strikes the picture of a revoked badge in the tile too', () => {
    const [, revoked] = cards;
    expect(revoked && tileView(revoked, undefined, words).picture.struck).toBe(true);
  });

  it('never shows a tile without a name', () => {
    expect(tileView(cardOf('\u202E\u200B'), undefined, words).name).toBe('A badge without a name');
    expect(tileView(cardOf('', { kind: 'waiting' }), undefined, words).name).toBe(
      'An offer not answered yet',
    );
  });
});
