import type { Shelf } from '../../shared/model/page-data.ts';
import { badgePage } from '../pages/badge-page.tsx';
import { collectionPage as renderCollection } from '../pages/collection-page.tsx';
import { looks } from '../pages/inline-styles.ts';
import { profilePage as renderProfile } from '../pages/profile-page.tsx';
import { shelfOf } from '../use-cases/load-profile.ts';
import {
  collectionPage,
  profilePage,
  showBadge,
  showManifest,
  showStatements,
} from '../use-cases/show-profile.ts';
import { keysOf } from '../use-cases/state-seen.ts';
import { unlisted } from './headers.ts';
import { absent, asPage, handleIn, page, publicRoute, tagOf } from './public-route.ts';
import type { Answer, Asked, RouteDeps } from './route.ts';

/** How a page was rendered: one hash changes with the looks, the software's name with the templates. */
const wantedBy = ({ header }: Asked, { software }: RouteDeps) => ({
  version: `${software} ${looks}`,
  known: header('if-none-match') ?? '',
});

/** A page with the tag by which it is known again. */
const tagged =
  <Shown>(render: (shown: Shown) => string) =>
  (shown: Shown) => {
    const html = render(shown);
    return { html, tag: tagOf(html) };
  };

export const profile = publicRoute('/:profile{@[a-z0-9-]+}', 'page', async (asked, deps) => {
  const handle = handleIn(asked);
  if (handle === undefined) return absent(asked, 'page', deps);
  const found = await profilePage(handle, '', wantedBy(asked, deps), tagged(renderProfile), deps);
  return found === undefined ? absent(asked, 'page', deps) : page(found.html, found.tag);
});

export const profileData = publicRoute('/:profile{@[a-z0-9-]+[.]json}', 'page', async (asked, deps) => {
  const handle = handleIn(asked, '.json');
  if (handle === undefined) return absent(asked, 'data', deps);
  const found = await profilePage(handle, '.json', wantedBy(asked, deps), tagged(JSON.stringify), deps);
  if (found === undefined) return absent(asked, 'data', deps);
  return asPage(found.html, { 'content-type': 'application/json', etag: found.tag, ...unlisted });
});

export const profileManifest = publicRoute('/:profile{@[a-z0-9-]+[.]jws}', 'page', (asked, deps) => {
  const handle = handleIn(asked, '.jws');
  return manifestAnswer(handle === undefined ? undefined : { handle }, asked, deps);
});

/** The same of an unlisted collection, for whoever has its address. */
export const collectionManifest = publicRoute(
  '/:profile{@[a-z0-9-]+}/:secret{[A-Za-z0-9_-]+[.]jws}',
  'page',
  (asked, deps) => manifestAnswer(shelfIn(asked, '.jws'), asked, deps),
);

async function manifestAnswer(shelf: Shelf | undefined, asked: Asked, deps: RouteDeps): Promise<Answer> {
  const manifest = shelf === undefined ? undefined : await showManifest(shelf, deps);
  if (manifest === undefined) return absent(asked, 'data', deps);
  const headers = { 'content-type': 'application/jose', etag: tagOf(manifest.token), ...unlisted };
  return { status: 200, body: manifest.token, headers };
}

export const collection = publicRoute(
  '/:profile{@[a-z0-9-]+}/:collection{[A-Za-z0-9_-]+}',
  'page',
  async (asked, deps) => {
    const handle = handleIn(asked);
    if (handle === undefined) return absent(asked, 'page', deps);
    const name = asked.names['collection'] ?? '';
    const shelf = shelfOf(handle, name);
    const found = await collectionPage(shelf, name, wantedBy(asked, deps), tagged(renderCollection), deps);
    if (found === undefined) return absent(asked, 'page', deps);
    return asSecret(page(found.html, found.tag), shelf);
  },
);

export const badge = publicRoute('/:profile{@[a-z0-9-]+}/badges/:id', 'page', (asked, deps) => {
  const handle = handleIn(asked);
  return badgeAnswer(handle === undefined ? undefined : { handle }, asked, deps);
});

/** A badge of an unlisted collection has its page below the secret address alone. */
export const collectionBadge = publicRoute(
  '/:profile{@[a-z0-9-]+}/:secret{[A-Za-z0-9_-]+}/badges/:id',
  'page',
  (asked, deps) => badgeAnswer(shelfIn(asked), asked, deps),
);

async function badgeAnswer(shelf: Shelf | undefined, asked: Asked, deps: RouteDeps): Promise<Answer> {
  const shown = shelf === undefined ? undefined : await showBadge(shelf, asked.names['id'] ?? '', deps);
  return shown === undefined ? absent(asked, 'page', deps) : asSecret(page(badgePage(shown)), shown);
}

export const statements = publicRoute(
  '/:profile{@[a-z0-9-]+}/badges/:id/statements',
  'page',
  (asked, deps) => {
    const handle = handleIn(asked);
    return statementsAnswer(handle === undefined ? undefined : { handle }, asked, deps);
  },
);

export const collectionStatements = publicRoute(
  '/:profile{@[a-z0-9-]+}/:secret{[A-Za-z0-9_-]+}/badges/:id/statements',
  'page',
  (asked, deps) => statementsAnswer(shelfIn(asked), asked, deps),
);

async function statementsAnswer(shelf: Shelf | undefined, asked: Asked, deps: RouteDeps): Promise<Answer> {
  const id = asked.names['id'] ?? '';
  const file = shelf === undefined ? undefined : await showStatements(shelf, id, deps);
  if (file === undefined) return absent(asked, 'data', deps);
  const text = JSON.stringify(file);
  const headers = {
    'content-type': 'application/json',
    'content-disposition': `attachment; filename="${id}.statements.json"`,
  };
  return { status: 200, body: text, headers: { ...headers, etag: tagOf(text), ...unlisted } };
}

/** The unlisted collection that an address names. */
function shelfIn(asked: Asked, ending = ''): Shelf | undefined {
  const handle = handleIn(asked);
  const name = asked.names['secret'] ?? '';
  const secret = name.slice(0, name.length - ending.length);
  return handle === undefined ? undefined : { handle, secret };
}

/** What has a secret address says twice, in the page and beside it, that no search engine may list it. */
function asSecret(answer: Answer, { secret }: Shelf): Answer {
  return secret === undefined ? answer : { ...answer, headers: { ...answer.headers, ...unlisted } };
}

export const witnessKeys = publicRoute('/.well-known/jwks.json', 'page', async (_, { witness }) => {
  const text = JSON.stringify(await keysOf(witness));
  return {
    status: 200,
    body: text,
    headers: { 'content-type': 'application/jwk-set+json', etag: tagOf(text) },
  };
});
