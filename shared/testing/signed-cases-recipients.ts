import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Identity } from '../model/badge.ts';
import { hexOf, utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from './build-badge.ts';
import { buildIssuer } from './build-issuer.ts';
import { collectCases, type Expectation, readByVc, type SignedCase } from './signed-case.ts';

const ada = 'ada@learner.example';
const bob = 'bob@learner.example';
const own: readonly Identity[] = [{ type: 'email', value: ada }];
const hex = {
  sha256: (text: string) => hexOf(sha256(utf8(text))),
  md5: (text: string) => hexOf(md5(utf8(text))),
};

function hashed(identityHash: string, more: JsonObject = {}): JsonObject {
  return { type: 'IdentityObject', hashed: true, identityHash, identityType: 'emailAddress', ...more };
}

function plain(identityHash: string, identityType = 'emailAddress'): JsonObject {
  return { type: 'IdentityObject', hashed: false, identityHash, identityType };
}

/** Badges of 3.0 that name somebody by hashes, held against a learner. Source: OB 3.0 §IdentityObject, IdentityHash. */
export async function recipientCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('recipient of 3.0');
  const issuer = await buildIssuer();
  const salted = { salt: 'sel gris' };
  const upper = `sha256$${hex.sha256(`${ada}sel gris`).toUpperCase()}`;
  const loud: readonly Identity[] = [{ type: 'email', value: 'Ada@Learner.Example' }];
  const two: readonly Identity[] = [{ type: 'email', value: bob }, ...own];
  const good = 'valid: all-passed';
  const wrong = 'invalid: recipient-differs';
  const rows: readonly (readonly [Expectation, string, readonly JsonObject[], (readonly Identity[])?])[] = [
    [good, 'sha256', [hashed(`sha256$${hex.sha256(ada)}`)]],
    [good, 'sha256 with salt', [hashed(`sha256$${hex.sha256(`${ada}sel gris`)}`, salted)]],
    [good, 'sha256 in upper-case hex', [hashed(upper, salted)]],
    [good, 'md5', [hashed(`md5$${hex.md5(ada)}`)]],
    [good, 'md5 with salt', [hashed(`md5$${hex.md5(`${ada}sel gris`)}`, salted)]],
    [good, 'plain', [plain(ada)]],
    [good, 'an address typed with capitals', [hashed(`sha256$${hex.sha256(ada)}`)], loud],
    [good, 'the second of two identifiers', [plain(bob), hashed(`md5$${hex.md5(ada)}`)]],
    [good, 'the learner’s second address', [hashed(`sha256$${hex.sha256(ada)}`)], two],
    [wrong, 'sha256 of somebody else', [hashed(`sha256$${hex.sha256(bob)}`)]],
    [wrong, 'md5 of somebody else', [hashed(`md5$${hex.md5(bob)}`)]],
    [wrong, 'a salt that was left out', [hashed(`sha256$${hex.sha256(`${ada}sel gris`)}`)]],
    [wrong, 'another salt', [hashed(`sha256$${hex.sha256(`${ada}pepper`)}`, salted)]],
    [wrong, 'a hash that is cut off', [hashed(`sha256$${hex.sha256(ada).slice(0, 32)}`)]],
    [wrong, 'a hash that calls itself another', [hashed(`md5$${hex.sha256(ada)}`)]],
    [wrong, 'the address itself where a hash should be', [hashed(ada)]],
    [wrong, 'the same text as a telephone', [plain(ada, 'ext:telephone')]],
    [wrong, 'two identifiers of others', [plain(bob), hashed(`sha256$${hex.sha256(bob)}`)]],
    ['unsupported: recipient-differs', 'a hash that nobody names', [hashed(`whirlpool$${hex.sha256(ada)}`)]],
  ];
  for (const [expected, name, identifier, recipient = own] of rows) {
    const badge = await buildBadge({
      issuer,
      change: (document) => ({ ...document, credentialSubject: subjectWith(document, identifier) }),
    });
    add(expected, name, jsonOf(badge), { recipient, ...readByVc('eddsa-rdfc-2022', 'accepts') });
  }
  const nobody = jsonOf(await buildBadge({ issuer, recipient: 'nobody' }));
  const read = readByVc('eddsa-rdfc-2022', 'accepts');
  add('invalid: recipient-absent', 'nobody is named', nobody, { recipient: own, ...read });
  return cases;
}

function subjectWith(document: JsonObject, identifier: readonly JsonObject[]): JsonObject {
  const subject = document['credentialSubject'] as JsonObject;
  return { ...subject, identifier: [...identifier] };
}
