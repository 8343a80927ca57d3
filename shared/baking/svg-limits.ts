/** Most attributes of the elements that are open at one place: the parser keeps a thousand bytes of each. */
export const maxSvgAttributes = 20_000;
/** Most turns of all texts that are put together from pieces. */
const maxSvgTurns = 300_000;

/** Characters at which the parser ends one piece of a text and begins the next: each costs it a hundred bytes. */
const turns = new Set([...'&\r\n\t]?'].map((sign) => sign.charCodeAt(0)));

/** Whether the parser would have to put texts together from more pieces than any drawing needs (threat T46). */
export function hasTooManyTurns(text: string): boolean {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) if (turns.has(text.charCodeAt(index))) count += 1;
  return count > maxSvgTurns;
}
