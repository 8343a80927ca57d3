import { wordsOf } from '../../shared/messages/catalogue.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { Outcome } from '../../shared/model/verdict.ts';
import type { HeardWitness } from '../../shared/publish/heard-witness.ts';
import type { Told } from '../../shared/verify/told.ts';
import type { Verification } from '../../shared/verify/verify-badge.ts';
import { type CheckLine, checkListView } from '../../shared/views/check-list-view.ts';
import { issuerView } from '../../shared/views/issuer-view.ts';
import { verdictView } from '../../shared/views/verdict-view.ts';
import { witnessReport } from './witness-report.ts';

/** How the command ends, by verdict; 1 and 2 stay free for what went wrong with the command itself. */
export const exitCodes: Readonly<Record<Outcome, number>> = {
  valid: 0,
  invalid: 10,
  revoked: 11,
  expired: 12,
  unsupported: 13,
  malformed: 14,
  unreachable: 15,
};

/** For machines: the verdict and its checks, with what was proven of the issuer. */
export function jsonReport(verification: Verification, told: Told, witness?: HeardWitness): string {
  const { verdict, badge, container } = verification;
  const { reason, checks, documents, at } = verdict;
  const { sentence, remedy = null } = verdictView(verdict, wordsOf('en'), told.standing);
  return JSON.stringify(
    {
      verdict: told.outcome,
      standing: told.standing,
      reason,
      sentence,
      remedy,
      issuer: told.issuerProof,
      generation: badge?.generation ?? null,
      id: badge?.id ?? null,
      name: badge?.achievement.name ?? null,
      container,
      checks,
      documents,
      at,
      ...(witness === undefined ? {} : { witness }),
    },
    null,
    2,
  );
}

/** As wide as the longest word for how a check ended. */
const wordWidth = Math.max(...Object.values(wordsOf('en').text.checkOutcomes).map((word) => word.length));

/** Of what did not pass, everything that its sentence leaves unsaid: which document, which value. */
function factsOf({ outcome, sentence, facts }: CheckLine): readonly string[] {
  if (outcome === 'passed' || outcome === 'skipped') return [];
  const unsaid = facts.filter(({ value }) => !sentence.includes(value));
  return unsaid.map(({ name, value }) => below(`${name}: ${value}`));
}

function below(text: string): string {
  return `  ${' '.repeat(wordWidth)} ${text}`;
}

/** For people, in plain words. Everything foreign is plain text of bounded length. */
export function textReport(verification: Verification, told: Told, witness?: HeardWitness): string {
  const words = wordsOf('en');
  const { verdict, badge } = verification;
  const shown = verdictView(verdict, words, told.standing);
  const issuer = issuerView(badge?.issuer, told.issuerProof, words);
  const claim =
    issuer.claim === undefined ? '' : `${issuer.claim.before}${issuer.claim.name}${issuer.claim.after}`;
  const lines = [
    `${shown.word}: ${shown.sentence}`,
    ...(shown.remedy === undefined ? [] : [shown.remedy]),
    ...(badge === undefined ? [] : [plainText(badge.achievement.name, 200)]),
    [issuer.lead, claim, issuer.caution ?? ''].filter((part) => part !== '').join(' · '),
    '',
    ...checkListView(verdict.checks, words).flatMap((group) => [
      group.title,
      ...group.lines.flatMap((line) => [
        `  ${line.word.padEnd(wordWidth)} ${line.sentence} [${line.source}; ${line.code}]`,
        ...(line.remedy === undefined || line.remedy === shown.remedy ? [] : [below(line.remedy)]),
        ...factsOf(line),
      ]),
    ]),
    ...(witness === undefined ? [] : [witnessReport(witness)]),
  ];
  return lines.join('\n');
}
