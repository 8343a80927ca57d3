import type { JsonObject } from '../model/json.ts';
import { parseCompactToken } from '../verify/read-document.ts';
import { buildBadge } from './build-badge.ts';
import { buildIssuer } from './build-issuer.ts';
import { buildPresentation, type PresentationProof, type PresentationWish } from './build-presentation.ts';
import { unsignedToken } from './sign-token.ts';
import { withProof } from './signature-forgeries.ts';
import { collectCases, readByJose, readByVc, type SignedCase, served } from './signed-case.ts';
import type { KeyAlgorithm } from './signing-keys.ts';

const challenge = '7f3c1f9a';
const domain = 'https://employer.example';
const suites: readonly (readonly [PresentationProof, KeyAlgorithm])[] = [
  ['eddsa-rdfc-2022', 'EdDSA'],
  ['eddsa-jcs-2022', 'EdDSA'],
  ['ecdsa-rdfc-2019', 'ES256'],
  ['Ed25519Signature2020', 'EdDSA'],
];

/**
 * Envelopes that badges came in. To a backpack a bad one is a note beside the badge, for whoever dislikes it takes the
 * badge out; to somebody who set a challenge it decides. Source: VCDM 2.0 §Verifiable Presentations.
 */
export async function presentationCases(): Promise<readonly SignedCase[]> {
  return [
    ...(await suiteCases()),
    ...(await askedCases()),
    ...(await tokenCases()),
    ...(await holderCases()),
  ];
}

function objectOf({ document }: { readonly document: JsonObject | string }): JsonObject {
  if (typeof document === 'string') throw new Error('This presentation is a token.');
  return document;
}

async function suiteCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('envelope of each suite');
  for (const [suite, algorithm] of suites) {
    if (suite === 'none' || suite === 'vp-jwt' || suite === 'vp-jwt-1.1') continue;
    const holder = await buildIssuer({ algorithm, relation: 'authentication' });
    // The library reads the badge inside by the same suite as the envelope.
    const badges = [await buildBadge({ proof: suite, algorithm })];
    const build = (wish: PresentationWish = {}) =>
      buildPresentation({ proof: suite, holder, badges, ...wish });
    const whole = await build({ options: { challenge } });
    const accepts = readByVc(suite, 'accepts', challenge);
    const refuses = readByVc(suite, 'refuses', challenge);
    const good = { ...served(whole), told: 'presentation-good' as const };
    add('valid: all-passed', `${suite}, signed by its holder`, objectOf(whole), { ...good, ...accepts });
    const altered = { ...objectOf(whole), holder: 'did:example:somebody' };
    const noted = { told: 'presentation-bad' as const };
    add('valid: all-passed', `${suite}, its holder exchanged, which is told`, altered, noted);
    add('invalid: presentation-bad', `${suite}, its holder exchanged, to one who asks`, altered, {
      asked: { challenge },
      ...refuses,
    });
    const inside = await buildBadge({ proof: suite, algorithm, forgery: 'byte-changed' });
    const forged = await build({ badges: [inside], options: { challenge } });
    add('invalid: signature-bad', `${suite}, around a badge that was altered`, objectOf(forged), refuses);
  }
  return cases;
}

async function askedCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('envelope for one who asked');
  const suite = 'eddsa-rdfc-2022';
  const accepts = readByVc(suite, 'accepts', challenge);
  const refuses = readByVc(suite, 'refuses', challenge);
  const answer = objectOf(await buildPresentation({ options: { challenge, domain } }));
  add('valid: all-passed', 'answers the challenge', answer, {
    asked: { challenge, domain },
    told: 'presentation-aim-good',
    ...accepts,
  });
  add('valid: all-passed', 'answers a challenge that nobody here set', answer, {
    told: 'presentation-aimed',
  });
  add('invalid: presentation-aim-differs', 'answers another challenge', answer, {
    asked: { challenge: 'another' },
    ...readByVc(suite, 'refuses', 'another'),
  });
  add('invalid: presentation-aim-differs', 'was meant for somebody else', answer, {
    asked: { challenge, domain: 'https://other.example' },
  });
  const relabelled = withProof(answer, { challenge: 'another' });
  add('invalid: presentation-bad', 'answers another challenge, and was relabelled', relabelled, {
    asked: { challenge: 'another' },
    ...readByVc(suite, 'refuses', 'another'),
  });
  const unsigned = objectOf(await buildPresentation({ proof: 'none' }));
  add('invalid: presentation-unsigned', 'nobody signed it', unsigned, { asked: { challenge }, ...refuses });
  add('valid: all-passed', 'nobody signed it, and nobody asked', unsigned, { told: 'presentation-unsigned' });
  const { bytes } = await buildBadge({});
  add('invalid: presentation-unsigned', 'a badge without an envelope', bytes, { asked: { challenge } });
  const award = objectOf(
    await buildPresentation({ options: { challenge }, proofPurpose: 'assertionMethod' }),
  );
  add('invalid: presentation-bad', 'signed as issuers sign', award, { asked: { challenge }, ...refuses });
  const ended = objectOf(
    await buildPresentation({ options: { challenge, expires: '2026-02-01T00:00:00Z' } }),
  );
  add('invalid: presentation-ended', 'signed for a time that is over', ended, { asked: { challenge } });
  add('valid: all-passed', 'signed for a time that is over, which is told', ended, {
    told: 'presentation-ended',
  });
  const unknown = withProof(answer, { cryptosuite: 'bbs-2023' });
  add('unsupported: presentation-unchecked', 'signed in a way of others', unknown, { asked: { challenge } });
  add('valid: all-passed', 'signed in a way of others, which is told', unknown, {
    told: 'presentation-unchecked',
  });
  return cases;
}

async function tokenCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('envelope as a token');
  for (const proof of ['vp-jwt', 'vp-jwt-1.1'] as const) {
    const holder = await buildIssuer({ relation: 'authentication' });
    const badges = [await buildBadge({ proof: 'vc-jwt' })];
    const build = async (wish: PresentationWish = {}) =>
      String((await buildPresentation({ proof, holder, badges, ...wish })).document);
    const accepts = readByJose(holder.key, 'accepts');
    const refuses = readByJose(holder.key, 'refuses');
    const asked = { challenge, domain };
    const aimed = await build({ claims: { nonce: challenge, aud: domain } });
    add('valid: all-passed', `${proof}, answers what was asked`, aimed, {
      asked,
      told: 'presentation-aim-good',
      ...accepts,
    });
    for (const [cty, told] of [
      ['vp', 'presentation-good'],
      ['vc', 'presentation-bad'],
    ] as const) {
      const saying = await build({ header: { cty } });
      add('valid: all-passed', `${proof}, that says it holds ${cty}`, saying, { told, ...accepts });
    }
    const elsewhere = await build({ claims: { nonce: challenge, aud: 'https://other.example' } });
    add('invalid: presentation-aim-differs', `${proof}, meant for somebody else`, elsewhere, {
      asked,
      ...accepts,
    });
    const ended = await build({ claims: { exp: 1_769_904_000 } });
    add('valid: all-passed', `${proof}, over since February, which is told`, ended, {
      told: 'presentation-ended',
      ...accepts,
    });
    const stranger = await buildIssuer({ relation: 'authentication' });
    const signer = { ...holder, key: stranger.key };
    const theirs = await build({ signer, claims: { nonce: challenge } });
    add('valid: all-passed', `${proof}, signed by another key, which is told`, theirs, {
      told: 'presentation-bad',
    });
    add('invalid: presentation-bad', `${proof}, signed by another key, to one who asks`, theirs, {
      asked: { challenge },
      ...refuses,
    });
    const typed = await build({ header: { typ: 'vc+jwt' } });
    add('valid: all-passed', `${proof}, calls itself a badge, which is told`, typed, {
      told: 'presentation-bad',
    });
    const parsed = parseCompactToken(aimed);
    const none = unsignedToken({}, parsed.ok ? parsed.value.payload : {});
    add('valid: all-passed', `${proof}, without a signature, which is told`, none, {
      told: 'presentation-bad',
    });
    add('invalid: presentation-bad', `${proof}, without a signature, to one who asks`, none, { asked });
    const forged = [await buildBadge({ proof: 'vc-jwt', forgery: 'byte-changed' })];
    const around = await build({ badges: forged });
    add('invalid: signature-bad', `${proof}, around a badge that was altered`, around);
  }
  return cases;
}

async function holderCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('holder of an envelope');
  for (const keyPlace of ['did:web', 'controller', 'did:jwk'] as const) {
    const origin = 'https://mia.example';
    const holder = await buildIssuer({ keyPlace, origin, relation: 'authentication' });
    const built = await buildPresentation({ holder });
    add('valid: all-passed', `${keyPlace}, by the holder’s own key`, objectOf(built), {
      ...served(built),
      told: 'presentation-good',
    });
  }
  const issuerLike = await buildIssuer({ keyPlace: 'did:web', origin: 'https://mia.example' });
  const listed = await buildPresentation({ holder: issuerLike });
  add('valid: all-passed', 'a key that is listed for awarding alone, which is told', objectOf(listed), {
    ...served(listed),
    told: 'presentation-other-key',
  });
  const signer = await buildIssuer({ relation: 'authentication' });
  const stolen = await buildPresentation({ signer, options: { challenge } });
  add('valid: all-passed', 'a stranger’s key, which is told', objectOf(stolen), {
    told: 'presentation-other-key',
  });
  add('invalid: presentation-other-key', 'a stranger’s key, to one who asks', objectOf(stolen), {
    asked: { challenge },
  });
  const named = (presentation: JsonObject) => ({ ...presentation, holder: 'urn:uuid:mia' });
  const open = await buildPresentation({ change: named, options: { challenge } });
  add('valid: all-passed', 'a holder that no key belongs to, which is told', objectOf(open), {
    told: 'presentation-holder-open',
  });
  add(
    'invalid: presentation-holder-open',
    'a holder that no key belongs to, to one who asks',
    objectOf(open),
    {
      asked: { challenge },
    },
  );
  const nameless = ({ holder: _, ...rest }: JsonObject) => rest;
  const bare = await buildPresentation({ change: nameless });
  add('valid: all-passed', 'nobody named beside the key', objectOf(bare), { told: 'presentation-good' });
  return cases;
}
