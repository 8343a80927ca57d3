import type { Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';
import { plainText } from '../messages/plain-text.ts';
import type { Badge, Endorsement } from '../model/badge.ts';
import type { FindingCode, Verdict } from '../model/verdict.ts';
import { type Block, formattedText } from './formatted-text.ts';
import { hostText, maxIssuerNameLength } from './issuer-view.ts';
import { maxListed, maxTextLength } from './said-text.ts';
import type { Mark } from './verdict-view.ts';

/** What somebody else says of a badge, and whether that has been checked. */
export type EndorsementView = {
  readonly by: string;
  readonly comment: readonly Block[];
  readonly mark: Mark;
  readonly word: string;
};

/** Reasons for which an endorsement could not be judged at all. */
const unasked: ReadonlySet<string> = new Set<FindingCode>([
  'document-unreachable',
  'status-unreachable',
  'schema-unavailable',
  'unknown-context',
  'generation-not-supported',
  'suite-not-supported',
  'algorithm-not-supported',
  'key-kind-not-supported',
  'status-kind-not-supported',
]);

/** As in the checks: an endorser is named by at most so much of its id. */
const maxIdLength = 300;

/**
 * Each endorsement with its own verdict. `isOurs`: the checks were made on the reader's side; of another's it says
 * nothing. A verdict names its endorser alone, so of several by one endorser the worst counts for all of them.
 */
export function endorsementViews(
  badge: Badge,
  verdict: Verdict,
  isOurs: boolean,
  words: Words,
): readonly EndorsementView[] {
  const carried = distinct(badge.endorsements);
  return carried.slice(0, maxListed).map((endorsement) => {
    const mark = isOurs ? markOf(endorsement, carried, verdict) : 'as-recorded';
    const name = plainText(endorsement.issuerName ?? '', maxIssuerNameLength);
    const facts = { name, lead: mark === 'checked' ? leadOf(endorsement.issuerId ?? '') : '' };
    const said = words.text.endorsement;
    const sentence = facts.lead === '' ? said.by : name === '' ? said.byLead : said.byLeadNamed;
    return {
      by: fill(sentence, facts, words.formats),
      comment: formattedText(endorsement.comment ?? '', maxTextLength),
      mark,
      word: words.text.marks[mark],
    };
  });
}

/** The same credential of the same issuer, carried twice, is one endorsement, as in the checks (OB 3.0 §Equality). */
function distinct(endorsements: readonly Endorsement[]): readonly Endorsement[] {
  const seen = new Set<string>();
  return endorsements.filter(({ issuerId, document }) => {
    // Asked here: what reads JSON would bring the popup a quarter more script.
    const id =
      typeof document === 'object' && document !== null && 'id' in document ? document['id'] : undefined;
    const name = JSON.stringify([issuerId, id]);
    const isFirst = id === undefined || !seen.has(name);
    seen.add(name);
    return isFirst;
  });
}

function markOf({ issuerId = '' }: Endorsement, carried: readonly Endorsement[], verdict: Verdict): Mark {
  const id = issuerId.slice(0, maxIdLength);
  if (id === '') return 'not-checked';
  const isNamed = (name: unknown): boolean => name === id;
  const found = verdict.checks.filter(
    ({ check, detail: { code, facts } }) =>
      check === 'endorsement' &&
      (code === 'endorsement-good' || code === 'endorsement-bad') &&
      isNamed(facts['name']),
  );
  const reasons = found.flatMap(({ detail: { code, facts } }) =>
    code === 'endorsement-bad' ? [String(facts['reason'])] : [],
  );
  if (reasons.includes('has-been-revoked')) return 'revoked';
  if (reasons.includes('has-expired')) return 'expired';
  if (reasons.some((reason) => !unasked.has(reason))) return 'not-valid';
  const same = carried.filter(({ issuerId: other = '' }) => isNamed(other.slice(0, maxIdLength)));
  return reasons.length === 0 && found.length >= same.length ? 'checked' : 'not-checked';
}

/** The proven side of an endorser's id: its host; '' for a key, which nobody knows by heart. */
function leadOf(id: string): string {
  const host = /^did:web:([^:]+)/.exec(id)?.[1] ?? /^https?:\/\/([^/?#]+)/.exec(id)?.[1];
  return host === undefined ? '' : hostText(host.replace(/%3A/i, ':'));
}
