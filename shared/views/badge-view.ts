import type { Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';
import { plainText } from '../messages/plain-text.ts';
import type { Alignment, Badge, IssuerProof } from '../model/badge.ts';
import type { Instant } from '../model/brands.ts';
import type { Verdict } from '../model/verdict.ts';
import { type EndorsementView, endorsementViews } from './endorsement-view.ts';
import { type EvidenceView, evidenceView } from './evidence-view.ts';
import { type Block, formattedText } from './formatted-text.ts';
import { type IssuerView, issuerView } from './issuer-view.ts';
import { type KindView, kindView } from './kind-view.ts';
import { type LinkView, linkOf } from './link-view.ts';
import { type PictureView, pictureView } from './picture-view.ts';
import { type ResultView, resultView } from './result-view.ts';
import { isSaid, line, maxLineLength, maxListed, maxTextLength, paragraph, whenSaid } from './said-text.ts';
import { type VerdictView, verdictView } from './verdict-view.ts';

export const maxNameLength = 200;

export type DateView = {
  readonly label: string;
  readonly text: string;
  readonly exact: string;
  readonly instant: string;
};
export type AlignmentView = {
  readonly title: string;
  /** name and code within the framework: "ESCO · S5.6.1" */
  readonly place?: string;
  readonly link?: LinkView;
  readonly text?: string;
};

/** Everything a badge is shown with, as plain data: small views take what they have room for. */
export type BadgeView = KindView & {
  readonly name: string;
  readonly picture: PictureView;
  readonly issuer: IssuerView;
  readonly verdict: VerdictView;
  readonly description?: string;
  /** in the order in which they are shown: awarded, good from, good until or ended */
  readonly dates: readonly DateView[];
  /** year of the award, for tiles; '' when unknown */
  readonly year: string;
  readonly criteria?: { readonly text: readonly Block[]; readonly link?: LinkView };
  readonly why: readonly Block[];
  readonly results: readonly ResultView[];
  readonly evidence: readonly EvidenceView[];
  readonly endorsements: readonly EndorsementView[];
  readonly alignments: readonly AlignmentView[];
  readonly tags: readonly string[];
  /** "Open Badges 2.0" */
  readonly version?: string;
};

export type BadgeViewInput = {
  /** absent: nothing of it could be read */
  readonly badge: Badge | undefined;
  readonly verdict: Verdict;
  readonly issuerProof: IssuerProof;
  /** our own address of the picture (`blob:`, `/d/…`) */
  readonly pictureAddress?: string;
  /** `recorded`: the reader's side did not check (product §5) */
  readonly standing?: 'checked' | 'recorded';
  /** the checks of the endorsements are not the reader's own */
  readonly endorsementsUnchecked?: boolean;
  /** the issuer does not answer any more: from when the evidence is that the verdict rests on */
  readonly rememberedFrom?: Instant;
  /** the name to show while nothing is read: what the page said, or a file's name */
  readonly fallbackName?: string;
};

const nothingSaid = {
  dates: [],
  year: '',
  why: [],
  results: [],
  evidence: [],
  endorsements: [],
  alignments: [],
  tags: [],
} as const;

/** Decides all that a badge is shown with. `issuerProof` must be `none` where the standing is `recorded`. */
export function badgeView(input: BadgeViewInput, words: Words): BadgeView {
  const { badge, verdict } = input;
  const verdictShown = verdictView(verdict, words, input.standing, input.rememberedFrom);
  const unreached = verdict.outcome === 'unreachable' ? words.text.badge.unreached : undefined;
  const name = nameOf(badge, input.fallbackName ?? unreached, words);
  const common = {
    name,
    picture: pictureView(
      {
        name,
        hash: verdict.documents[0] ?? name,
        struck: verdictShown.struck,
        ...(input.pictureAddress === undefined ? {} : { address: input.pictureAddress }),
      },
      words,
    ),
    issuer: issuerView(badge?.issuer, input.issuerProof, words),
    verdict: verdictShown,
  };
  if (badge === undefined) return { ...common, ...nothingSaid };
  const { achievement } = badge;
  return {
    ...common,
    ...whenSaid('description', paragraph(achievement.description)),
    dates: datesOf(badge, verdict, words),
    year: badge.awarded === undefined ? '' : words.formats.year(badge.awarded),
    ...criteriaOf(badge, words),
    why: formattedText(badge.narrative ?? '', maxTextLength),
    results: (badge.results ?? []).slice(0, maxListed).flatMap((result) => resultView(result, words) ?? []),
    evidence: badge.evidence.slice(0, maxListed).map((evidence) => evidenceView(evidence, words)),
    endorsements: endorsementViews(
      badge,
      verdict,
      input.standing !== 'recorded' && input.endorsementsUnchecked !== true,
      words,
    ),
    alignments: achievement.alignments.slice(0, maxListed).map(alignmentOf),
    tags: achievement.tags
      .slice(0, maxListed)
      .map((tag) => plainText(tag, 60))
      .filter(isSaid),
    ...kindView(achievement, words),
    version: fill(words.text.badge.generation, { generation: badge.generation }, words.formats),
  };
}

/** The name of a badge as it may be shown: plain, cut, never empty. */
export function nameOf(badge: Badge | undefined, fallback: string | undefined, words: Words): string {
  const own = badge === undefined ? '' : plainText(badge.achievement.name, maxNameLength);
  if (own !== '') return own;
  const other = fallback === undefined ? '' : plainText(fallback, maxNameLength);
  if (other !== '') return other;
  return badge === undefined ? words.text.badge.unreadable : words.text.badge.unnamed;
}

function datesOf(badge: Badge, verdict: Verdict, words: Words): readonly DateView[] {
  const said = words.text.badge;
  const shown: DateView[] = [];
  const add = (label: string, instant: string | undefined): void => {
    if (instant === undefined) return;
    shown.push({
      label,
      text: words.formats.date(instant),
      exact: words.formats.exactTime(instant),
      instant,
    });
  };
  add(said.awarded, badge.awarded);
  if (badge.validFrom !== badge.awarded) add(said.validFrom, badge.validFrom);
  const ended = badge.expires !== undefined && badge.expires <= verdict.at;
  add(ended ? said.expired : said.expires, badge.expires);
  return shown;
}

function criteriaOf(badge: Badge, words: Words): Pick<BadgeView, 'criteria'> {
  const { criteria } = badge.achievement;
  if (criteria === undefined) return {};
  const text = formattedText(criteria.narrative ?? '', maxTextLength);
  const { link } = linkOf(criteria.address, words.text.badge.criteriaAddress);
  if (text.length === 0 && link === undefined) return {};
  return { criteria: { text, ...(link === undefined ? {} : { link }) } };
}

function alignmentOf(alignment: Alignment): AlignmentView {
  const place = [alignment.framework, alignment.code].map(line).filter(isSaid).join(' · ');
  return {
    title: plainText(alignment.name, maxLineLength),
    ...whenSaid('place', place),
    ...linkOf(alignment.address, alignment.name),
    ...whenSaid('text', paragraph(alignment.description)),
  };
}
