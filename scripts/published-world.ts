import { join } from 'node:path';
import Database from 'better-sqlite3';
import { clock } from '../companion-server/testing/learner.ts';
import { Publisher } from '../companion-server/testing/publisher.ts';
import { serveIssuer } from '../companion-server/testing/served-issuer.ts';
import { until } from '../e2e/browsers/browser.ts';
import { type Companion, startCompanion } from '../e2e/world/companion.ts';
import type { Sha256 } from '../shared/model/brands.ts';
import type { JsonObject } from '../shared/model/json.ts';
import type { ManifestItem } from '../shared/publish/manifest.ts';
import { type Art, drawPng } from '../shared/testing/badge-art.ts';
import { type BadgeWish, buildBadge } from '../shared/testing/build-badge.ts';
import { signEndorsement } from '../shared/testing/build-endorsement.ts';
import { buildIssuer } from '../shared/testing/build-issuer.ts';
import { type Documents, mergeDocuments } from '../shared/testing/documents.ts';

/** Profiles of a real companion server, published as any learner does, for whoever takes pictures of them. */
export type PublishedWorld = {
  readonly companion: Companion;
  /** addresses of the pages by what they show */
  readonly pages: Readonly<Record<string, string>>;
  readonly end: () => Promise<void>;
};

type Laid = { readonly item: ManifestItem; readonly id: string };
const arts: Readonly<Record<string, Art>> = {
  code: { shape: 'hexagon', glyph: 'code', hue: 215 },
  check: { shape: 'rosette', glyph: 'check', hue: 150 },
  person: { shape: 'circle', glyph: 'person', hue: 30 },
  team: { shape: 'shield', glyph: 'team', hue: 265 },
  star: { shape: 'star', glyph: 'chevrons', hue: 45 },
  quote: { shape: 'circle', glyph: 'quote', hue: 330 },
};

export async function publishWorld(): Promise<PublishedWorld> {
  const issuer = await serveIssuer();
  const mortal = await serveIssuer();
  const companion = await startCompanion([issuer.origin, mortal.origin]);
  const documents: Documents[] = [];
  const lay = async (owner: Publisher, wish: BadgeWish, art?: string, note?: string): Promise<Laid> => {
    const badge = await buildBadge({ issuerOrigin: issuer.origin, ...wish });
    documents.push(badge.documents);
    for (const served of [issuer, mortal]) served.serve(mergeDocuments(...documents));
    const { hash } = await owner.lay(badge.bytes);
    const drawn = art === undefined ? undefined : arts[art];
    const picture = drawn === undefined ? [] : [(await owner.lay(await drawPng(drawn))).hash];
    const place = {
      seenValidAt: clock(),
      recipient: 'hidden' as const,
      ...(note === undefined ? {} : { note }),
    };
    return { item: { doc: hash, with: picture, ...place }, id: hash.slice(0, 22) };
  };
  const ada = await Publisher.create({ address: companion.origin, origin: companion.origin }, 'ada-builds');
  const full = await lay(ada, await everythingSaid(issuer.origin), 'code', adaNote);
  const gone = await lay(
    ada,
    { proof: 'hosted', name: 'Accessible Forms', issuerOrigin: mortal.origin },
    'check',
  );
  const revoked = await lay(ada, { name: 'First Aid', status: { set: true }, slug: 'first-aid' }, 'star');
  const others = [
    await lay(ada, { name: 'Peer Mentor', change: kindOf('CommunityService') }, 'person'),
    await lay(ada, { name: 'Member of the Guild of Coders', change: kindOf('Membership') }, 'team'),
    await lay(ada, { name: 'Writing for the Web', expires: '2026-06-01T00:00:00Z' }, 'quote'),
    await lay(ada, { name: 'Sustained and Outstanding Contribution to the Documentation of Open Standards' }),
  ];
  const items = [full, gone, revoked, ...others].map(({ item }) => item);
  await ada.publish(items, { name: 'Ada Winter', about: adaAbout, theme: 'paper' });

  const layla = await Publisher.create({ address: companion.origin, origin: companion.origin }, 'layla');
  const arabic = await lay(layla, arabicWish(), 'check', 'أول شارة لي، وأنا فخورة بها.');
  const more = [
    await lay(layla, { name: 'عضو في نقابة المبرمجين', change: kindOf('Membership') }, 'team'),
    await lay(layla, { name: 'JavaScript للمبتدئين', change: kindOf('Competency') }, 'code'),
  ];
  const cover = (await layla.lay(await drawPng({ shape: 'hexagon', glyph: 'chevrons', hue: 200 }, 900))).hash;
  const rest = [arabic, ...more].map(({ item }) => item);
  await layla.publish(rest, {
    name: 'ليلى حداد',
    about: 'أكتب برامج صغيرة وأشرح كيف تعمل.',
    theme: 'harbour',
    cover,
    collections: [
      {
        slug: 'craft',
        title: 'ما تعلمته',
        about: 'شارات من ثلاث سنوات.',
        listed: true,
        items: rest.slice(0, 2),
      },
      { slug: 'more', title: 'والمزيد', listed: true, items: rest.slice(2) },
    ],
  });
  await Promise.all(['ada-builds', 'layla'].map((handle) => allChecked(companion, handle)));
  await mortal.end();
  await letIssuerVanish(companion, gone.item);
  const at = (handle: string, rest = '') => `${companion.origin}/@${handle}${rest}`;
  return {
    companion,
    pages: {
      profile: at('ada-builds'),
      collection: at('ada-builds', '/all'),
      'badge-valid': at('ada-builds', `/badges/${full.id}`),
      'badge-revoked': at('ada-builds', `/badges/${revoked.id}`),
      'badge-issuer-gone': at('ada-builds', `/badges/${gone.id}`),
      'right-to-left-profile': at('layla'),
      'right-to-left-badge': at('layla', `/badges/${arabic.id}`),
    },
    end: async () => {
      await companion.remove();
      await issuer.end();
    },
  };
}

const adaAbout =
  'I build forms that everybody can fill in, and teach others how. Looking for a team that cares about the last ten per cent.';
const adaNote =
  'The chess clock took three weekends. The tests were the part that I learnt most from, so have a look at them first.';

/** A badge that says all that a badge can say. */
async function everythingSaid(origin: string): Promise<BadgeWish> {
  const endorser = await buildIssuer({ name: 'Guild of Coders' });
  const achievement = `${origin}/achievements/javascript`;
  const endorsement = await signEndorsement({
    endorses: achievement,
    endorser,
    comment: 'We **hire** people who hold it. The examination is fair and nobody passes by luck.',
  });
  return {
    name: 'JavaScript',
    proof: 'eddsa-jcs-2022',
    issuer: await buildIssuer({ origin, keyPlace: 'controller', name: 'School of Webcraft' }),
    criteria: [
      'Whoever holds it has:',
      '',
      '1. solved the *five tasks* of the course,',
      '2. **explained one** of them to somebody who had not,',
      '3. passed an examination of an hour:',
      '   - no internet,',
      '   - `console.log` allowed.',
      '',
      `The tasks are in the [course book](${origin}/book).`,
    ].join('\n'),
    narrative: 'Ada’s chess clock keeps time to a **hundredth of a second** and never loses a move.',
    change: (document) => {
      const subject = document['credentialSubject'] as JsonObject;
      const own = subject['achievement'] as JsonObject;
      return {
        ...document,
        evidence: [
          {
            id: 'https://github.com/ada-winter/chess-clock',
            type: ['Evidence'],
            name: 'The chess clock',
            description: 'With tests.',
          },
          { id: `${origin}/thesis.pdf`, type: ['Evidence'], name: 'How the clock keeps time' },
          { id: 'https://youtu.be/aBcDeFgHiJk', type: ['Evidence'], name: 'Explained in eight minutes' },
          { id: `${origin}/clock.png`, type: ['Evidence'], name: 'The clock on a phone' },
          { type: ['Evidence'], name: 'What the examiner saw', narrative: 'She wrote the test *first*.' },
        ],
        credentialSubject: {
          ...subject,
          result: [
            { type: ['Result'], resultDescription: 'urn:x:exam', value: '92' },
            {
              type: ['Result'],
              resultDescription: 'urn:x:level',
              achievedLevel: 'urn:x:b',
              status: 'Completed',
            },
          ],
          achievement: {
            ...own,
            id: achievement,
            achievementType: 'Competency',
            endorsementJwt: [endorsement],
            alignment: [
              {
                type: ['Alignment'],
                targetName: 'Programming in JavaScript',
                targetUrl: 'https://esco.example/skill/javascript',
                targetFramework: 'ESCO',
                targetCode: 'S5.6.1',
              },
            ],
            resultDescription: [
              {
                id: 'urn:x:exam',
                type: ['ResultDescription'],
                name: 'Examination',
                resultType: 'Percent',
                valueMax: '100',
                requiredValue: '50',
              },
              {
                id: 'urn:x:level',
                type: ['ResultDescription'],
                name: 'Level',
                resultType: 'RubricCriterionLevel',
                rubricCriterionLevel: [{ id: 'urn:x:b', type: ['RubricCriterionLevel'], name: 'Proficient' }],
              },
            ],
          },
        },
      };
    },
  };
}

/** A badge whose words run from right to left. */
export function arabicWish(): BadgeWish {
  return {
    name: 'إمكانية الوصول إلى الويب',
    description: 'يكتب صفحات يستطيع الجميع قراءتها.',
    criteria: ['من يحملها:', '', '1. حل **خمس مهام**،', '2. شرح واحدة منها في `HTML`.'].join('\n'),
    narrative: 'صفحاتها تُقرأ بصوت عالٍ دون خطأ.',
    evidence: { address: 'https://github.com/layla/pages', name: 'الصفحات' },
    change: kindOf('Course'),
  };
}

function kindOf(achievementType: string): (document: JsonObject) => JsonObject {
  return (document) => {
    const subject = document['credentialSubject'] as JsonObject;
    const achievement = { ...(subject['achievement'] as JsonObject), achievementType };
    return { ...document, credentialSubject: { ...subject, achievement } };
  };
}

async function allChecked(companion: Companion, handle: string): Promise<void> {
  await until(
    'the server has checked every badge',
    async () => !(await (await fetch(`${companion.origin}/@${handle}.json`)).text()).includes('"recorded"'),
    30_000,
  );
}

/** Writes half a year into the server's database, in which the issuer of one badge falls silent. */
async function letIssuerVanish(companion: Companion, item: ManifestItem): Promise<void> {
  await companion.stop();
  const database = new Database(join(companion.dataDirectory, 'backpack.sqlite'));
  const document = ('doc' in item ? item.doc : item.said) as Sha256;
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000).toISOString();
  database
    .prepare('update sightings set first_at = ?, last_at = ?, times = 14 where document = ?')
    .run(daysAgo(400), daysAgo(40), document);
  database
    .prepare(
      `insert into sightings (account, document, n, outcome, times, first_at, last_at)
       select account, document, n + 1, 'unreachable', 9, ?, ? from sightings where document = ?`,
    )
    .run(daysAgo(39), daysAgo(1), document);
  database.prepare('update checks set checked_at = ? where document = ?').run(daysAgo(40), document);
  database.prepare('delete from pages').run();
  database.close();
  await companion.start();
}
