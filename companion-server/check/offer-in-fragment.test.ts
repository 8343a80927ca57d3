import { describe, expect, it } from 'vitest';
import { hostAsked, offerInFragment } from './offer-in-fragment.ts';

const address = 'https://academy.example/awards/42.json?a=1%2F2';

describe('an offer in the address of a page', () => {
  it.each([`#${address}`, `#${encodeURIComponent(address)}`])('is read from %s', (fragment) => {
    const carried = offerInFragment(fragment);
    if (carried?.ok !== true) throw new Error('no offer');
    expect(carried.value).toMatchObject({ content: address, offer: { kind: 'hosted', address } });
    expect(hostAsked(carried.value)).toBe('academy.example');
  });

  it('may be the badge itself, or one that only the extension answers', () => {
    const data = offerInFragment(`#${encodeURIComponent('data:application/json,{}')}`);
    expect(data).toMatchObject({ ok: true, value: { offer: { kind: 'data' } } });
    expect(data?.ok === true && hostAsked(data.value)).toBeUndefined();
    const other = offerInFragment('#openid-credential-offer://?credential_offer=%7B%7D');
    expect(other).toMatchObject({ ok: true, value: { offer: { kind: 'not-supported-yet' } } });
  });

  it('is none where nothing is named', () => {
    expect(offerInFragment('')).toBeUndefined();
    expect(offerInFragment('#')).toBeUndefined();
  });

  it.each(['#/d/x', '#javascript:alert(1)', '#%E0%A4%A', '#https://user:pass@a.example/', '#somewhere'])(
    'is refused as %s',
    (fragment) => {
      expect(offerInFragment(fragment)).toMatchObject({ ok: false });
    },
  );
});
