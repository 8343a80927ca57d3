import { type Bytes, concat, utf8 } from '../model/bytes.ts';
import { drawPng } from './badge-art.ts';
import { buildBadge, withByteChanged } from './build-badge.ts';
import { collectCases, type SignedCase } from './signed-case.ts';
import { compressed, pngChunk } from './write-png.ts';

/** Bytes in front of the first chunk that may follow the header: signature and IHDR. */
const headLength = 33;

/** What a picture holds, packed and unpacked. Source: OB 3.0 §Baked Badge; PNG 3rd edition §11.3.3.4. */
export async function pictureCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('compressed iTXt');
  const picture = await drawPng({ shape: 'hexagon', glyph: 'code', hue: 215 });
  const holding = (...chunks: readonly Uint8Array[]) =>
    concat(picture.slice(0, headLength), ...chunks, picture.slice(headLength));
  const good = await buildBadge();
  const bad = await buildBadge({ issuer: good.issuer, forgery: 'byte-changed' });
  const token = await buildBadge({ proof: 'vc-jwt' });
  const ended = await buildBadge({ expires: '2026-02-01T00:00:00Z' });
  for (const [kind, { text }] of [
    ['credential', good],
    ['token', token],
  ] as const)
    add('valid: all-passed', `a ${kind}`, holding(await packed(text)));
  add('invalid: signature-bad', 'a credential with one letter changed', holding(await packed(bad.text)));
  add('expired: has-expired', 'a credential that has ended', holding(await packed(ended.text)));
  const both = holding(await packed(bad.text), await packed(good.text));
  add('valid: all-passed', 'a good one behind an altered one, which is told', both, {
    told: 'older-bake-used',
  });
  const bomb = await packed(' '.repeat(24 * 1024 * 1024));
  add('malformed: malformed-picture', 'a bomb', holding(bomb));
  const padded = await packed(`${' '.repeat(24 * 1024 * 1024)}${good.text}`);
  add('malformed: malformed-picture', 'a badge behind a bomb', holding(padded));
  const chunk = pngChunk('iTXt', concat(prefix, utf8('this is not zlib')));
  add('malformed: malformed-picture', 'bytes that are not packed', holding(chunk));
  add('malformed: picture-without-badge', 'nothing at all', picture);
  const whole = await packed(good.text);
  add(
    'valid: all-passed',
    'a wrong checksum, which is told',
    holding(withByteChanged(whole, whole.length - 1)),
    {
      told: 'field-loose',
    },
  );
  return cases;
}

/** Keyword, compressed, method 0, no language, no translated keyword. */
const prefix = utf8('openbadgecredential\0\u0001\0\0\0');

async function packed(text: string): Promise<Bytes> {
  return pngChunk('iTXt', concat(prefix, await compressed(utf8(text), 'deflate')));
}
