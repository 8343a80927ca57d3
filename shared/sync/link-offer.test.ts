import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrl } from '../model/brands.ts';
import { seeded } from '../testing/seeded.ts';
import { newDeviceKeys } from './device-keys.ts';
import {
  checkNumberOf,
  type LinkOffer,
  type LinkSecret,
  linkOfferText,
  mailboxOf,
  maxLinkOfferLength,
  newLinkSecret,
  parseLinkOffer,
  parseLinkSecret,
  secretMailboxOf,
} from './link-offer.ts';

const random = seeded(17);

async function offer(): Promise<{ offer: LinkOffer; secret: LinkSecret }> {
  const server = parseUrl('https://backpack.example:4100/');
  if (!server.ok) throw server.error;
  const secret = newLinkSecret(random);
  const { device } = await newDeviceKeys();
  return { offer: { server: server.value, mailbox: await mailboxOf(secret), device }, secret };
}

describe('the text that a joining browser shows', () => {
  it('is read as it was written, also with the spaces that copying brings along', async () => {
    const made = (await offer()).offer;
    const text = linkOfferText(made);
    expect(text).toMatch(
      /^backpack-link:1\?s=https%3A%2F%2Fbackpack\.example%3A4100&m=[\w-]{22}&k=[\w-]{43}&d=[\w-]{43}$/,
    );
    expect(await parseLinkOffer(text)).toEqual({ ok: true, value: made });
    expect(await parseLinkOffer(`\n ${text.slice(0, 60)}\n${text.slice(60)} \n`)).toEqual({
      ok: true,
      value: made,
    });
  });

  it('is refused when it is anything else', async () => {
    const text = linkOfferText((await offer()).offer);
    const others = [
      '',
      text.slice(0, -1),
      `${text}A`,
      `${text}&x=1`,
      text.replace('link:1', 'link:2'),
      text.replace('https%3A', 'ftp%3A'),
      text.replace('%3A4100', '%3A4100%2Fpath'),
      text.replace('%3A%2F%2F', '%3A%2F%2Fsomebody%40'),
      text.replace(/m=.{22}/, 'm=short'),
      text.replace(/k=.{43}/, `k=${'A'.repeat(43)}`),
      text.replace(/d=.{43}/, `d=${'A'.repeat(43)}`),
      text.replace('%3A', '%ZZ'),
      ' '.repeat(maxLinkOfferLength),
    ];
    for (const other of others)
      expect(await parseLinkOffer(other), other).toMatchObject({
        ok: false,
        error: { code: 'link-malformed' },
      });
    await fc.assert(
      fc.asyncProperty(fc.string(), async (any) => {
        expect(await parseLinkOffer(any)).toMatchObject({ ok: false });
      }),
    );
  });
});

describe('the number that both browsers show (T17)', () => {
  it('has six digits, and is another once offer, answer or secret is another', async () => {
    const [one, two] = [await offer(), await offer()];
    const number = await checkNumberOf(one.offer, 'answer', one.secret);
    expect(number).toMatch(/^\d{6}$/);
    expect(await checkNumberOf(one.offer, 'answer', one.secret)).toBe(number);
    // Two of six digits may be equal by chance, once in a million: four of each are not.
    const numbersOf = async (offer: LinkOffer, secret: LinkSecret, answers: string) =>
      (await Promise.all([1, 2, 3, 4].map((at) => checkNumberOf(offer, `${answers}${at}`, secret)))).join();
    const numbers = await numbersOf(one.offer, one.secret, 'answer');
    expect(await numbersOf(two.offer, one.secret, 'answer')).not.toBe(numbers);
    expect(await numbersOf(one.offer, one.secret, 'Answer')).not.toBe(numbers);
    expect(await numbersOf(one.offer, two.secret, 'answer')).not.toBe(numbers);
  });

  it('rests on a secret that the offer has fixed beforehand', async () => {
    const [one, two] = [await offer(), await offer()];
    expect(await parseLinkSecret(one.secret, one.offer)).toBe(one.secret);
    expect(await parseLinkSecret(two.secret, one.offer)).toBeUndefined();
    for (const other of [undefined, 7, '', 'A'.repeat(42)])
      expect(await parseLinkSecret(other, one.offer)).toBeUndefined();
    expect(await secretMailboxOf(one.offer.mailbox)).not.toBe(one.offer.mailbox);
  });
});
