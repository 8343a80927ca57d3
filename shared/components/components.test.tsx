import { readdirSync, readFileSync } from 'node:fs';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../messages/catalogue.ts';
import type { Badge } from '../model/badge.ts';
import { instantOf } from '../model/brands.ts';
import { decide } from '../model/verdict.ts';
import { badgeView } from '../views/badge-view.ts';
import { checkListView } from '../views/check-list-view.ts';
import { BadgeCard } from './badge-card.tsx';
import { BadgeFacts } from './badge-facts.tsx';
import { BadgePicture } from './badge-picture.tsx';
import { CheckList } from './check-list.tsx';
import { IssuerLine } from './issuer-line.tsx';

const words = wordsOf('en');
const hostile = '<img src=x onerror=alert(1)>" style="x';
const badge: Badge = {
  generation: '3.0',
  id: 'urn:uuid:1',
  achievement: {
    name: hostile,
    description: hostile,
    criteria: { address: 'javascript:alert(1)', narrative: hostile },
    tags: [hostile],
    alignments: [{ name: hostile, address: 'https://framework.example/a' }],
  },
  issuer: { id: 'did:key:z6Mk', name: hostile },
  recipients: [],
  awarded: instantOf(Date.UTC(2026, 2, 12)),
  evidence: [{ name: hostile, address: 'data:text/html,x' }],
  endorsements: [{ issuerName: hostile, comment: hostile, document: null }],
  document: {},
};
const verdict = decide(
  [
    {
      check: 'integrity',
      outcome: 'failed',
      detail: { code: 'signature-bad', facts: { field: hostile } },
      source: hostile,
      asks: 'invalid',
    },
  ],
  [],
  instantOf(Date.UTC(2026, 3, 1)),
);
const view = badgeView({ badge, verdict, issuerProof: { kind: 'none' } }, words);
const page = renderToString(
  <main>
    <BadgeCard view={view} address="/@ada/badges/x" />
    <BadgePicture picture={view.picture} />
    <IssuerLine issuer={view.issuer} />
    <BadgeFacts view={view} words={words} />
    <CheckList groups={checkListView(verdict.checks, words)} words={words} />
  </main>,
);

describe('components as text', () => {
  it('turn nothing foreign into markup (T48)', () => {
    expect(page).not.toMatch(/<img[^>]*onerror/);
    expect(page).toContain('&lt;img src=x onerror=alert(1)>');
  });

  it('carry no style attribute and no script, which the page’s policy would refuse', () => {
    expect(page).not.toMatch(/<[^>]*\sstyle=/);
    expect(page).not.toMatch(/<script|\son[a-z]+=(?!alert)/);
  });

  it('link only to plain web addresses, and send no referrer', () => {
    const links = [...page.matchAll(/<a href="([^"]*)"[^>]*>/g)];
    expect(links.map((link) => link[1])).toEqual(['/@ada/badges/x', 'https://framework.example/a']);
    expect(links[1]?.[0]).toContain('rel="noopener noreferrer nofollow"');
  });

  it('strike the picture of what is not valid', () => {
    expect(page).toMatch(/class="badge-picture[^"]* struck"/);
  });
});

describe('style sheets', () => {
  it('name no colour and no pixel outside the tokens', () => {
    for (const file of readdirSync(import.meta.dirname).filter(
      (name) => name.endsWith('.css') && !name.endsWith('tokens.css'),
    )) {
      const css = readFileSync(new URL(file, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
      expect(css, file).not.toMatch(/\d(?:px)\b|#[0-9a-f]{3,8}\b|(?:rgb|hsl|oklch)\(/i);
    }
  });
});
