import {
  type Candidate,
  maxCandidateLength,
  maxClaimedImageLength,
  maxClaimLength,
} from '../../shared/model/candidate.ts';

/** One more than an address may have, so that a cut one is refused and never taken for another. */
const maxAddressLength = 64 * 1024 + 1;

/** Makes a candidate of an element's texts; nothing is judged here, the background parses them again. */
export function candidateOf(via: string, content: string, element: Element): Candidate {
  const name = textOf(element, 'data-name');
  const issuer = textOf(element, 'data-issuer');
  const image = element.getAttribute('data-image');
  return {
    content: cut(content),
    via,
    ...(name === undefined ? {} : { name }),
    ...(issuer === undefined ? {} : { issuer }),
    // Any other picture would have to be fetched, and nothing is before the learner looks.
    ...(image?.startsWith('data:image/') && image.length <= maxClaimedImageLength ? { image } : {}),
  };
}

function cut(content: string): string {
  const trimmed = content.trim();
  return trimmed.slice(0, /^data:/i.test(trimmed) ? maxCandidateLength : maxAddressLength);
}

function textOf(element: Element, attribute: string): string | undefined {
  return element.getAttribute(attribute)?.slice(0, maxClaimLength);
}
