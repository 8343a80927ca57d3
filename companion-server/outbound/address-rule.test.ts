import { describe, expect, it } from 'vitest';
import { specialAddresses } from '../testing/private-addresses.ts';
import { isPublicAddress } from './address-rule.ts';

const misspelt = [
  // no address in the one spelling that counts
  '',
  'localhost',
  '1.2.3',
  '0x7f.1',
  '0127.0.0.1',
  '2130706433',
  '1.2.3.4.5',
  '::g',
  '1.2.3.4 ',
];
// The neighbours of every special range.
const allowed = [
  '1.0.0.0',
  '9.255.255.255',
  '11.0.0.0',
  '93.184.216.34',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.0.3.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '198.51.99.255',
  '198.51.101.0',
  '203.0.112.255',
  '203.0.114.0',
  '223.255.255.255',
  '2000::1',
  '2001:200::1',
  '2001:db7:ffff::1',
  '2001:db9::1',
  '2003::1',
  '2606:4700::1',
  '3ffe::1',
  '::ffff:93.184.216.34',
  '64:ff9b::5db8:d822',
];

describe('which addresses the server may reach', () => {
  it.each([...specialAddresses, ...misspelt])('refuses %j', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(allowed)('allows %j', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
