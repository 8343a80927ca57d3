import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { concat, textOf, utf8 } from '../model/bytes.ts';
import {
  insideOf,
  packedChunk,
  plainChunk,
  pngEnd,
  pngPixels,
  pngStart,
  smallJson,
  smallPng,
  smallToken,
} from '../testing/baked-pictures.ts';
import { withByteChanged } from '../testing/build-badge.ts';
import { pngChunk } from '../testing/write-png.ts';
import { maxInflatedBytes } from './container.ts';
import { bake, stripBake, unbake } from './registry.ts';

const packed = await packedChunk('openbadgecredential', smallJson);

describe('a badge in a PNG', () => {
  it.each([
    ['iTXt plain', plainChunk('openbadges', smallJson), smallJson],
    ['iTXt compressed', packed, smallJson],
    ['iTXt with a token', plainChunk('openbadgecredential', smallToken), smallToken],
    ['tEXt with JSON', pngChunk('tEXt', concat(utf8('openbadges\0'), smallJson)), smallJson],
    ['tEXt with a token', pngChunk('tEXt', concat(utf8('openbadges\0'), smallToken)), smallToken],
    ['zTXt', pngChunk('zTXt', concat(utf8('openbadges\0\0'), deflateSync(smallJson))), smallJson],
  ])('is read from %s', async (_, baked, document) => {
    expect(await insideOf(smallPng(baked))).toBe(textOf(document));
  });

  it('may be only an address, as it was before 2013', async () => {
    const result = await unbake(
      smallPng(pngChunk('tEXt', utf8('openbadges\0https://academy.example/awards/1'))),
    );
    expect(result.ok && result.value.reference).toBe('https://academy.example/awards/1');
  });

  const moodle = (text: string) =>
    smallPng(
      pngChunk('iTXt', utf8(`openbadges\0'json'\0''\0"{'method': 'hosted', 'assertionUrl': '${text}'}"`)),
    );

  it('may be an address or a document as Moodle wrote them, with a word for the flags', async () => {
    const address = 'https://academy.example/badges/assertion.php?b=1';
    const pointing = await unbake(moodle(address));
    expect(pointing.ok && pointing.value.reference).toBe(address);
    const whole = `{"id":"${address.replaceAll('/', '\\/')}","n":"Cook's 'first' level"}`;
    expect(await insideOf(moodle(whole))).toBe(whole);
    const draft = plainChunk('openbadges', utf8(`{"method": "hosted", "assertionUrl": "${address}"}`));
    const drafted = await unbake(smallPng(draft));
    expect(drafted.ok && drafted.value.reference).toBe(address);
  });

  it('may follow the keyword at once', async () => {
    const direct = (text: string) => smallPng(pngChunk('iTXt', utf8(`openbadges\0${text}`)));
    expect(await insideOf(direct('{"n":1}'))).toBe('{"n":1}');
    const pointing = await unbake(direct('https://academy.example/1'));
    expect(pointing.ok && pointing.value.reference).toBe('https://academy.example/1');
    expect((await unbake(direct('no badge'))).ok).toBe(false);
  });

  it.each([
    ['points to no address', moodle('javascript:alert(1)')],
    ['points to nothing', moodle('')],
    [
      'has a flag that is neither known nor text',
      smallPng(pngChunk('iTXt', utf8('openbadges\0\u0002\0\0\0{}'))),
    ],
  ])('that %s is none', async (_, picture) => {
    expect((await unbake(picture)).ok).toBe(false);
  });

  it('of two generations is the newer one, of one generation the first; the others are kept', async () => {
    const [a, b, c] = [utf8('{"n":1}'), utf8('{"n":2}'), utf8('{"n":3}')];
    const result = await unbake(
      smallPng(
        plainChunk('openbadges', a),
        plainChunk('openbadgecredential', b),
        plainChunk('openbadges', c),
      ),
    );
    expect(result.ok && textOf(result.value.document)).toBe('{"n":2}');
    expect(result.ok && result.value.others.map(textOf)).toEqual(['{"n":1}', '{"n":3}']);
  });

  it('T45: with a wrong checksum is read and says so; its twin with the right one does not', async () => {
    const badge = plainChunk('openbadges', smallJson);
    const bad = await unbake(smallPng(withByteChanged(badge, badge.length - 1)));
    const good = await unbake(smallPng(badge));
    expect(bad.ok && [textOf(bad.value.document), bad.value.checksumBad]).toEqual([textOf(smallJson), true]);
    expect(good.ok && [textOf(good.value.document), good.value.checksumBad]).toEqual([
      textOf(smallJson),
      false,
    ]);
  });

  it('T45: cut off behind the badge still gives it, cut off inside it does not', async () => {
    const whole = smallPng(plainChunk('openbadges', smallJson));
    expect(await insideOf(whole.subarray(0, whole.length - 20))).toBe(textOf(smallJson));
    expect(await insideOf(whole.subarray(0, pngStart.length + 40))).toBe('malformed-picture');
  });

  it('T45: a length of 2^31 ends the reading', async () => {
    const huge = concat(Uint8Array.of(0x80, 0, 0, 0), utf8('iTXtopenbadges\0'));
    expect(await insideOf(concat(pngStart, huge, pngEnd))).toBe('malformed-picture');
    expect(await insideOf(concat(pngStart, plainChunk('openbadges', smallJson), huge))).toBe(
      textOf(smallJson),
    );
  });

  it('T45: a million chunks cost no more than the ceiling', async () => {
    const empty = pngChunk('tEXt', new Uint8Array());
    const many = new Uint8Array(8 + 12 * 400_000);
    many.set(pngStart.subarray(0, 8));
    for (let at = 8; at < many.length; at += 12) many.set(empty, at);
    expect(await insideOf(many)).toBe('malformed-picture');
  });

  it.each(['iTXt', 'zTXt'])('T45: a bomb in %s is never inflated beyond its ceiling', async (type) => {
    const inflated = (size: number) => {
      const text = new Uint8Array(size).fill(0x20);
      text.set(utf8('{}'));
      return deflateSync(text);
    };
    const prefix = type === 'iTXt' ? 'openbadges\0\u0001\0\0\0' : 'openbadges\0\0';
    const of = (size: number) => smallPng(pngChunk(type, concat(utf8(prefix), inflated(size))));
    expect((await unbake(of(maxInflatedBytes))).ok).toBe(true);
    expect(await insideOf(of(maxInflatedBytes + 1))).toBe('malformed-picture');
    expect(await insideOf(of(512 * 1024 * 1024))).toBe('malformed-picture');
  });

  it('T45: data after the end and a picture of 60,000 by 60,000 change nothing: no pixel is decoded', async () => {
    const size = new DataView(new ArrayBuffer(13));
    size.setUint32(0, 60_000);
    size.setUint32(4, 60_000);
    const vast = pngChunk('IHDR', new Uint8Array(size.buffer));
    const bytes = concat(
      pngStart.subarray(0, 8),
      vast,
      plainChunk('openbadges', smallJson),
      pngPixels,
      pngEnd,
      plainChunk('openbadgecredential', smallToken),
    );
    const result = await unbake(bytes);
    expect(result.ok && [textOf(result.value.document), result.value.others.length]).toEqual([
      textOf(smallJson),
      0,
    ]);
  });
});

describe('baking into a PNG', () => {
  it('writes an uncompressed iTXt before the pixels and keeps every other chunk in its place', () => {
    const baked = bake(smallPng(pngChunk('gAMA', new Uint8Array(4))), smallJson, 'credential');
    const expected = smallPng(
      pngChunk('gAMA', new Uint8Array(4)),
      plainChunk('openbadgecredential', smallJson),
    );
    expect(baked.ok && [...baked.value]).toEqual([...expected]);
  });

  it.each([
    ['an assertion', plainChunk('openbadges', smallToken)],
    ['a credential', plainChunk('openbadgecredential', smallToken)],
    ['a compressed one', packed],
    ['an address', pngChunk('tEXt', utf8('openbadges\0https://academy.example/awards/1'))],
  ])('takes out %s baked before, in front of the pixels and behind them', (_, older) => {
    const comment = pngChunk('tEXt', utf8('Comment\0openbadges'));
    const picture = concat(pngStart, older, comment, pngPixels, older, comment, pngEnd);
    const expected = concat(
      pngStart,
      comment,
      plainChunk('openbadges', smallJson),
      pngPixels,
      comment,
      pngEnd,
    );
    const baked = bake(picture, smallJson, 'assertion');
    expect(baked.ok && [...baked.value]).toEqual([...expected]);
  });

  it('leaves nothing of the badge in a picture that is shown without its document', async () => {
    const both = smallPng(
      plainChunk('openbadges', smallJson),
      plainChunk('openbadgecredential', smallJson),
      await packedChunk('openbadges', smallJson),
    );
    const stripped = stripBake(concat(both, smallJson));
    expect(stripped.ok && [...stripped.value]).toEqual([...smallPng()]);
  });
});
