import { unusual } from './unusual.ts';

const word = new TextEncoder().encode('Presentation');

/** An envelope is opened by the whole verifier; whatever speaks of one may be one. */
export function presentedIn(document: Uint8Array): undefined {
  let at = document.indexOf(80);
  while (at !== -1) {
    if (word.every((byte, index) => document[at + index] === byte)) return unusual();
    at = document.indexOf(80, at + 1);
  }
  return undefined;
}
