/**
 * What a page seems to offer, as the content script found it: hostile texts, nothing resolved, nothing fetched.
 * The content script imports the type and the ceilings; whoever receives its message parses it again.
 */
export type Candidate = {
  /** an address, a `data:` address or an offer of a protocol, as written in the page */
  readonly content: string;
  /** which mark of the page said so: `meta`, `link`, … (a detector's name) */
  readonly via: string;
  /** the page's own claims, shown as such before anything is fetched */
  readonly name?: string;
  readonly issuer?: string;
  /** only a `data:` picture is kept: nothing may be fetched for it */
  readonly image?: string;
};

/** `more`: the page had others beyond the ceilings. */
export type Candidates = { readonly candidates: readonly Candidate[]; readonly more: boolean };

/** Most offers of one page (design §14). */
export const maxCandidates = 200;
/** Longest offer, in characters: 5 MiB as base64 with its prefix. */
export const maxCandidateLength = 7 * 1024 * 1024;
/** Longest sum of all offers and pictures of one page, in characters. */
export const maxCandidatesLength = 16 * 1024 * 1024;
/** Longest claimed name or issuer, in characters; the rest is cut. */
export const maxClaimLength = 200;
/** Longest `data:` picture of a page, in characters. */
export const maxClaimedImageLength = 256 * 1024;

/**
 * Reads candidates from a message. Never fails: what is no candidate is left out, what exceeds a ceiling is
 * counted as `more`.
 */
export function parseCandidates(value: unknown): Candidates {
  if (!Array.isArray(value)) return { candidates: [], more: false };
  const candidates: Candidate[] = [];
  let length = 0;
  for (const entry of value.slice(0, maxCandidates)) {
    const candidate = parseCandidate(entry);
    if (candidate === undefined) continue;
    length += candidate.content.length + (candidate.image?.length ?? 0);
    if (length > maxCandidatesLength) return { candidates, more: true };
    candidates.push(candidate);
  }
  return { candidates, more: value.length > maxCandidates };
}

function parseCandidate(entry: unknown): Candidate | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const fields = entry as Readonly<Record<string, unknown>>;
  const content = fields['content'];
  if (typeof content !== 'string' || content.trim() === '' || content.length > maxCandidateLength)
    return undefined;
  const name = claimOf(fields['name']);
  const issuer = claimOf(fields['issuer']);
  const image = fields['image'];
  return {
    content,
    via: claimOf(fields['via']) ?? 'unknown',
    ...(name === undefined ? {} : { name }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(isClaimedImage(image) ? { image } : {}),
  };
}

function claimOf(value: unknown): string | undefined {
  const claim = typeof value === 'string' ? value.slice(0, maxClaimLength).trim() : '';
  return claim === '' ? undefined : claim;
}

function isClaimedImage(image: unknown): image is string {
  return (
    typeof image === 'string' &&
    image.length <= maxClaimedImageLength &&
    /^\s?data:image\//i.test(image.slice(0, 20))
  );
}
