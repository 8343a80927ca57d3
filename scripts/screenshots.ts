import { existsSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './build.ts';
import { takeCollections } from './collection-screenshots.ts';
import { takeLearner } from './learner-screenshots.ts';
import { takePublicPages } from './page-screenshots.ts';
import { takeProfiles } from './profile-screenshots.ts';
import { takeServerPlaces } from './server-screenshots.ts';

/*
 * Pictures of what a learner sees, in the real browser with real badges: in light and dark, on a wide window, on a
 * small phone and at double size. All lie in `test-results/screenshots`; with the word `docs` the few that the
 * documentation keeps are replaced as well. With names of parts, those alone are taken anew. A part that fails is told
 * with all that it said, and keeps none of the others from being taken.
 */
const root = join(import.meta.dirname, '..');
const folder = join(root, 'test-results', 'screenshots');
const docsFolder = join(root, 'docs', 'screenshots');
const parts = {
  profiles: takeProfiles,
  pages: takePublicPages,
  server: takeServerPlaces,
  collections: takeCollections,
  learner: takeLearner,
} as const;
const inDocs = [
  'detail-valid-wide-light',
  'detail-valid-wide-dark',
  'detail-valid-narrow-light',
  'detail-revoked-wide-light',
  'detail-tampered-wide-dark',
  'detail-issuer-gone-wide-light',
  'profile-desktop-light',
  'profile-phone-dark',
  'profile-printed',
  'collection-desktop-light',
  'badge-valid-desktop-light',
  'badge-revoked-desktop-dark',
  'badge-issuer-gone-phone-light',
  'right-to-left-badge-phone-light',
  'badge-valid-printed',
  'right-to-left-profile-desktop-light',
  'check-desktop-light',
  'check-valid-desktop-light',
  'claim-seen-phone-light',
  'home-desktop-light',
];

const words = process.argv.slice(2);
const forDocs = words.includes('docs');
const named = words.filter((word) => word !== 'docs');
const unknown = named.filter((word) => !(word in parts));
if (unknown.length > 0) {
  console.error(
    `There is no part called ${unknown.join(', ')}. The parts: ${Object.keys(parts).join(', ')}.`,
  );
  process.exit(2);
}
await build(['chromium', 'server']);
if (named.length === 0) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const failures: string[] = [];
for (const [name, take] of Object.entries(parts)) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`Taking pictures: ${name} …`);
  await take(folder).catch((error: unknown) => {
    console.error(error);
    failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  });
}
if (forDocs && failures.length === 0) {
  await mkdir(docsFolder, { recursive: true });
  for (const name of inDocs) {
    const picture = join(folder, `${name}.png`);
    // Of parts alone, what was taken; of everything, nothing may be missing.
    if (named.length === 0 || existsSync(picture)) await cp(picture, join(docsFolder, `${name}.png`));
  }
}
console.log(`Saved in ${folder}.`);
if (failures.length > 0) {
  const left = forDocs ? ' Those in docs/screenshots are as they were.' : '';
  console.error(`These parts are not complete; their whole story stands above.${left}`);
  for (const failure of failures) console.error(`- ${failure.split('\n').slice(0, 3).join(' ')}`);
}
// What a failed part has started may still run.
process.exit(failures.length > 0 ? 1 : 0);
