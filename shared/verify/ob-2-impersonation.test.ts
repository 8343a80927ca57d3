import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { type BuiltBadge, buildBadge } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { mergeDocuments, type Served, servedJson } from '../testing/documents.ts';
import { codesOf, idOf, jsonAt, verify, verifyAt } from '../testing/verify-served.ts';

const university = 'https://university.example';
const stranger = 'https://evil.example';

/** A badge on the stranger's host, as a thief would write it: `changes` replace what his server answers. */
async function theft(
  changes: (
    evil: BuiltBadge,
    honest: BuiltBadge,
  ) => { assertion?: JsonObject; badgeClass?: JsonObject; served?: Readonly<Record<string, Served>> },
) {
  const honest = await buildBadge({ proof: 'hosted', issuerOrigin: university });
  const evil = await buildBadge({ proof: 'hosted', issuerOrigin: stranger });
  const { assertion = evil.document, badgeClass, served = {} } = changes(evil, honest);
  const classAddress = String(evil.document['badge']);
  const classDocument = badgeClass ?? jsonAt(evil, classAddress);
  const documents = mergeDocuments(
    honest.documents,
    evil.documents,
    new Map([
      [idOf(evil.document), servedJson(assertion)],
      [classAddress, servedJson(classDocument)],
      ...Object.entries(served),
    ]),
  );
  return verifyAt(idOf(evil.document), documents);
}

describe("T43: nobody speaks with another host's name", () => {
  const thefts: readonly [string, Parameters<typeof theft>[0]][] = [
    [
      'an id that is the university’s',
      (evil, honest) => ({ assertion: { ...evil.document, id: idOf(honest.document) } }),
    ],
    [
      'the university’s badge class',
      (evil, honest) => ({ assertion: { ...evil.document, badge: honest.document['badge'] ?? '' } }),
    ],
    [
      'a badge class that names the university as its issuer',
      (evil, honest) => ({
        badgeClass: { ...jsonAt(evil, String(evil.document['badge'])), issuer: honest.issuer.id },
      }),
    ],
    [
      'an embedded copy of the university’s profile',
      (evil, honest) => ({
        badgeClass: {
          ...jsonAt(evil, String(evil.document['badge'])),
          issuer: jsonAt(honest, honest.issuer.id),
        },
      }),
    ],
    [
      'an embedded profile of the university with a policy that allows the stranger',
      (evil, honest) => ({
        badgeClass: {
          ...jsonAt(evil, String(evil.document['badge'])),
          issuer: { ...jsonAt(honest, honest.issuer.id), verification: { allowedOrigins: ['evil.example'] } },
        },
      }),
    ],
    [
      'an embedded badge class with such a profile inside',
      (evil, honest) => ({
        assertion: {
          ...evil.document,
          badge: {
            ...jsonAt(evil, String(evil.document['badge'])),
            issuer: {
              ...jsonAt(honest, honest.issuer.id),
              verification: { startsWith: [`${stranger}/`], allowedOrigins: ['evil.example'] },
            },
          },
        },
      }),
    ],
    [
      'a profile on the stranger’s host that says it is the university’s',
      (evil, honest) => ({
        served: {
          [evil.issuer.id]: servedJson({
            ...jsonAt(evil, evil.issuer.id),
            id: honest.issuer.id,
            verification: { allowedOrigins: ['evil.example'] },
          }),
        },
      }),
    ],
    [
      'a profile that claims an address of the university which nobody answers',
      (evil) => ({
        served: {
          [evil.issuer.id]: servedJson({ ...jsonAt(evil, evil.issuer.id), id: `${university}/nobody` }),
        },
      }),
    ],
  ];
  it.each(thefts)('not with %s', async (_name, changes) => {
    const { verdict, issuerProof } = await theft(changes);
    expect(verdict.outcome).not.toBe('valid');
    expect(issuerProof).not.toMatchObject({ host: 'university.example' });
  });

  it('not through a redirect of the university that leads anywhere', async () => {
    const open = `${university}/leave?to=`;
    const evil = await buildBadge({ proof: 'hosted', issuerOrigin: stranger });
    const address = `${open}award`;
    const issuerAddress = `${open}issuer`;
    const context = 'https://w3id.org/openbadges/v2';
    const profile = {
      '@context': context,
      id: issuerAddress,
      type: 'Issuer',
      name: 'University',
      url: university,
      email: 'a@university.example',
      verification: { allowedOrigins: ['university.example', 'evil.example'] },
    };
    const badgeClass = { ...jsonAt(evil, String(evil.document['badge'])), issuer: issuerAddress };
    const redirect = (location: string): Served => ({
      status: 302,
      mediaType: '',
      bytes: utf8(''),
      location,
    });
    const verified = await verifyAt(
      address,
      new Map([
        [address, redirect(`${stranger}/a`)],
        [issuerAddress, redirect(`${stranger}/i`)],
        [`${stranger}/a`, servedJson({ ...evil.document, id: address, badge: badgeClass })],
        [`${stranger}/i`, servedJson(profile)],
      ]),
    );
    expect(verified.issuerProof).toEqual({ kind: 'none' });
    expect(codesOf(verified, 'warning')).toContain('hosted-redirected');
  });

  it('but a stranger’s badge that says whose it is stands in the stranger’s own name', async () => {
    const { verdict, issuerProof } = await theft(() => ({}));
    expect(verdict.outcome).toBe('valid');
    expect(issuerProof).toEqual({ kind: 'host', host: 'evil.example', encrypted: true });
  });
});

describe('T49: a host is shown as the issuer only for its own word', () => {
  it.each(['controller', 'jwks'] as const)(
    'not for a 3.0 key (%s) that a redirect of it leads to',
    async (keyPlace) => {
      const thief = await buildIssuer({ origin: stranger, keyPlace });
      const badge = await buildBadge({ proof: 'vc-jwt', issuer: thief });
      const moved = new Map<string, Served>();
      for (const [address, served] of badge.documents) {
        moved.set(address, {
          status: 302,
          mediaType: '',
          bytes: utf8(''),
          location: address.replace(stranger, 'https://cdn.example'),
        });
        moved.set(address.replace(stranger, 'https://cdn.example'), served);
      }
      const honest = await verify({ kind: 'bytes', bytes: badge.bytes }, badge.documents);
      expect(honest.issuerProof).toMatchObject({ kind: 'host', host: 'evil.example' });
      const redirected = await verify({ kind: 'bytes', bytes: badge.bytes }, moved);
      expect(redirected.issuerProof.kind).not.toBe('host');
    },
  );
});
