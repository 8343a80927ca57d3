/** Which way lines run, as in `dir`. */
export type Direction = 'ltr' | 'rtl';

/** Languages written from right to left (CLDR `characterOrder`), by the first part of their tag. */
const fromTheRight = /^(?:ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)(?:-|$)/;
/** Letters that run from right to left. Source: Unicode 16, DerivedBidiClass.txt, blocks of R and AL. */
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * The direction of a language, given as its tag. The interface runs as the words run that it is written in, not as the
 * browser does: `@@bidi_dir` of an Arabic browser would turn English sentences around.
 */
export function directionOf(language: string): Direction {
  return fromTheRight.test(language) ? 'rtl' : 'ltr';
}

/**
 * Foreign text for the middle of a sentence, in marks (FSI, PDI) that keep its direction to itself. What runs as the
 * sentence does stays as it is. Source: Unicode Bidirectional Algorithm §2.4 (explicit directional isolates).
 */
export function isolated(text: string, direction: Direction): string {
  return direction === 'rtl' || rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}
