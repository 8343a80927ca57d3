import * as library from './library.ts';

/**
 * The libraries that judge every document of an unusual form. Part of the bundle: an extension's background is one
 * file. The chunk that pages load first has another file in this one's place, and so holds none of them.
 */
export async function loadLibrary(): Promise<typeof library> {
  return library;
}
