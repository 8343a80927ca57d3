import { fill } from '../../shared/messages/formats.ts';
import { badgeView } from '../../shared/views/badge-view.ts';
import type { ListedBadge } from '../actions/export-archive.ts';
import { type ArchivedBadge, archivePage, type PageScript, pageScriptOf } from '../archive/archive-page.tsx';
import { archiveEn } from '../messages/archive-en.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';

/** The script that checks a saved file in its own page, one of the extension's files. */
export async function archiveScript(): Promise<PageScript> {
  const answer = await fetch(new URL('/archive/check.js', location.href));
  return pageScriptOf(await answer.text());
}

/** The page of an archive: every badge in the order of its name, named as the backpack names it. */
export function archiveList(
  badges: readonly ListedBadge[],
  words: BackpackWords,
  script: PageScript,
): string {
  const rows = badges.map((badge) => rowOf(badge, words));
  const sorted = rows.sort((a, b) => a.name.localeCompare(b.name));
  return archivePage(sorted, words.formats.language, script);
}

function rowOf({ kept, ...files }: ListedBadge, words: BackpackWords): ArchivedBadge {
  const { badge, verdict, issuerProof } = kept;
  const { name, issuer, verdict: found } = badgeView({ badge, verdict, issuerProof }, words);
  const claim =
    issuer.claim === undefined ? '' : `${issuer.claim.before}${issuer.claim.name}${issuer.claim.after}`;
  const checked = fill(archiveEn.checked, { date: verdict.at }, words.formats);
  return {
    name,
    issuer: [issuer.lead, claim].filter((part) => part !== '').join(' · '),
    verdict: `${found.word} · ${checked}`,
    ...files,
  };
}
