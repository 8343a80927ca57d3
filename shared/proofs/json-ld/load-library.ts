import * as library from './library.ts';

/**
 * The libraries that judge every document of an unusual form. Part of the bundle: an extension's background is one
 * file. A page that can load more on demand is built with `load-library-later.ts` in this one's place.
 */
export async function loadLibrary(): Promise<typeof library> {
  return library;
}
