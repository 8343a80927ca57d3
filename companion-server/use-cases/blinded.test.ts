import { createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { blinded } from './blinded.ts';

const peppers = ['one', 'two'].map((word) => createSecretKey(Buffer.from(word)));

describe('a blinded name', () => {
  it('is the HMAC of the name under its own pepper, the first time and again', () => {
    for (const pepper of [...peppers, ...peppers])
      for (const name of ['seen|a', 'seen|b', 'seen|a'])
        expect(blinded(name, pepper)).toBe(createHmac('sha256', pepper).update(name).digest('base64url'));
  });

  it('stays what it is however many others come between', () => {
    const [pepper] = peppers;
    if (pepper === undefined) throw new Error('no pepper');
    const first = blinded('first', pepper);
    const others = new Set(Array.from({ length: 5000 }, (_, index) => blinded(`n${index}`, pepper)));
    expect(others.size).toBe(5000);
    expect(blinded('first', pepper)).toBe(first);
  });
});
