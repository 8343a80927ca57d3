import { parseUrl } from '../../shared/model/brands.ts';
import { sha256Of, utf8 } from '../../shared/model/bytes.ts';
import { type Candidate, maxCandidates } from '../../shared/model/candidate.ts';
import { offerKey, parseOffer } from '../../shared/offers/parse-offer.ts';
import type { NoticedOffer, OfferStanding } from '../channel.ts';
import type { KeptTabOffers, OfferContent } from '../store/tab-offers.ts';

/** What one frame offers. `host`: the frame's own, as the browser says it, never as the page does. */
export type FrameFound = {
  readonly base: string;
  readonly host: string;
  readonly candidates: readonly Candidate[];
  readonly more: boolean;
};

/** `storage.session` holds 10 MB for all tabs: longer offers are read from the page again when they are looked at. */
const maxKeptContentLength = 64 * 1024;
const maxKeptImagesLength = 1024 * 1024;

/** Reads the offers of a page's frames, the top one first, each offer once. Fetches nothing. */
export async function readOffers(
  frames: readonly FrameFound[],
): Promise<Pick<KeptTabOffers, 'offers' | 'contents' | 'more'>> {
  const offers = new Map<string, NoticedOffer>();
  const contents: Record<string, OfferContent> = {};
  let imagesLength = 0;
  let more = frames.some((frame) => frame.more);
  for (const [index, frame] of frames.entries()) {
    for (const candidate of frame.candidates) {
      if (offers.size >= maxCandidates) {
        more = true;
        break;
      }
      const offer = await readOffer(candidate, frame, index > 0);
      if (offers.has(offer.key)) continue;
      imagesLength += offer.image?.length ?? 0;
      offers.set(offer.key, imagesLength > maxKeptImagesLength ? withoutImage(offer) : offer);
      if (candidate.content.length <= maxKeptContentLength)
        contents[offer.key] = { content: candidate.content, base: frame.base };
    }
  }
  return { offers: [...offers.values()], contents, more };
}

async function readOffer(candidate: Candidate, frame: FrameFound, isFrame: boolean): Promise<NoticedOffer> {
  const claims = {
    ...(candidate.name === undefined ? {} : { name: candidate.name }),
    ...(candidate.issuer === undefined ? {} : { issuer: candidate.issuer }),
    ...(candidate.image === undefined ? {} : { image: candidate.image }),
    ...(isFrame ? { frame: frame.host } : {}),
    standing: 'new' as OfferStanding,
  };
  const base = parseUrl(frame.base);
  const parsed = parseOffer(candidate.content, base.ok ? base.value : undefined);
  if (!parsed.ok) {
    const key = `unusable:${await sha256Of(utf8(candidate.content))}`;
    const { code, facts } = parsed.error;
    return { key, kind: 'unusable', ...claims, error: { code, facts } };
  }
  const offer = parsed.value;
  const key = await offerKey(offer);
  switch (offer.kind) {
    case 'hosted':
      return { key, kind: 'hosted', host: new URL(offer.address).host, ...claims };
    case 'data':
      return { key, kind: 'data', ...claims };
    case 'not-supported-yet':
      return {
        key,
        kind: 'not-supported-yet',
        ...claims,
        error: { code: 'offer-kind-not-supported', facts: { protocol: offer.protocol } },
      };
  }
}

function withoutImage({ image: _, ...offer }: NoticedOffer): NoticedOffer {
  return offer;
}

/** How many of a tab's offers are news: what the icon says. */
export function countNew(row: Pick<KeptTabOffers, 'offers' | 'settled'>): number {
  const settled = new Set(row.settled);
  return row.offers.filter(
    ({ key, kind, standing }) => standing === 'new' && kind !== 'unusable' && !settled.has(key),
  ).length;
}
