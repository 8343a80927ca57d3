import { type BuiltBadge, buildBadge } from './build-badge.ts';
import { buildClr, type ClrWish, recordOwner } from './build-clr.ts';
import { buildIssuer } from './build-issuer.ts';
import { collectCases, readByVc, type SignedCase, served } from './signed-case.ts';

/** Records of several badges: what is wrong outside spoils them, what is wrong inside is told. Source: CLR 2.0. */
export async function recordCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('CLR outside and inside');
  const issuer = await buildIssuer({ name: 'Example University' });
  const stranger = await buildIssuer();
  const owner = { type: 'did', value: recordOwner } as const;
  const record = (wish: ClrWish = {}) => buildClr({ issuer, ...wish });
  const accepts = readByVc('eddsa-rdfc-2022', 'accepts');
  const refuses = readByVc('eddsa-rdfc-2022', 'refuses');
  const whole = await record();
  add('valid: all-passed', 'one good badge', whole.document, { ...whole, told: 'part-good', ...accepts });
  const inside: Readonly<Record<string, Promise<BuiltBadge>>> = {
    altered: buildBadge({ recipient: owner, forgery: 'byte-changed' }),
    'of a stranger’s key': buildBadge({ recipient: owner, forgery: 'key-of-another-issuer' }),
    'that has ended': buildBadge({ recipient: owner, expires: '2026-02-01T00:00:00Z' }),
    'that was revoked': buildBadge({ recipient: owner, status: { set: true } }),
    'that is suspended': buildBadge({ recipient: owner, status: { set: true, purpose: 'suspension' } }),
  };
  for (const [name, part] of Object.entries(inside)) {
    const clr = await record({ parts: [await part] });
    add('valid: all-passed', `a badge inside ${name}, which is told`, clr.document, {
      ...served(clr),
      told: 'part-bad',
      ...accepts,
    });
  }
  const other = await buildBadge({ recipient: { type: 'did', value: 'did:example:somebody' } });
  const mixed = await record({ parts: [other] });
  add('valid: all-passed', 'a badge about somebody else, which is told', mixed.document, {
    ...served(mixed),
    told: 'part-other-person',
    ...accepts,
  });
  const inner = JSON.parse(JSON.stringify(whole.document).replace('JavaScript', 'Javascript'));
  add('invalid: signature-bad', 'a badge inside that was altered afterwards', inner, refuses);
  const renamed = { ...whole.document, name: 'Diploma' };
  add('invalid: signature-bad', 'a record that was altered', renamed, refuses);
  const { proof: _, ...unsigned } = whole.document;
  add('invalid: no-proof', 'a record without proof around a good badge', unsigned, refuses);
  const ended = await record({ change: (document) => ({ ...document, validUntil: '2026-02-01T00:00:00Z' }) });
  add('expired: has-expired', 'a record that has ended', ended.document, { ...served(ended), ...refuses });
  const early = await record({ change: (document) => ({ ...document, validFrom: '2026-09-01T00:00:00Z' }) });
  add('invalid: not-yet-valid', 'a record of autumn', early.document, { ...served(early), ...refuses });
  const borrowed = await record({
    change: (document) => ({ ...document, issuer: { id: stranger.id, type: ['Profile'], name: 'Other' } }),
  });
  add('invalid: key-owner-differs', 'a record in another’s name', borrowed.document, refuses);
  return cases;
}
