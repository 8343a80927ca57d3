import { badgePage } from '../pages/badge-page.tsx';
import { profilePage as renderProfile } from '../pages/profile-page.tsx';
import { stylesheet } from '../pages/stylesheet.ts';
import {
  profilePage,
  showBadge,
  showManifest,
  showProfile,
  showStatements,
} from '../use-cases/show-profile.ts';
import { keysOf } from '../use-cases/state-seen.ts';
import { unlisted } from './headers.ts';
import { absent, handleIn, page, publicRoute, tagOf } from './public-route.ts';

export const profile = publicRoute('/:profile{@[a-z0-9-]+}', 'page', async (asked, deps) => {
  const handle = handleIn(asked);
  if (handle === undefined) return absent(handle, 'page', deps);
  // The stylesheet's hash changes with the looks, the software's name with the templates.
  const version = `${deps.software} ${stylesheet.hash}`;
  const render = (shown: Parameters<typeof renderProfile>[0]) => {
    const html = renderProfile(shown);
    return { html, tag: tagOf(html) };
  };
  const kept = await profilePage(handle, version, render, deps);
  return kept === undefined ? absent(handle, 'page', deps) : page(kept.html, kept.tag);
});

export const profileData = publicRoute('/:profile{@[a-z0-9-]+[.]json}', 'page', async (asked, deps) => {
  const handle = handleIn(asked, '.json');
  const shown = handle === undefined ? undefined : await showProfile(handle, deps);
  if (shown === undefined) return absent(handle, 'data', deps);
  const text = JSON.stringify(shown);
  const headers = { 'content-type': 'application/json', etag: tagOf(text), ...unlisted };
  return { status: 200, body: text, headers };
});

export const profileManifest = publicRoute('/:profile{@[a-z0-9-]+[.]jws}', 'page', async (asked, deps) => {
  const handle = handleIn(asked, '.jws');
  const manifest = handle === undefined ? undefined : await showManifest(handle, deps);
  if (manifest === undefined) return absent(handle, 'data', deps);
  const headers = { 'content-type': 'application/jose', etag: tagOf(manifest.token), ...unlisted };
  return { status: 200, body: manifest.token, headers };
});

export const badge = publicRoute('/:profile{@[a-z0-9-]+}/badges/:id', 'page', async (asked, deps) => {
  const handle = handleIn(asked);
  const shown = handle === undefined ? undefined : await showBadge(handle, asked.names['id'] ?? '', deps);
  return shown === undefined ? absent(handle, 'page', deps) : page(badgePage(shown));
});

export const statements = publicRoute(
  '/:profile{@[a-z0-9-]+}/badges/:id/statements',
  'page',
  async (asked, deps) => {
    const handle = handleIn(asked);
    const id = asked.names['id'] ?? '';
    const file = handle === undefined ? undefined : await showStatements(handle, id, deps);
    if (file === undefined) return absent(handle, 'data', deps);
    const text = JSON.stringify(file);
    const headers = {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="${id}.statements.json"`,
    };
    return { status: 200, body: text, headers: { ...headers, etag: tagOf(text), ...unlisted } };
  },
);

export const witnessKeys = publicRoute('/.well-known/jwks.json', 'page', async (_, { witness }) => {
  const text = JSON.stringify(await keysOf(witness));
  return {
    status: 200,
    body: text,
    headers: { 'content-type': 'application/jwk-set+json', etag: tagOf(text) },
  };
});
