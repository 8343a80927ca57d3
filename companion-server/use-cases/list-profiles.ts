import type { Handle } from '../../shared/model/brands.ts';
import type { ListedProfile, Storage } from '../storage/storage.ts';

/** As many addresses as a sitemap may have (sitemaps.org). */
export const maxSitemapEntries = 50_000;
/** Read at once, so that a long list is never in memory. */
const maxRead = 1_000;

/** The first of every 50,000 profiles that search engines may list; each is a short read of its own. */
export async function firstOfEachSitemap({
  storage,
}: {
  readonly storage: Storage;
}): Promise<readonly Handle[]> {
  const firsts: Handle[] = [];
  for (;;) {
    const last = firsts.at(-1);
    const next = await storage.read(({ listed }) =>
      last === undefined ? listed.nth('', 0) : listed.nth(last, maxSitemapEntries),
    );
    if (next === undefined) return firsts;
    firsts.push(next);
  }
}

/** At most 50,000 of them, from a handle on, in parts that are short reads of their own. */
export async function* listedFrom(
  from: string,
  { storage }: { readonly storage: Storage },
): AsyncGenerator<readonly ListedProfile[]> {
  let next = from;
  for (let left = maxSitemapEntries; left > 0; left -= maxRead) {
    const found = await storage.read(({ listed }) => listed.from(next, maxRead));
    if (found.length > 0) yield found;
    const last = found.at(-1);
    if (last === undefined || found.length < maxRead) return;
    // After this handle and before every later one: a space comes before all that handles are made of.
    next = `${last.handle} `;
  }
}
