/*
 * The small parts of XML 1.0, read from UTF-8 as it lies there. Each function is given where a part begins and answers
 * where it ends, or -1 for what it does not know: that need not be wrong, a parser has to decide. Names are ASCII.
 */

/** What a byte may stand for; the table holds several at once. */
const startsName = 1;
const isInName = 2;
const isSpace = 4;
/** Nothing but themselves in text, in a comment, in a section of CDATA, in a value. */
const inText = 8;
const inComment = 16;
const inSection = 32;
const inDoubleQuotes = 64;
const inSingleQuotes = 128;

const meanings = Uint8Array.from({ length: 256 }, (_, byte) => {
  const sign = String.fromCharCode(byte);
  const meaning = (pattern: RegExp, bit: number) => (pattern.test(sign) ? bit : 0);
  const character = /[\t\n\r -\x7f]/.test(sign);
  const but = (signs: string, bit: number) => (character && !signs.includes(sign) ? bit : 0);
  return (
    meaning(/[A-Za-z_]/, startsName) |
    meaning(/[\w.-]/, isInName) |
    meaning(/[\t\n\r ]/, isSpace) |
    but('<&]', inText) |
    but('-', inComment) |
    but(']', inSection) |
    but('<&"', inDoubleQuotes) |
    but("<&'", inSingleQuotes)
  );
});

const [less, greater, equals, colon] = [0x3c, 0x3e, 0x3d, 0x3a];
const [doubleQuote, singleQuote, ampersand, bracket, dash] = [0x22, 0x27, 0x26, 0x5d, 0x2d];

/** Passes over characters of one meaning, ASCII or beyond. */
function passCharacters(bytes: Uint8Array, from: number, meaning: number): number {
  let at = passMuchAscii(bytes, from, meaning);
  while ((bytes[at] ?? 0) >= 0x80) {
    at = endOfCharacter(bytes, at);
    if (at === -1) return -1;
    at = passMuchAscii(bytes, at, meaning);
  }
  return at;
}

/** A function of its own: within the loop of others the engine makes it half as fast. */
function passAscii(bytes: Uint8Array, from: number, meaning: number): number {
  let at = from;
  while (at < bytes.length && ((meanings[bytes[at] ?? 0] ?? 0) & meaning) !== 0) at += 1;
  return at;
}

/** The same where much may be passed over. */
function passMuchAscii(bytes: Uint8Array, from: number, meaning: number): number {
  let at = from;
  // Four at a step while there are so many: most of a drawing is long values.
  while (
    at + 3 < bytes.length &&
    ((meanings[bytes[at] ?? 0] ?? 0) &
      (meanings[bytes[at + 1] ?? 0] ?? 0) &
      (meanings[bytes[at + 2] ?? 0] ?? 0) &
      (meanings[bytes[at + 3] ?? 0] ?? 0) &
      meaning) !==
      0
  )
    at += 4;
  while (at < bytes.length && ((meanings[bytes[at] ?? 0] ?? 0) & meaning) !== 0) at += 1;
  return at;
}

/** White space, as much as there is. */
export function passSpace(bytes: Uint8Array, from: number): number {
  // Most often there is none or one.
  const at = bytes[from] === 0x20 ? from + 1 : from;
  return (bytes[at] ?? 0) > 0x20 ? at : passAscii(bytes, at, isSpace);
}

/** A name without a prefix. */
export function endOfName(bytes: Uint8Array, from: number): number {
  if (((meanings[bytes[from] ?? 0] ?? 0) & startsName) === 0) return -1;
  return passAscii(bytes, from + 1, isInName);
}

/** The rest of a name of which `prefixEnd` may be the colon. */
export function endOfLocalName(bytes: Uint8Array, prefixEnd: number): number {
  return bytes[prefixEnd] === colon ? endOfName(bytes, prefixEnd + 1) : prefixEnd;
}

/** An equals sign and a quoted value behind an attribute's name. */
export function endOfValue(bytes: Uint8Array, nameEnd: number): number {
  const sign = passSpace(bytes, nameEnd);
  if (bytes[sign] !== equals) return -1;
  const start = passSpace(bytes, sign + 1);
  const quote = bytes[start];
  if (quote !== doubleQuote && quote !== singleQuote) return -1;
  const meaning = quote === doubleQuote ? inDoubleQuotes : inSingleQuotes;
  let at = passCharacters(bytes, start + 1, meaning);
  while (bytes[at] === ampersand) {
    at = endOfReference(bytes, at);
    if (at !== -1) at = passCharacters(bytes, at, meaning);
  }
  return bytes[at] === quote ? at + 1 : -1;
}

/** Text up to the next tag, comment or section. Two closing brackets may be the end of a section, which none began. */
export function endOfText(bytes: Uint8Array, from: number): number {
  let at = passCharacters(bytes, from, inText);
  while (at !== -1 && bytes[at] !== less) {
    if (bytes[at] === ampersand) at = endOfReference(bytes, at);
    else at = bytes[at] === bracket && bytes[at + 1] !== bracket ? at + 1 : -1;
    if (at !== -1) at = passCharacters(bytes, at, inText);
  }
  return at;
}

/** One of the five entities that XML has of itself, the first character an ampersand. */
function endOfReference(bytes: Uint8Array, from: number): number {
  const found = references.find((reference) => startsWith(bytes, from, reference));
  return found === undefined ? -1 : from + found.length;
}

const references = ['&amp;', '&lt;', '&gt;', '&quot;', '&apos;'];

/** A comment. */
export function endOfComment(bytes: Uint8Array, from: number): number {
  if (!startsWith(bytes, from, '<!--')) return -1;
  let at = passCharacters(bytes, from + 4, inComment);
  while (at !== -1 && bytes[at] === dash && bytes[at + 1] !== dash)
    at = passCharacters(bytes, at + 1, inComment);
  return at !== -1 && startsWith(bytes, at, '-->') ? at + 3 : -1;
}

/** How a section of CDATA begins. */
export const sectionStart = '<![CDATA[';

/** A section of CDATA. */
export function endOfSection(bytes: Uint8Array, from: number): number {
  if (!startsWith(bytes, from, sectionStart)) return -1;
  let at = passCharacters(bytes, from + sectionStart.length, inSection);
  while (at !== -1 && bytes[at] === bracket && !startsWith(bytes, at, ']]>'))
    at = passCharacters(bytes, at + 1, inSection);
  return at !== -1 && bytes[at] === bracket ? at + 3 : -1;
}

/** Where the end of a tag is, `>` or `/>`. */
export function endOfTag(bytes: Uint8Array, from: number): number {
  if (bytes[from] === greater) return from + 1;
  return startsWith(bytes, from, '/>') ? from + 2 : -1;
}

/** Whether the text, ASCII alone, stands there. */
export function startsWith(bytes: Uint8Array, from: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1)
    if (bytes[from + index] !== text.charCodeAt(index)) return false;
  return true;
}

/** Whether the same bytes as in `[start, end)` stand at `from`. */
export function repeats(bytes: Uint8Array, from: number, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1)
    if (bytes[from + index - start] !== bytes[index]) return false;
  return true;
}

/** One character beyond ASCII. Sources: RFC 3629 §4, XML 1.0 §2.2 (all but surrogates, U+FFFE and U+FFFF). */
function endOfCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first < 0xc2 || first > 0xf4) return -1;
  let code = first & (0x7f >> length);
  for (let index = at + 1; index < at + length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte >> 6 !== 2) return -1;
    code = (code << 6) | (byte & 0x3f);
  }
  if (length === 2) return at + 2;
  if (length === 3) return code < 0x800 || (code >= 0xd800 && code <= 0xdfff) || code > 0xfffd ? -1 : at + 3;
  return code < 0x10000 || code > 0x10ffff ? -1 : at + 4;
}
