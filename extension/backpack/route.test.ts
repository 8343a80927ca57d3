import { describe, expect, it } from 'vitest';
import { addressOf, parseRoute, type Route } from './route.ts';

const routes: readonly Route[] = [
  { place: 'badges' },
  { place: 'badges', badge: 'badge|abc_-123' },
  { place: 'badges', badge: 'offer|abc' },
  { place: 'badges', issuer: 'academy.example/a b' },
  { place: 'badges', issuer: 'academy.example', badge: 'badge|abc' },
  { place: 'sharing' },
  { place: 'sharing', badge: 'badge|abc' },
  { place: 'import' },
  { place: 'trash' },
  { place: 'addresses' },
  { place: 'settings' },
];

describe('addresses inside the backpack', () => {
  it.each(routes)('leads back to the same place %j', (route) => {
    expect(parseRoute(addressOf(route))).toEqual(route);
  });

  it('shows all badges for an address that is none', () => {
    for (const fragment of ['', '#', '#/', '#/nowhere', '#/badge/', '#/badge/<b>', '#/issuer/%E0%A4%A'])
      expect(parseRoute(fragment).place).toBe('badges');
  });
});
