import { describe, expect, it } from 'vitest';
import { addressBlock, addressHolder, clientAddress } from './client-address.ts';

const proxies = [
  { address: '10.0.0.0', prefix: 8, family: 'ipv4' },
  { address: '2001:db8::1', prefix: 128, family: 'ipv6' },
] as const;

describe('the client’s address', () => {
  it.each([
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', '192.0.2.66, 198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', '192.0.2.66, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['2001:db8::1', '198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', 'not an address', '10.0.0.1'],
    ['10.0.0.1', '10.0.0.2, 10.0.0.3', '10.0.0.2'],
    [undefined, '198.51.100.1', ''],
    // As Azure's gateway and others write it.
    ['10.0.0.1', '192.0.2.66, 198.51.100.1:50123', '198.51.100.1'],
    ['10.0.0.1', '[2001:db8::7]:50123', '2001:db8::7'],
    ['10.0.0.1', '[2001:db8::7]', '2001:db8::7'],
    ['10.0.0.1', '198.51.100.1:', '10.0.0.1'],
    ['10.0.0.1', '[198.51.100.1:50123', '10.0.0.1'],
  ])('of peer %s with %s is %s', (peer, forwarded, address) => {
    expect(clientAddress(proxies)(peer, forwarded)).toBe(address);
  });

  it('is that of whoever holds it: one of IPv4, a /64 of IPv6', () => {
    expect(addressHolder('198.51.100.1')).not.toBe(addressHolder('198.51.100.2'));
    expect(addressHolder('2001:db8:1:2:3::4')).toBe(addressHolder('2001:DB8:1:2::9'));
    expect(addressHolder('2001:db8:1:2::4')).not.toBe(addressHolder('2001:db8:1:3::4'));
    expect(addressHolder('')).toBe('');
  });

  it('shares a block with its neighbours', () => {
    expect(addressBlock('198.51.100.1')).toBe(addressBlock('198.51.100.254'));
    expect(addressBlock('198.51.100.1')).not.toBe(addressBlock('198.51.101.1'));
    expect(addressBlock('2001:db8:1:2:3::4')).toBe(addressBlock('2001:db8:1:2::9'));
    expect(addressBlock('2001:db8::1')).toBe(addressBlock('2001:db8:0:0:ffff::1'));
    expect(addressBlock('2001:db8:1:2::4')).not.toBe(addressBlock('2001:db8:1:3::4'));
  });
});
