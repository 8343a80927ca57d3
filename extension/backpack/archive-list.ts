import { fill } from '../../shared/messages/formats.ts';
import { type ArchivedBadge, archivePage } from '../../shared/views/archive-page.ts';
import { badgeView } from '../../shared/views/badge-view.ts';
import type { ListedBadge } from '../actions/export-archive.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';

/** The page of an archive: every badge in the order of its name, named as the backpack names it. */
export function archiveList(badges: readonly ListedBadge[], words: BackpackWords): string {
  const said = words.own.settings;
  const rows = badges.map((badge) => rowOf(badge, words));
  const { title, how, file } = said.archivePage;
  const sorted = rows.sort((a, b) => a.name.localeCompare(b.name));
  return archivePage(sorted, { language: 'en', title, how, file });
}

function rowOf({ kept, ...files }: ListedBadge, words: BackpackWords): ArchivedBadge {
  const { badge, verdict, issuerProof } = kept;
  const { name, issuer, verdict: found } = badgeView({ badge, verdict, issuerProof }, words);
  const claim =
    issuer.claim === undefined ? '' : `${issuer.claim.before}${issuer.claim.name}${issuer.claim.after}`;
  const checked = fill(words.own.settings.archivePage.checked, { date: verdict.at }, words.formats);
  return {
    name,
    issuer: [issuer.lead, claim].filter((part) => part !== '').join(' · '),
    verdict: `${found.word} · ${checked}`,
    ...files,
  };
}
