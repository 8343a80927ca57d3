import { bake } from '../../shared/baking/registry.ts';
import { pngPicture, svgPicture } from './art/picture.ts';
import { type Award, type Awards, awardId, type Served } from './awards.ts';
import { badgeOf, type SchoolBadge } from './catalogue.ts';
import { openKeys, type SchoolKeys } from './keys.ts';
import { type Flaw, type MadeDocument, makeDocument, type Wish } from './make-document.ts';
import { standingDocuments } from './standing-documents.ts';

/** Where the school's badges are made: its keys, and the documents that stand behind them. */
export type Mint = {
  readonly origin: string;
  readonly keys: SchoolKeys;
  readonly documents: ReadonlyMap<string, Served>;
};

export async function openMint(origin: string, dataFolder?: string): Promise<Mint> {
  const keys = await openKeys(dataFolder);
  return { origin, keys, documents: await standingDocuments(origin, keys, wholeSeconds(Date.now())) };
}

export type Giving = {
  readonly badge: SchoolBadge;
  readonly to?: string | undefined;
  readonly why?: string | undefined;
  readonly flaw?: Flaw | 'someone-elses' | undefined;
  /** a word for the occasion: the same person gets the same award at the same occasion */
  readonly once?: string;
};

/** Makes a badge out to somebody and keeps it. */
export async function giveAward(giving: Giving, awards: Awards, mint: Mint): Promise<Award> {
  const { badge, why, flaw, once } = giving;
  const to = namedBy(giving);
  const id = once === undefined ? awardId() : awardId(once, badge.slug, flaw ?? '', to ?? '');
  const given = awards.get(id);
  if (given !== undefined) return given;
  const wish: Wish = {
    badge,
    id,
    to,
    why,
    flaw: flaw === 'someone-elses' ? undefined : flaw,
    ...(flaw === 'expired'
      ? { issued: yearsAgo(2), expires: yearsAgo(1) }
      : { issued: wholeSeconds(Date.now()) }),
  };
  const made = await makeDocument(wish, mint.origin, mint.keys);
  const { files, file } = await wrap(made, badge, id);
  const award: Award = {
    id,
    slug: badge.slug,
    issued: wish.issued,
    file: file.path,
    offer: badge.offeredAs === 'data' ? dataAddress(file) : `${mint.origin}${file.path}`,
    ...(to === undefined ? {} : { to }),
    ...(why === undefined ? {} : { why }),
  };
  awards.add(award, files);
  return award;
}

/** The badge that shows a flaw. */
export function flawedBadge(flaw: Flaw | 'someone-elses'): {
  badge: SchoolBadge;
  flaw: Flaw | 'someone-elses';
} {
  const slugs = {
    revoked: 'php',
    'revoked-credential': 'good-question',
    expired: 'javascript',
    'someone-elses': 'peer-mentor',
    tampered: 'good-question',
  } as const;
  const badge = badgeOf(slugs[flaw]);
  if (badge === undefined) throw new Error(`No badge ${slugs[flaw]}`);
  return { badge, flaw };
}

/** A badge that is revoked by its id is one of 2.0, which has to name somebody: without an address, anybody. */
function namedBy({ flaw, to }: Giving): string | undefined {
  if (flaw === 'someone-elses') return 'somebody.else@school.example';
  return flaw === 'revoked' ? (to ?? 'anybody@school.example') : to;
}

/** The badge's file in its container, and all that has to be served for it. */
async function wrap(
  made: MadeDocument,
  badge: SchoolBadge,
  id: string,
): Promise<{ files: Served[]; file: Served }> {
  const { address, mediaType: type, body } = made;
  const placed: Served | undefined =
    address === undefined ? undefined : { path: new URL(address).pathname, mediaType: type, body };
  if (badge.container === 'plain') {
    const file = placed ?? { path: `/files/${id}.${made.extension}`, mediaType: type, body };
    return { files: [file], file };
  }
  const png = badge.container === 'png';
  const picture = png
    ? pngPicture(badge.slug, badge.hue)
    : new TextEncoder().encode(svgPicture(badge.slug, badge.hue));
  const baked = bake(picture, made.body, made.generation === '2.0' ? 'assertion' : 'credential');
  if (!baked.ok) throw baked.error;
  const mediaType = png ? 'image/png' : 'image/svg+xml';
  const file = { path: `/files/${id}.${badge.container}`, mediaType, body: baked.value };
  return { files: placed === undefined ? [file] : [file, placed], file };
}

function dataAddress({ mediaType, body }: Served): string {
  return `data:${mediaType};base64,${Buffer.from(body).toString('base64')}`;
}

function wholeSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

function yearsAgo(years: number): string {
  const date = new Date();
  date.setUTCFullYear(date.getUTCFullYear() - years);
  return wholeSeconds(date.getTime());
}
