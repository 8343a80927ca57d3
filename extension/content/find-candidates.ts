import { type Candidate, maxCandidates, maxCandidatesLength } from '../../shared/model/candidate.ts';
import { candidateOf } from './candidate-of.ts';
import { detectors } from './detectors/registry.ts';

/** What one document offers. `base`: what its relative addresses start from. */
export type Found = {
  readonly base: string;
  readonly candidates: readonly Candidate[];
  readonly more: boolean;
};

/** Most elements that one look reads, repeated and empty offers included. */
const maxVisited = 1_000;

/** All that a document offers, each offer once, within bounds; `thorough`: with what waits for the popup. */
export function findCandidates(page: Document, thorough: boolean): Found {
  const found = new Map<string, Candidate>();
  let length = 0;
  let visited = 0;
  let more = false;
  for (const { name, selector, read, waitsForPopup } of detectors) {
    if (waitsForPopup && !thorough) continue;
    for (const element of page.querySelectorAll(selector)) {
      visited += 1;
      more ||= visited > maxVisited || found.size >= maxCandidates || length > maxCandidatesLength;
      if (more) break;
      const content = read(element)?.trim() ?? '';
      if (content === '') continue;
      const candidate = candidateOf(name, content, element);
      if (found.has(candidate.content)) continue;
      length += candidate.content.length + (candidate.image?.length ?? 0);
      if (length <= maxCandidatesLength) found.set(candidate.content, candidate);
    }
  }
  return { base: page.baseURI, candidates: [...found.values()], more };
}
