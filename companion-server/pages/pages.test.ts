import { describe, expect, it } from 'vitest';
import type { Badge } from '../../shared/model/badge.ts';
import type { Handle, Instant, Sha256 } from '../../shared/model/brands.ts';
import type { ProfileData, PublishedBadge } from '../../shared/model/page-data.ts';
import { themes } from '../../shared/model/themes.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import { badgePage } from './badge-page.tsx';
import { checkPage } from './check-page.tsx';
import { collectionPage } from './collection-page.tsx';
import { homePage } from './home-page.tsx';
import { missingPage } from './missing-page.tsx';
import { profilePage } from './profile-page.tsx';
import { type PageKind, styleSheets } from './style-sheets.ts';

const at = '2026-03-12T14:05:09.000Z' as Instant;
const hash = 'A'.repeat(43) as Sha256;
const markup = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'>';

function badge(text: string): Badge {
  return {
    generation: '3.0',
    id: 'urn:uuid:1',
    achievement: {
      name: text,
      description: text,
      criteria: { narrative: text, address: 'javascript:alert(3)' },
      tags: [text],
      alignments: [{ name: text, address: 'javascript:alert(4)' }],
    },
    issuer: { id: 'https://academy.example/issuer', name: text },
    recipients: [],
    awarded: at,
    evidence: [{ name: text, address: 'https://academy.example/work' }],
    endorsements: [{ issuerName: text, comment: text, document: null }],
    document: {},
  };
}

function published(text: string, change: Partial<PublishedBadge> = {}): PublishedBadge {
  const verdict: Verdict = {
    outcome: 'valid',
    reason: 'all-passed',
    checks: [
      {
        check: 'integrity',
        outcome: 'passed',
        detail: { code: 'signature-good', facts: { suite: text } },
        source: 'OB 3.0 §8.2',
      },
    ],
    documents: [hash],
    at,
  };
  return {
    id: 'A'.repeat(22),
    badge: badge(text),
    verdict,
    issuerProof: { kind: 'host', host: 'academy.example', encrypted: true },
    standing: 'checked',
    seenAt: at,
    document: hash,
    picture: hash,
    note: text,
    seen: [],
    ...change,
  };
}

function profile(text: string, badges: readonly PublishedBadge[]): ProfileData {
  return {
    origin: 'http://localhost:4100',
    handle: 'ada' as Handle,
    name: text,
    about: text,
    identity: 'did:key:z6MkexampleExampleExample12345678',
    formerly: [],
    publishedAt: at,
    listed: false,
    collections: [{ slug: 'main', title: text, badges }],
  };
}

function badgePageOf(one: PublishedBadge): string {
  return badgePage({
    origin: 'http://localhost:4100',
    handle: 'ada' as Handle,
    identity: 'did:key:z',
    formerly: [],
    listed: false,
    badge: one,
  });
}

function collectionOf(one: PublishedBadge): string {
  const [collection] = profile('Ada', [one]).collections;
  if (collection === undefined) throw new Error('no collection');
  return collectionPage({ ...profile('Ada', [one]), collection });
}

describe('the public pages', () => {
  it('show what is foreign as text, in every field (T47)', () => {
    for (const page of [profilePage(profile(markup, [published(markup)])), badgePageOf(published(markup))]) {
      expect(page).not.toMatch(/<script|<img src=x|javascript:/i);
      expect(page).toContain('&lt;script');
    }
  });

  it('have no script and no style attribute, so that the strict policy holds', () => {
    const one = published('JavaScript');
    const ofKinds: Readonly<Record<PageKind, readonly string[]>> = {
      profile: [profilePage(profile('Ada', [one])), collectionOf(one)],
      badge: [badgePageOf(one)],
      check: [],
      plain: [homePage('http://localhost:4100'), missingPage()],
    };
    for (const [kind, pages] of Object.entries(ofKinds))
      for (const page of pages) {
        expect(page).not.toMatch(/<script| style=| on[a-z]+=/i);
        expect(page.match(/<link rel="stylesheet" href="([^"]*)"/g)).toEqual([
          `<link rel="stylesheet" href="${styleSheets[kind as PageKind].path}"`,
        ]);
      }
    expect(checkPage('http://localhost:4100', '/assets/check.js')).toContain(styleSheets.check.path);
  });

  it('lead with the proven host and put the claimed name after it (T49)', () => {
    const page = badgePageOf(published('Harvard University'));
    expect(page.indexOf('academy.example</span>')).toBeGreaterThan(0);
    expect(page.indexOf('academy.example</span>')).toBeLessThan(page.indexOf('says it is'));
  });

  it('never call a badge checked that this server could not check, and name no host as proven (T72)', () => {
    const recorded = published('JavaScript', { standing: 'recorded', issuerProof: { kind: 'none' } });
    const page = badgePageOf(recorded);
    expect(page).toContain('not checked by this server');
    expect(page).not.toContain('>Checked<');
    expect(page).not.toContain('issuer-line-lead">academy.example');
    expect(badgePageOf(published('JavaScript'))).toContain('>Checked<');
  });

  it('say that a badge may be somebody else’s, unless it names the key that signs the page (T52)', () => {
    const naming = (identity: string): Badge => ({
      ...badge('Kind'),
      recipients: [{ type: 'did', identity, hashed: false }],
    });
    const own = published('Kind', { badge: naming('did:key:z') });
    expect(badgePageOf(own)).toContain('Recipient confirmed');
    for (const other of [
      published('Kind'),
      published('Kind', { badge: naming('did:key:zOther') }),
      { ...own, standing: 'recorded' as const },
      { ...own, verdict: { ...own.verdict, outcome: 'invalid' as const } },
    ])
      expect(badgePageOf(other)).toContain('Recipient not confirmed');
  });

  it('show a revoked badge as revoked, in the list and on its own page', () => {
    const revoked = published('JavaScript', {
      verdict: { ...published('x').verdict, outcome: 'revoked', reason: 'has-been-revoked' },
    });
    expect(profilePage(profile('Ada', [revoked]))).toMatch(/class="badge-picture[^"]* struck"/);
    expect(badgePageOf(revoked)).toContain('verdict-mark mark-revoked');
    expect(profilePage(profile('Ada', [published('JavaScript')]))).not.toMatch(
      /class="badge-picture[^"]* struck"/,
    );
  });

  it('wear the theme of their owner, and the usual one for a name they do not know', () => {
    const wearing = (theme: string) => profilePage({ ...profile('Ada', []), theme });
    expect(wearing('harbour')).toContain('<html lang="en" class="theme-harbour">');
    expect(wearing('paper')).toContain('<html lang="en">');
    expect(wearing('of-another-time')).toContain('<html lang="en">');
    expect(badgePage({ ...profile('Ada', []), theme: 'ember', badge: published('A') })).toContain(
      'class="theme-ember"',
    );
    for (const theme of themes.slice(1)) {
      expect(styleSheets.profile.text).toContain(`.theme-${theme} {`);
      expect(styleSheets.badge.text).toContain(`.theme-${theme} {`);
    }
  });

  it('show a cover where there is one', () => {
    const page = profilePage({ ...profile('Ada', []), cover: hash });
    expect(page).toContain(`<img class="profile-cover" src="/d/${hash}" alt`);
    expect(profilePage(profile('Ada', []))).not.toContain('<img');
  });

  it('tell skills, achievements, qualities and affiliations apart where that can be told', () => {
    const kind = (name: string, type: string) => {
      const one = badge(name);
      return published(name, {
        id: name,
        badge: { ...one, achievement: { ...one.achievement, kind: type } },
      });
    };
    const all = [kind('A', 'Badge'), kind('B', 'Membership'), kind('C', 'Competency'), kind('D', 'Diploma')];
    const heads = (badges: readonly PublishedBadge[]) =>
      [...profilePage(profile('', badges)).matchAll(/<h[1-6][^>]*>(?:<(?:a|bdi)[^>]*>)?([^<]*)/g)].map(
        ([, text]) => text,
      );
    expect(heads(all)).toEqual([
      '@ada',
      'Badges',
      'Skills',
      'C',
      'Achievements',
      'D',
      'Affiliations',
      'B',
      'More badges',
      'A',
    ]);
    // One kind alone is no reason to part it from the rest.
    expect(heads([kind('A', 'Badge'), kind('B', 'Membership')])).toEqual(['@ada', 'Badges', 'A', 'B']);
  });

  it('carry on paper their own address, in letters and for a camera, and the days of the checks', () => {
    const page = profilePage(profile('Ada', [published('A')]));
    expect(page).toMatch(
      /printed-address"><p>[^<]* <strong dir="ltr">http:\/\/localhost:4100<wbr\/>\/@ada<\/strong>/,
    );
    expect(page).toMatch(/<svg class="qr-code"[^>]*role="img"[^>]*><path d="M0 0h7m/);
    // What the stylesheet writes out below each badge: the host once, and the path that leads to it anyway.
    expect(page).toContain('<main class="page" data-host="localhost:4100">');
    expect(styleSheets.profile.text).toContain('content: var(--host) attr(href);');
    const days = (badges: readonly PublishedBadge[]) =>
      /<p class="printed">([^<]*)/.exec(profilePage(profile('Ada', badges)))?.[1];
    const one = published('A');
    expect(days([one])).toBe(
      'Each was last checked by this server on 12 March 2026, unless it says otherwise.',
    );
    const other = published('B', { seenAt: '2026-03-11T23:00:00.000Z' as Instant });
    const recorded = published('A', {
      standing: 'recorded',
      issuerProof: { kind: 'none' },
      seenAt: '2026-01-01T00:00:00.000Z' as Instant,
    });
    expect(days([one, other, recorded])).toBe(
      'Each was last checked by this server between 11 March 2026 and 12 March 2026, unless it says otherwise.',
    );
    expect(days([recorded])).toBeUndefined();
    expect(badgePageOf(published('A'))).toContain(
      `http://localhost:4100<wbr/>/@ada/badges/${'A'.repeat(22)}</strong>`,
    );
  });

  it('say in one sentence how many badges from how many issuers', () => {
    expect(
      profilePage(profile('Ada', [published('One'), published('Two', { id: 'B'.repeat(22) })])),
    ).toContain('2 badges from 1 issuer, 2026');
    expect(profilePage(profile('Ada', []))).toContain('No badge is shown here');
  });

  it('offer no document where only the description was published', () => {
    const { document: _, ...described } = published('JavaScript');
    expect(badgePageOf(described)).not.toContain('href="/d/');
    expect(badgePageOf(published('JavaScript'))).toContain(`href="/d/${hash}"`);
  });

  it('weigh little: 30 badges in at most 12 kB', () => {
    const { document: _, picture: __, ...plain } = published('');
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...plain,
      id: `${index}`.padStart(22, '0'),
      badge: badge(`Badge number ${index}`),
    }));
    const page = profilePage({ ...profile('My badges', many), about: '' });
    expect(page.match(/href="[^"]*\/badges\//g)).toHaveLength(30);
    expect(Buffer.byteLength(page)).toBeLessThan(12 * 1024);
  });

  it('says calmly when an issuer has gone, and what was seen before', () => {
    const seen = (outcome: 'valid' | 'unreachable', times: number, first: string, last: string) => ({
      outcome,
      times,
      first: first as Instant,
      last: last as Instant,
    });
    const gone = published('A', {
      seen: [
        seen('valid', 14, '2025-03-01T10:00:00.000Z', '2026-03-01T10:00:00.000Z'),
        seen('unreachable', 3, '2026-03-02T10:00:00.000Z', '2026-03-09T10:00:00.000Z'),
      ],
    });
    const page = badgePage({ ...profile('Ada', [gone]), badge: gone });
    const text =
      'Seen 14 times between 1 March 2025 and 1 March 2026, always good; its issuer has not answered since 2 March 2026.';
    expect(page).toContain(text);
    expect(page).toContain('/statements');
    expect(page).not.toContain('<h3>What this server has seen</h3><ul></ul>');
    const answering = published('A', { seen: gone.seen.slice(0, 1) });
    const other = badgePage({ ...profile('Ada', [answering]), badge: answering });
    expect(other).toContain('Checked: found 14 times between 1 March 2025 and 1 March 2026.');
    expect(other).not.toContain('cannot be reached');
  });
});
