import type { HostileIssuer } from './hostile.ts';

export type HostedWords = {
  readonly name?: string;
  readonly description?: string;
  readonly issuer?: string;
  readonly narrative?: string;
  /** the address that the assertion calls its own, when it is to differ */
  readonly id?: string;
  /** whose it is; the learner's address in clear when left out */
  readonly recipient?: object;
  /** what everything is named under; the server's own origin when left out */
  readonly origin?: string;
};

/** Serves a hosted 2.0 badge with its class and issuer, in any words; answers its address. */
export function serveHostedBadge(server: HostileIssuer, path: string, words: HostedWords = {}): string {
  const origin = words.origin ?? server.origin;
  const context = 'https://w3id.org/openbadges/v2';
  const address = `${origin}${path}`;
  const json = (at: string, document: object) =>
    server.file(at, JSON.stringify(document), 'application/ld+json');
  json(path, {
    '@context': context,
    type: 'Assertion',
    id: words.id ?? address,
    recipient: words.recipient ?? { type: 'email', hashed: false, identity: 'anna@example.org' },
    badge: `${origin}${path}.class`,
    verification: { type: 'hosted' },
    issuedOn: '2026-03-01T12:00:00Z',
    ...(words.narrative === undefined ? {} : { narrative: words.narrative }),
  });
  json(`${path}.class`, {
    '@context': context,
    type: 'BadgeClass',
    id: `${origin}${path}.class`,
    name: words.name ?? 'A good badge',
    description: words.description ?? 'Given to whoever asks.',
    image: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
    criteria: { narrative: 'Ask.' },
    issuer: `${origin}${path}.issuer`,
  });
  json(`${path}.issuer`, {
    '@context': context,
    type: 'Issuer',
    id: `${origin}${path}.issuer`,
    name: words.issuer ?? 'An issuer',
    url: origin,
    email: 'badges@example.org',
  });
  return address;
}
