import { describe, expect, it } from 'vitest';
import { compressed } from '../testing/write-png.ts';
import { inflateBounded } from './inflate.ts';

describe.each(['deflate', 'gzip'] as const)('inflating %s', (format) => {
  it('T44, T45: gives what fits its ceiling, and stops a bomb there', async () => {
    const zeros = new Uint8Array(300_000);
    const packed = await compressed(zeros, format);
    expect(await inflateBounded(packed, format, 300_000)).toEqual({ ok: true, bytes: zeros });
    expect(await inflateBounded(packed, format, 299_999)).toEqual({ ok: false, why: 'too-large' });
  });

  it('says so of what is damaged, cut off, or goes on behind its end', async () => {
    const packed = await compressed(new TextEncoder().encode('{"name":"badge"}'), format);
    for (const bytes of [new Uint8Array([1, 2, 3]), packed.subarray(0, -2), new Uint8Array(0)])
      expect(await inflateBounded(bytes, format, 100)).toEqual({ ok: false, why: 'damaged' });
    const longer = new Uint8Array(packed.length + 5);
    longer.set(packed);
    expect(await inflateBounded(longer, format, 100)).toEqual({ ok: false, why: 'damaged' });
  });
});
