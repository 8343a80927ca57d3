/**
 * Foreign text made safe to stand in our own sentences and lines (threat T48).
 *
 * Removed: controls, bidi overrides, isolates and marks, zero-width and other invisible format characters,
 * variation selector supplements, tags, lone surrogates. Kept: the zero-width joiner and non-joiner between
 * letters that need them (Persian, Indic scripts, emoji). White space becomes one space; more than three
 * combining marks on one letter are cut; what is longer than `limit` characters ends in an ellipsis.
 * Scripts that run from right to left are kept as they are: the component isolates them with `dir="auto"`.
 */
export function plainText(text: string, limit: number): string {
  const bounded = text.length > limit * 8 ? text.slice(0, limit * 8) : text;
  const clean = bounded
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(
      /(?<![\p{L}\p{M}\p{Extended_Pictographic}\uFE0F])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{Extended_Pictographic}])/gu,
      '',
    )
    .replace(
      /[\p{Cc}\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}\u{1D173}-\u{1D17A}]/gu,
      '',
    )
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
  return cut(clean, limit);
}

/** The same for longer texts: line breaks stay, at most two in a row. */
export function plainParagraphs(text: string, limit: number): string {
  const bounded = text.length > limit * 4 ? text.slice(0, limit * 4) : text;
  const lines = bounded.split(/\r\n|[\n\r\u2028\u2029]/u).map((line) => plainText(line, limit));
  return cut(
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    limit,
  );
}

/** At most `limit` characters as a reader counts them roughly (code points), the last one an ellipsis when cut. */
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
