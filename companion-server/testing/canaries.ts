import { constants, inflateRawSync } from 'node:zlib';

/** Words that stand nowhere by chance. */
export const canaries: readonly string[] = Array.from(
  { length: 30 },
  (_, index) => `canary~${index}?in>the/coal-mine`,
);

/** Every way in which a text might lie somewhere: as itself, as base64 and base64url, as hex, as UTF-16. */
export function formsOf(text: string): readonly Buffer[] {
  const plain = Buffer.from(text);
  // In a longer text it begins at any of three places, and shares its first and last letters with what is about it.
  const inBase64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), plain])
      .toString('base64')
      .slice(4, -4),
  );
  const inHex = plain.toString('hex');
  const texts = [
    ...inBase64,
    ...inBase64.map((each) => each.replaceAll('+', '-').replaceAll('/', '_')),
    inHex,
    inHex.toUpperCase(),
  ];
  return [plain, Buffer.from(text, 'utf16le'), ...texts.map((each) => Buffer.from(each))];
}

/** Which of the words lie there in any form, packed ones too. */
export function foundIn(where: Buffer, words: readonly string[]): readonly string[] {
  const places = [where, ...unpacked(where)];
  return words.filter((word) => formsOf(word).some((form) => places.some((place) => place.includes(form))));
}

/** What begins as gzip does, as far as it can be unpacked. */
function unpacked(where: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  const start = Buffer.of(0x1f, 0x8b, 8, 0);
  const headerBytes = 10;
  for (let at = where.indexOf(start); at !== -1; at = where.indexOf(start, at + 1)) {
    try {
      found.push(inflateRawSync(where.subarray(at + headerBytes), { finishFlush: constants.Z_SYNC_FLUSH }));
    } catch {
      // Bytes that only look like it.
    }
  }
  return found;
}
