import type { Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';
import { plainParagraphs, plainText } from '../messages/plain-text.ts';
import type { Badge, Evidence, IssuerProof } from '../model/badge.ts';
import { type Instant, parseUrl } from '../model/brands.ts';
import type { Verdict } from '../model/verdict.ts';
import { hostOf, type IssuerView, issuerView } from './issuer-view.ts';
import { type PictureView, pictureView } from './picture-view.ts';
import { type VerdictView, verdictView } from './verdict-view.ts';

export const maxNameLength = 200;
const maxLineLength = 300;
const maxTextLength = 10_000;
const maxListed = 50;

/** A link out: only an address that its parser let through, with the host it leads to said beside it. */
export type LinkView = { readonly address: string; readonly text: string; readonly host: string };
export type DateView = {
  readonly label: string;
  readonly text: string;
  readonly exact: string;
  readonly instant: string;
};
export type EvidenceView = {
  readonly title?: string;
  readonly link?: LinkView;
  readonly paragraphs: readonly string[];
};
export type AlignmentView = { readonly title: string; readonly link?: LinkView; readonly text?: string };
export type EndorsementView = { readonly by: string; readonly comment?: string };

/** Everything a badge is shown with, as plain data: small views take what they have room for. */
export type BadgeView = {
  readonly name: string;
  readonly picture: PictureView;
  readonly issuer: IssuerView;
  readonly verdict: VerdictView;
  readonly description?: string;
  /** in the order in which they are shown: awarded, good from, good until or ended */
  readonly dates: readonly DateView[];
  /** year of the award, for tiles; '' when unknown */
  readonly year: string;
  readonly criteria?: { readonly text?: string; readonly link?: LinkView };
  readonly why?: string;
  readonly evidence: readonly EvidenceView[];
  readonly endorsements: readonly EndorsementView[];
  readonly alignments: readonly AlignmentView[];
  readonly tags: readonly string[];
  readonly kind?: string;
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
  /** the issuer does not answer any more: from when the evidence is that the verdict rests on */
  readonly rememberedFrom?: Instant;
  /** the name to show while nothing is read: what the page said, or a file's name */
  readonly fallbackName?: string;
};

/** Decides all that a badge is shown with. `issuerProof` must be `none` where the standing is `recorded`. */
export function badgeView(input: BadgeViewInput, words: Words): BadgeView {
  const { badge, verdict } = input;
  const verdictShown = verdictView(verdict, words, input.standing, input.rememberedFrom);
  const name = nameOf(badge, input.fallbackName, words);
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
  if (badge === undefined)
    return { ...common, dates: [], year: '', evidence: [], endorsements: [], alignments: [], tags: [] };
  const { achievement } = badge;
  return {
    ...common,
    ...whenSaid('description', paragraph(achievement.description)),
    dates: datesOf(badge, verdict, words),
    year: badge.awarded === undefined ? '' : words.formats.year(badge.awarded),
    ...criteriaOf(badge, words),
    ...whenSaid('why', paragraph(badge.narrative)),
    evidence: badge.evidence.slice(0, maxListed).map((evidence) => evidenceOf(evidence, words)),
    endorsements: badge.endorsements.slice(0, maxListed).map((endorsement) => ({
      by: fill(words.text.badge.endorsedBy, { name: endorsement.issuerName ?? '' }, words.formats),
      ...whenSaid('comment', paragraph(endorsement.comment)),
    })),
    alignments: achievement.alignments.slice(0, maxListed).map((alignment) => ({
      title: plainText([alignment.framework, alignment.name].filter(isSaid).join(': '), maxLineLength),
      ...linkOf(alignment.address, alignment.code),
      ...whenSaid('text', paragraph(alignment.description)),
    })),
    tags: achievement.tags
      .slice(0, maxListed)
      .map((tag) => plainText(tag, 60))
      .filter(isSaid),
    ...whenSaid('kind', line(achievement.kind)),
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

/** A foreign address as a link, or nothing when it is no plain http(s) address. */
export function linkOf(address: string | undefined, title?: string): { link?: LinkView } {
  if (address === undefined) return {};
  const parsed = parseUrl(address);
  if (!parsed.ok) return {};
  const host = hostOf(parsed.value) ?? '';
  const text = title === undefined ? '' : plainText(title, maxLineLength);
  return { link: { address: parsed.value, text: text === '' ? plainText(parsed.value, 100) : text, host } };
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

function criteriaOf(badge: Badge, words: Words): { criteria?: { text?: string; link?: LinkView } } {
  const { criteria } = badge.achievement;
  if (criteria === undefined) return {};
  const text = paragraph(criteria.narrative);
  const shown = {
    ...whenSaid('text', text),
    ...linkOf(criteria.address, words.text.badge.criteriaAddress),
  };
  return Object.keys(shown).length === 0 ? {} : { criteria: shown };
}

function evidenceOf(evidence: Evidence, words: Words): EvidenceView {
  const title = line(evidence.name ?? evidence.genre);
  return {
    ...whenSaid('title', title),
    ...linkOf(evidence.address, title ?? words.text.badge.evidence),
    paragraphs: [paragraph(evidence.description), paragraph(evidence.narrative)].filter(isSaid),
  };
}

function line(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainText(text, maxLineLength);
}

function paragraph(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainParagraphs(text, maxTextLength);
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** `{ [key]: text }` when there is a text, nothing otherwise: optional fields stay absent rather than empty. */
function whenSaid<Key extends string>(key: Key, text: string | undefined): { readonly [_ in Key]?: string } {
  return isSaid(text) ? ({ [key]: text } as { readonly [_ in Key]: string }) : {};
}
