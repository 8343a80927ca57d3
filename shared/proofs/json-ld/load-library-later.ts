/** For pages: the libraries are fetched when the first document needs them. See `load-library.ts`. */
export function loadLibrary(): Promise<typeof import('./library.ts')> {
  return import('./library.ts');
}
