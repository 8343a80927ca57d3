import type { Words } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { type BadgeView, badgeView } from '../../shared/views/badge-view.ts';
import { hostText, type IssuerView, issuerView } from '../../shared/views/issuer-view.ts';
import { checkEn } from '../messages/check-en.ts';
import type { Checked } from './check-one.ts';

export type CheckedView = BadgeView & {
  /** the issuer as the server would have it, where this browser did not read it itself */
  readonly relayedIssuer?: IssuerView;
  readonly relayedNote?: string;
};

/**
 * What is shown of a check. What this browser calls checked, it has read itself: where the server has read for it, a
 * good verdict and a host say whose word they are (product §5).
 */
export function checkedView(
  { verification, relayedHosts }: Checked,
  words: Words,
  pictureAddress?: string,
): CheckedView {
  const { badge, verdict, issuerProof } = verification;
  const isRelayed = relayedHosts.length > 0;
  const isHost = isRelayed && issuerProof.kind === 'host';
  const view = badgeView(
    {
      badge,
      verdict,
      issuerProof: isHost ? { kind: 'none' } : issuerProof,
      // Whether the endorsements rest on what the server has read is not told apart: none of them is called checked.
      endorsementsUnchecked: isRelayed,
      ...(pictureAddress === undefined ? {} : { pictureAddress }),
    },
    words,
  );
  if (!isRelayed) return view;
  const facts = { hosts: relayedHosts.map(hostText).join(', ') };
  const relayedIssuer = isHost ? { relayedIssuer: issuerView(badge?.issuer, issuerProof, words) } : {};
  const relayedNote = fill(checkEn.relayedNote, facts, words.formats);
  const relayed = { ...view, ...relayedIssuer, relayedNote };
  if (verdict.outcome !== 'valid') return relayed;
  const shown = { ...view.verdict, mark: 'as-recorded', word: checkEn.relayedWord } as const;
  return { ...relayed, verdict: shown };
}
