import type { Words } from '../messages/catalogue.ts';
import type { Evidence } from '../model/badge.ts';
import { type Block, formattedText } from './formatted-text.ts';
import { type LinkView, linkOf } from './link-view.ts';
import { line, maxTextLength, paragraph, whenSaid } from './said-text.ts';

export const evidenceKinds = ['page', 'text', 'picture', 'pdf', 'code', 'video'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** What was shown, as far as its address tells: nothing is ever fetched from there. */
export type EvidenceView = {
  readonly kind: EvidenceKind;
  /** "Code repository" */
  readonly word: string;
  readonly title?: string;
  readonly link?: LinkView;
  readonly description?: string;
  readonly narrative: readonly Block[];
};

const codeHosts = ['github.com', 'gitlab.com', 'codeberg.org', 'bitbucket.org', 'sr.ht', 'gitee.com'];
const videoHosts = ['youtube.com', 'youtu.be', 'youtube-nocookie.com', 'vimeo.com', 'dailymotion.com'];
const endings: readonly (readonly [EvidenceKind, RegExp])[] = [
  ['picture', /\.(?:png|jpe?g|gif|webp|avif|svg)$/i],
  ['pdf', /\.pdf$/i],
  ['video', /\.(?:mp4|webm|mov|m4v|ogv)$/i],
  ['text', /\.(?:txt|md)$/i],
];

export function evidenceView(evidence: Evidence, words: Words): EvidenceView {
  const title = line(evidence.name ?? evidence.genre);
  const linked = linkOf(evidence.address, title);
  const kind = linked.link === undefined ? 'text' : kindOfAddress(linked.link.address);
  return {
    kind,
    word: words.text.evidenceKinds[kind],
    ...whenSaid('title', title),
    ...linked,
    ...whenSaid('description', paragraph(evidence.description)),
    narrative: formattedText(evidence.narrative ?? '', maxTextLength),
  };
}

/** The kind by the address alone: a repository by its host, a file by its ending. `address` has been parsed. */
function kindOfAddress(address: string): EvidenceKind {
  const { hostname, pathname } = new URL(address);
  const isAt = (hosts: readonly string[]): boolean =>
    hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  const byEnding = endings.find(([, ending]) => ending.test(pathname.slice(-10)))?.[0];
  if (byEnding !== undefined) return byEnding;
  if (isAt(codeHosts)) return 'code';
  return isAt(videoHosts) ? 'video' : 'page';
}
