import { parseSha256, type Sha256 } from '../../shared/model/brands.ts';
import { base64UrlOf } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { mainSlug } from '../../shared/protocol/publishing.ts';
import type { ManifestHead } from '../../shared/publish/manifest.ts';
import { markOf } from '../../shared/sync/record-id.ts';
import { linkOf } from '../../shared/sync/round.ts';
import type { AccountRow } from '../store/account-rows.ts';
import type { AccountDeps } from './account-deps.ts';

/** The mark for a manifest that is being signed (design §7), and the number of the commit that it is made of. */
export async function markOfHead(
  row: AccountRow,
  { storage }: Pick<AccountDeps, 'storage'>,
): Promise<{ readonly mark: Sha256; readonly n: number }> {
  const head = (await linkOf(storage))?.chain?.head;
  if (head === undefined) throw new BackpackError('unexpected');
  const mark = parseSha256(await markOf(row.held.blind, head.h));
  if (!mark.ok) throw mark.error;
  return { mark: mark.value, n: head.n };
}

/** Remembers what this browser itself has just published: nothing older may be shown there from then on. */
export async function noteOwnManifest(
  slug: string,
  published: ManifestHead,
  n: number,
  deps: AccountDeps,
): Promise<void> {
  const { rows, storage, clock } = deps;
  const version = newVersion(deps);
  const rejoined = (await linkOf(storage))?.rejoined?.n;
  const seen = { ...published, n, head: n };
  await rows.change('profile-look', (before) => {
    const { at, unlisted = {} } = before ?? { at: clock() };
    return slug === mainSlug
      ? { at, version, seen, unlisted, ...(rejoined === undefined ? {} : { rejoined }) }
      : { ...before, at, version, unlisted: { ...unlisted, [slug]: { seen } } };
  });
}

/** Tells the row of the looks apart from all that stood there before. */
export function newVersion({ random }: Pick<AccountDeps, 'random'>): string {
  return base64UrlOf(random(12));
}
