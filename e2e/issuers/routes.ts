import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { document, page, type Route, redirect } from './answer.ts';
import { pngPicture, schoolMark, svgPicture } from './art/picture.ts';
import { assess } from './assessments/assessment.ts';
import { assessments } from './assessments/registry.ts';
import type { Awards } from './awards.ts';
import { badgeOf, catalogue } from './catalogue.ts';
import { type Exhibit, exhibits } from './gallery.ts';
import { learnerCookie, parseEmail } from './learner.ts';
import { flawedBadge, giveAward, type Mint } from './mint.ts';
import { assessmentPage } from './pages/assessment-page.ts';
import { awardPage } from './pages/award-page.ts';
import { exhibitPage, galleryPage } from './pages/gallery-pages.ts';
import { homePage } from './pages/home-page.ts';
import { messagePage } from './pages/message-page.ts';
import { openDayPage } from './pages/open-day-page.ts';
import { peerPage } from './pages/peer-page.ts';

export type Deps = { readonly origin: string; readonly awards: Awards; readonly mint: Mint };

const style = readFileSync(join(import.meta.dirname, 'pages', 'school.css'), 'utf8');

const missing = () => page(messagePage('Nothing here', 'The school has no such page.'), 404);

/** Everything the school answers. */
export function routesOf(deps: Deps): readonly Route[] {
  return [
    ...frontDoor,
    ...art,
    ...assessmentRoutes(deps),
    ...peerRoutes(deps),
    ...awardRoutes(deps),
    ...galleryRoutes(deps),
    ...documentRoutes(deps),
  ];
}

const frontDoor: readonly Route[] = [
  { method: 'GET', path: /^\/$/, answer: ({ learner }) => page(homePage(learner)) },
  {
    method: 'POST',
    path: /^\/learner$/,
    answer: ({ form, learner }) => {
      const typed = form.get('email') ?? '';
      const email = parseEmail(typed);
      if (email === undefined) return page(homePage(learner, typed.slice(0, 300)), 422);
      return redirect('/', { 'Set-Cookie': learnerCookie(email) });
    },
  },
];

const art: readonly Route[] = [
  { method: 'GET', path: /^\/school\.css$/, answer: () => document(style, 'text/css; charset=utf-8') },
  { method: 'GET', path: /^\/school\.svg$/, answer: () => document(schoolMark, 'image/svg+xml') },
  {
    method: 'GET',
    path: /^\/art\/(?<slug>[a-z-]+)\.(?<form>svg|png)$/,
    answer: (_, { slug = '', form }) => {
      const badge = badgeOf(slug);
      if (badge === undefined) return missing();
      return form === 'png'
        ? document(pngPicture(slug, badge.hue), 'image/png')
        : document(svgPicture(slug, badge.hue), 'image/svg+xml');
    },
  },
];

function assessmentRoutes({ awards, mint }: Deps): readonly Route[] {
  const find = (slug: string | undefined) => assessments.find((assessment) => assessment.slug === slug);
  return [
    {
      method: 'GET',
      path: /^\/assessments\/(?<slug>[a-z-]+)$/,
      answer: ({ learner }, { slug }) => {
        const assessment = find(slug);
        return assessment === undefined ? missing() : page(assessmentPage(assessment, learner));
      },
    },
    {
      method: 'POST',
      path: /^\/assessments\/(?<slug>[a-z-]+)$/,
      answer: async ({ form, learner }, { slug = '' }) => {
        const assessment = find(slug);
        const badge = badgeOf(slug);
        if (assessment === undefined || badge === undefined) return missing();
        const answer = form.get('answer') ?? '';
        const assessed = assess(assessment, answer);
        if (!assessed.passed) return page(assessmentPage(assessment, learner, { answer, assessed }), 422);
        const award = await giveAward({ badge, to: learner }, awards, mint);
        return redirect(`/awards/${award.id}`);
      },
    },
  ];
}

function peerRoutes({ awards, mint }: Deps): readonly Route[] {
  const find = (slug = '') => {
    const badge = badgeOf(slug);
    return badge?.earned === 'peer' ? badge : undefined;
  };
  return [
    {
      method: 'GET',
      path: /^\/peers\/(?<slug>[a-z-]+)$/,
      answer: ({ learner }, { slug }) => {
        const badge = find(slug);
        return badge === undefined ? missing() : page(peerPage(badge, learner));
      },
    },
    {
      method: 'POST',
      path: /^\/peers\/(?<slug>[a-z-]+)$/,
      answer: async ({ form, learner }, { slug }) => {
        const badge = find(slug);
        if (badge === undefined) return missing();
        const typed = (form.get('email') ?? '').slice(0, 300);
        const why = (form.get('why') ?? '').trim().slice(0, 600);
        const to = parseEmail(typed);
        if (to === undefined || to === '') {
          const wrong =
            'This does not look like an e-mail address; without one the badge would reach nobody.';
          return page(peerPage(badge, learner, { email: typed, why, wrong }), 422);
        }
        const award = await giveAward({ badge, to, ...(why === '' ? {} : { why }) }, awards, mint);
        return redirect(`/awards/${award.id}`);
      },
    },
  ];
}

function awardRoutes({ awards, mint }: Deps): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/awards\/(?<id>[A-Za-z0-9_-]{12})$/,
      answer: ({ learner }, { id = '' }) => {
        const award = awards.get(id);
        const badge = award && badgeOf(award.slug);
        if (award === undefined || badge === undefined) return missing();
        return page(awardPage(award, badge, learner));
      },
    },
    {
      method: 'GET',
      path: /^\/open-day$/,
      answer: async ({ learner }) => {
        const given = catalogue
          .filter((badge) => badge.earned === 'open-day')
          // The same visitor finds the same three badges each time.
          .map((badge) => giveAward({ badge, to: learner, once: 'open-day' }, awards, mint));
        return page(openDayPage(await Promise.all(given), learner));
      },
    },
  ];
}

function galleryRoutes({ awards, mint, origin }: Deps): readonly Route[] {
  const offerOf = async (exhibit: Exhibit, learner: string | undefined): Promise<string> => {
    if ('misbehaves' in exhibit.kind) return `${origin}/gallery/${exhibit.slug}/badge`;
    const award = await giveAward(
      { ...flawedBadge(exhibit.kind.badge), to: learner, once: 'gallery' },
      awards,
      mint,
    );
    return award.offer;
  };
  return [
    { method: 'GET', path: /^\/gallery$/, answer: ({ learner }) => page(galleryPage(exhibits, learner)) },
    {
      method: 'GET',
      path: /^\/gallery\/(?<slug>[a-z-]+)$/,
      answer: async ({ learner }, { slug }) => {
        const exhibit = exhibits.find((one) => one.slug === slug);
        if (exhibit === undefined) return missing();
        return page(exhibitPage(exhibit, await offerOf(exhibit, learner), learner));
      },
    },
  ];
}

function documentRoutes({ awards, mint }: Deps): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/.+$/,
      answer: ({ path }) => {
        const served = awards.served(path) ?? mint.documents.get(path);
        return served === undefined ? missing() : document(served.body, served.mediaType);
      },
    },
  ];
}
