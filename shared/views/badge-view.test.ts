import { describe, expect, it } from 'vitest';
import { wordsOf } from '../messages/catalogue.ts';
import { achievementTypes } from '../model/achievement-types.ts';
import type { Badge, Endorsement } from '../model/badge.ts';
import { instantOf } from '../model/brands.ts';
import { passed, warning } from '../model/check.ts';
import { type Check, decide } from '../model/verdict.ts';
import { badgeView } from './badge-view.ts';
import { endorsementViews } from './endorsement-view.ts';
import { evidenceView } from './evidence-view.ts';
import { kindView } from './kind-view.ts';
import { resultView } from './result-view.ts';

const words = wordsOf('en');
const achievement = { name: 'Knots', tags: [], alignments: [] };
const badge: Badge = {
  generation: '3.0',
  id: 'urn:uuid:1',
  achievement,
  issuer: { id: 'did:key:z6Mk' },
  recipients: [],
  evidence: [],
  endorsements: [],
  document: {},
};
const kindOf = (address: string) => evidenceView({ address }, words).kind;

describe('evidence', () => {
  it('is told by its address alone', () => {
    for (const [address, kind] of [
      ['https://github.com/mia/knots', 'code'],
      ['https://gitlab.com/mia/knots', 'code'],
      ['https://codeberg.org/mia/knots', 'code'],
      ['https://bitbucket.org/mia/knots', 'code'],
      ['https://git.sr.ht/~mia/knots', 'code'],
      ['https://www.youtube.com/watch?v=1', 'video'],
      ['https://youtu.be/1', 'video'],
      ['https://school.example/film.MP4', 'video'],
      ['https://school.example/rope.jpeg?size=2', 'picture'],
      ['https://github.com/mia/knots/raw/main/thesis.pdf', 'pdf'],
      ['https://school.example/notes.txt', 'text'],
      ['https://school.example/work', 'page'],
    ] as const)
      expect(kindOf(address), address).toBe(kind);
  });

  it('is nothing better for a host that only looks like one', () => {
    for (const address of [
      'https://github.com.evil.example/x',
      'https://evilgithub.com/x',
      'https://evil.example/github.com',
      'https://evil.example/?file=a.pdf',
      'https://evil.example/#a.pdf',
    ])
      expect(kindOf(address), address).toBe('page');
  });

  it('is a text where it has no address, or none that may be linked', () => {
    expect(evidenceView({ narrative: 'She **knew** it.' }, words)).toMatchObject({
      kind: 'text',
      word: 'Text',
    });
    expect(evidenceView({ address: 'javascript:alert(1)' }, words)).toEqual({
      kind: 'text',
      word: 'Text',
      narrative: [],
    });
  });
});

describe('the kind of a badge', () => {
  it('is said in plain words for every type of the standard', () => {
    for (const type of achievementTypes)
      expect(kindView({ ...achievement, kind: type }, words).kind).toMatch(/^[A-Z][a-zA-Z’ -]+$/);
    expect(kindView({ ...achievement, kind: 'ext:Nautical' }, words).kind).toBe('Nautical');
    expect(kindView(achievement, words)).toEqual({});
  });

  it('tells skills, achievements, qualities and affiliations apart where it is said', () => {
    const groupOf = (kind: string, tags: readonly string[] = []) =>
      kindView({ ...achievement, kind, tags }, words).group;
    expect(groupOf('Competency')).toBe('skills');
    expect(groupOf('Diploma')).toBe('achievements');
    expect(groupOf('CommunityService')).toBe('qualities');
    expect(groupOf('Membership')).toBe('affiliations');
    expect(groupOf('Badge')).toBeUndefined();
    expect(groupOf('Badge', ['rope', ' Soft Skills '])).toBe('qualities');
    expect(groupOf('Badge', ['constructor', '__proto__'])).toBeUndefined();
  });
});

describe('a result', () => {
  it('says what was measured, reached and asked for', () => {
    expect(resultView({ name: 'Examination', value: '85', most: '100', required: '50' }, words)).toEqual({
      what: 'Examination',
      reached: '85 of 100',
      asked: '50',
    });
    expect(resultView({ kind: 'Status', status: 'InProgress' }, words)).toEqual({
      what: 'Status',
      reached: 'In progress',
      asked: '',
    });
    expect(resultView({ name: 'Nothing yet' }, words)).toBeUndefined();
  });
});

describe('an alignment', () => {
  it('names its framework and its code there', () => {
    const alignments = [
      { name: 'Splicing', framework: 'ESCO', code: 'S5.6', address: 'https://esco.example/S5' },
    ];
    const view = badgeView(
      {
        badge: { ...badge, achievement: { ...achievement, alignments } },
        verdict: decide([], [], instantOf(0)),
        issuerProof: { kind: 'none' },
      },
      words,
    );
    expect(view.alignments).toMatchObject([
      { title: 'Splicing', place: 'ESCO · S5.6', link: { host: 'esco.example' } },
    ]);
  });
});

describe('an endorsement', () => {
  const good = (name: string): Check => passed('endorsement', 'endorsement-good', 'OB 3.0', { name });
  const bad = (name: string, reason: string): Check =>
    warning('endorsement', 'endorsement-bad', 'OB 3.0', { name, reason });
  const by = (issuerId: string, issuerName = 'The Guild'): Endorsement => ({
    issuerId,
    issuerName,
    comment: 'Well **done**',
    document: null,
  });
  const views = (endorsements: readonly Endorsement[], checks: readonly Check[], isOurs = true) =>
    endorsementViews({ ...badge, endorsements }, decide(checks, [], instantOf(0)), isOurs, words);
  const guild = 'https://guild.example/issuer';

  it('carries its own verdict', () => {
    const others = ['did:web:b.example', 'https://c.example/i', 'https://d.example/i', 'https://e.example/i'];
    const checks = [
      good(guild),
      bad(others[0] ?? '', 'signature-bad'),
      bad(others[1] ?? '', 'has-been-revoked'),
      bad(others[2] ?? '', 'document-unreachable'),
    ];
    expect(views([by(guild), ...others.map((id) => by(id))], checks).map(({ mark }) => mark)).toEqual([
      'checked',
      'not-valid',
      'revoked',
      'not-checked',
      'not-checked',
    ]);
  });

  it('leads with the proven host, and only once it is proven (T49)', () => {
    expect(views([by(guild)], [good(guild)])[0]?.by).toBe('By guild.example, which says it is The Guild');
    expect(views([by(guild)], [])[0]?.by).toBe('By The Guild, as it says');
    expect(views([by('did:key:z6Mk')], [good('did:key:z6Mk')])[0]?.by).toBe('By The Guild, as it says');
    expect(
      views([by('https://good.example@evil.example/')], [good('https://good.example@evil.example/')])[0]?.by,
    ).toBe('By evil.example, which says it is The Guild');
  });

  it('is never good by the verdict of another one', () => {
    const marks = (endorsements: readonly Endorsement[], checks: readonly Check[], isOurs?: boolean) =>
      views(endorsements, checks, isOurs).map(({ mark }) => mark);
    expect(marks([by(guild), by(guild)], [good(guild), good(guild)])).toEqual(['checked', 'checked']);
    expect(marks([by(guild), by(guild)], [good(guild), bad(guild, 'signature-bad')])).toEqual([
      'not-valid',
      'not-valid',
    ]);
    expect(marks([by(guild), by(guild)], [good(guild)])).toEqual(['not-checked', 'not-checked']);
    const named = (id: string): Endorsement => ({ ...by(guild), document: { id } });
    expect(marks([named('urn:1'), named('urn:1')], [good(guild)])).toEqual(['checked']);
    expect(marks([named('urn:1'), named('urn:2')], [good(guild)])).toEqual(['not-checked', 'not-checked']);
    expect(marks([by('')], [good('')])).toEqual(['not-checked']);
    expect(marks([by(guild)], [good(guild)], false)).toEqual(['as-recorded']);
  });
});
