/** Invisible on screen, or able to turn neighbouring text around. */
const invisible =
  /\p{Default_Ignorable_Code_Point}|\p{Cc}|\p{Bidi_Control}|[\uFFF9-\uFFFB]|[\u2028\u2029]|\p{Noncharacter_Code_Point}/gu;
/** Invisible too, but letters and emoji are spelt with them; they stay between two such characters. */
const joiners: ReadonlySet<string> = new Set(['\u200C', '\u200D', '\uFE0F']);
const strayJoiner =
  /(?<!\p{L}|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)(?:\u200C|\u200D|\uFE0F)|(?:\u200C|\u200D)(?!\p{L}|\p{Extended_Pictographic})/gu;

/**
 * Foreign text made safe to stand in our own sentences and lines (threat T48).
 *
 * Removed: controls, bidi controls, zero-width and other invisible characters, lone surrogates. Kept: the joiners
 * that Persian, Indic scripts and emoji are spelt with. White space becomes one space; more than three combining
 * marks on one letter are cut; what is longer than `limit` characters ends in an ellipsis.
 * Scripts that run from right to left stay as they are: the component isolates them with `dir="auto"`.
 */
export function plainText(text: string, limit: number): string {
  // Cut once before cleaning, so that a hostile length costs no time.
  const clean = text
    .slice(0, limit * 8)
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(invisible, (character) => (joiners.has(character) ? character : ''))
    .replace(strayJoiner, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
  return cut(clean, limit);
}

/** The same for longer texts: line breaks stay, at most two in a row. */
export function plainParagraphs(text: string, limit: number): string {
  const lines = text
    .slice(0, limit * 4)
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => plainText(line, limit));
  return cut(
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    limit,
  );
}

/** At most `limit` code points, the last one an ellipsis when something was cut. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text.slice(0, limit * 2 + 2));
  return points.length <= limit
    ? text
    : `${points
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}
