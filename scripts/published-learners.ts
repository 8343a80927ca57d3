import { clock } from '../companion-server/testing/learner.ts';
import { Publisher } from '../companion-server/testing/publisher.ts';
import type { Handle } from '../shared/model/brands.ts';
import { utf8 } from '../shared/model/bytes.ts';
import type { Manifest, ManifestItem } from '../shared/publish/manifest.ts';
import { type Art, drawPng } from '../shared/testing/badge-art.ts';
import { type BadgeWish, buildBadge } from '../shared/testing/build-badge.ts';
import { type Documents, servedBytes } from '../shared/testing/documents.ts';
import { arabicWish, everythingSaid, kindOf } from './published-badges.ts';
import { hills, badgeWords as words } from './published-words.ts';

/** Where learners publish, and who issues what they publish. */
export type Stage = {
  readonly origin: string;
  readonly issuer: string;
  /** an issuer that will be gone */
  readonly mortal: string;
  readonly serve: (documents: Documents) => void;
};

type Laid = { readonly item: ManifestItem; readonly id: string };
/** Addresses by what they show. */
type Pages = Readonly<Record<string, string>>;

const arts: Readonly<Record<string, Art>> = {
  code: { shape: 'hexagon', glyph: 'code', hue: 215 },
  check: { shape: 'rosette', glyph: 'check', hue: 150 },
  person: { shape: 'circle', glyph: 'person', hue: 30 },
  team: { shape: 'shield', glyph: 'team', hue: 265 },
  star: { shape: 'star', glyph: 'chevrons', hue: 45 },
  quote: { shape: 'circle', glyph: 'quote', hue: 330 },
};

/** A learner on the stage, and what she does there. */
async function learnerOn(stage: Stage, handle: string) {
  const publisher = await Publisher.create({ address: stage.origin, origin: stage.origin }, handle);
  return {
    publisher,
    at: (rest = '') => `${stage.origin}/@${handle}${rest}`,
    lay: async (wish: BadgeWish, art?: string, note?: string): Promise<Laid> => {
      const badge = await buildBadge({ issuerOrigin: stage.issuer, ...wish });
      stage.serve(
        new Map([...badge.documents, [badge.address, servedBytes(badge.bytes, badge.mediaType)] as const]),
      );
      const { hash } = await publisher.lay(badge.bytes);
      const drawn = art === undefined ? undefined : arts[art];
      const picture = drawn === undefined ? [] : [(await publisher.lay(await drawPng(drawn))).hash];
      const place = { seenValidAt: clock(), recipient: 'hidden' as const };
      const said = note === undefined ? {} : { note };
      return { item: { doc: hash, with: picture, ...place, ...said }, id: hash.slice(0, 22) };
    },
    publish: async (laid: readonly Laid[], change: Partial<Manifest>) => {
      const reply = await publisher.publish(
        laid.map(({ item }) => item),
        change,
      );
      if (reply.status >= 300) throw new Error(`not published: ${reply.body.toString()}`);
    },
  };
}

/** A listed profile with a badge of each kind and state. */
export async function adaPublishes(stage: Stage): Promise<{ pages: Pages; gone: ManifestItem }> {
  const { publish, lay, at } = await learnerOn(stage, 'ada-builds');
  const full = await lay(
    await everythingSaid(stage.issuer),
    'code',
    'The chess clock took three weekends. The tests were the part that I learnt most from, so have a look at them first.',
  );
  const gone = await lay({ proof: 'hosted', issuerOrigin: stage.mortal, ...words.forms }, 'check');
  const revoked = await lay({ ...words.aid, status: { set: true }, slug: 'first-aid' }, 'star');
  const mentor = await lay({ ...words.mentor, change: kindOf('CommunityService') }, 'person');
  const guild = await lay({ ...words.guild, change: kindOf('Membership') }, 'team');
  const expired = await lay({ ...words.writing, expires: '2026-06-01T00:00:00Z' }, 'quote');
  const long = await lay(words.standards);
  await publish([full, gone, revoked, mentor, guild, expired, long], {
    name: 'Ada Winter',
    about:
      'I build forms that everybody can fill in, and teach others how. Looking for a team that cares about the last ten per cent.',
    theme: 'paper',
    search: true,
  });
  return {
    gone: gone.item,
    pages: {
      profile: at(),
      collection: at('/all'),
      'badge-valid': at(`/badges/${full.id}`),
      'badge-revoked': at(`/badges/${revoked.id}`),
      'badge-issuer-gone': at(`/badges/${gone.id}`),
      'badge-expired': at(`/badges/${expired.id}`),
    },
  };
}

/** A profile from right to left, with a theme, a cover and two chapters. */
export async function laylaPublishes(stage: Stage): Promise<Pages> {
  const { publisher, publish, lay, at } = await learnerOn(stage, 'layla');
  const first = await lay(arabicWish(), 'check', 'أول شارة لي، وأنا فخورة بها.');
  const second = await lay(
    { name: 'عضو في نقابة المبرمجين', slug: 'guild', change: kindOf('Membership') },
    'team',
  );
  const third = await lay(
    { name: 'JavaScript للمبتدئين', slug: 'first-steps', change: kindOf('Competency') },
    'code',
  );
  const cover = await publisher.lay(utf8(hills));
  await publish([], {
    name: 'ليلى حداد',
    about: 'أكتب برامج صغيرة وأشرح كيف تعمل.',
    theme: 'harbour',
    cover: cover.hash,
    collections: [
      {
        slug: 'craft',
        title: 'ما تعلمته',
        about: 'شارات من ثلاث سنوات.',
        listed: true,
        items: [first.item, second.item],
      },
      { slug: 'more', title: 'والمزيد', listed: true, items: [third.item] },
    ],
  });
  return { 'right-to-left-profile': at(), 'right-to-left-badge': at(`/badges/${first.id}`) };
}

/** A profile without badges, and an unlisted collection that says of its one badge no more than it must. */
export async function kimPublishes(stage: Stage): Promise<Pages> {
  const { publisher, publish, lay, at } = await learnerOn(stage, 'kim-is-new');
  await publish([], { name: 'Kim' });
  const secret = 'ForTheJury'.padEnd(43, '0');
  const { item, id } = await lay({ name: 'Tides', proof: 'hosted', issuerOrigin: stage.mortal }, 'star');
  const reply = await publisher.put(await publisher.unlisted(secret, [item]), '"0"', secret);
  if (reply.status >= 300) throw new Error(`not published: ${reply.body.toString()}`);
  return {
    'profile-without-badges': at(),
    'collection-without-badges': at('/all'),
    'collection-unlisted': at(`/${secret}`),
    'badge-unlisted': at(`/${secret}/badges/${id}`),
  };
}

/** A profile that its operator will take down. */
export async function evePublishes(stage: Stage): Promise<{ handle: string; profile: string }> {
  const { publish, lay, at } = await learnerOn(stage, 'eve-was-here');
  await publish([await lay({ name: 'Sails' })], { name: 'Eve' });
  return { handle: 'eve-was-here', profile: at() };
}

/** A profile that moves to another handle; answers where it was. */
export async function zoePublishes(stage: Stage): Promise<string> {
  const { publisher, publish, at } = await learnerOn(stage, 'zoe-writes');
  await publish([], { name: 'Zoe' });
  const reply = await publisher.claim('zoe-codes', true);
  if (reply.status >= 300) throw new Error(`not moved: ${reply.body.toString()}`);
  await publish([], { name: 'Zoe', handle: 'zoe-codes' as Handle });
  return at();
}
