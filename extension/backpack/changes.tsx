import type { JSX } from 'preact';
import { fill } from '../../shared/messages/formats.ts';
import { changeSentences, changesSince, comparedBadge } from '../../shared/views/changes-since.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { KeptBadge } from '../store/kept-badge.ts';

/** What is different between the issuer's answer at the claim and its newest one; nothing before it was asked twice. */
export function Changes(props: {
  readonly kept: KeptBadge;
  readonly words: BackpackWords;
}): JSX.Element | null {
  const { kept, words } = props;
  const { first } = kept;
  if (first === undefined) return null;
  const said = words.own.detail;
  const before = {
    at: first.snapshot.taken,
    outcome: first.outcome,
    reason: first.reason,
    issuerProof: first.proof,
    ...(first.badge === undefined ? {} : { badge: first.badge }),
    documents: first.snapshot.documents,
  };
  const now = {
    at: kept.snapshot.taken,
    outcome: kept.verdict.outcome,
    reason: kept.verdict.reason,
    issuerProof: kept.issuerProof,
    ...(kept.badge === undefined ? {} : { badge: comparedBadge(kept.badge) }),
    documents: kept.snapshot.documents,
  };
  const sentences = changeSentences(changesSince(before, now, words), words);
  const facts = { date: before.at };
  if (sentences.length === 0)
    return <p class="soft small">{fill(said.changedNothing, facts, words.formats)}</p>;
  return (
    <section class="badge-detail-part">
      <h3>{fill(said.changed, facts, words.formats)}</h3>
      <ul class="change-list">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
