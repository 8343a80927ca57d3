import { parseUrl, type Url } from '../model/brands.ts';
import type { JsonObject } from '../model/json.ts';
import { type BuiltBadge, buildBadge } from './build-badge.ts';
import { buildIssuer } from './build-issuer.ts';
import type { StatusWish } from './build-status.ts';
import { type Documents, mergeDocuments, servedBytes } from './documents.ts';
import { collectCases, type Expectation, readByJose, type SignedCase, served } from './signed-case.ts';

/** Lists of the draft and of the standard, suspension, and what is gone. Source: BSL §3.2; StatusList2021 §4. */
export async function statusCases(): Promise<readonly SignedCase[]> {
  return [
    ...(await draftListCases()),
    ...(await firstDraftCases()),
    ...(await suspensionCases()),
    ...(await goneCases()),
  ];
}

async function draftListCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('StatusList2021');
  const issuer = await buildIssuer();
  const stranger = await buildIssuer({ name: 'Somebody else' });
  const reader = readByJose(issuer.key, 'accepts');
  const built = (status: StatusWish, entry: JsonObject = {}) =>
    buildBadge({
      proof: 'vc-jwt',
      issuer,
      status: { kind: 'StatusList2021Entry', ...status },
      change: (document) => ({
        ...document,
        credentialStatus: { ...(document['credentialStatus'] as JsonObject), ...entry },
      }),
    });
  const rows: readonly (readonly [Expectation, string, StatusWish, JsonObject?])[] = [
    ['valid: all-passed', 'its bit is clear beside one that is set', {}],
    ['valid: all-passed', 'suspension, clear', { purpose: 'suspension' }],
    ['revoked: has-been-revoked', 'its bit is set', { set: true }],
    ['revoked: is-suspended', 'suspension, set', { purpose: 'suspension', set: true }],
    ['invalid: status-list-bad', 'the list was altered', { broken: true }],
    ['invalid: status-list-bad', 'the list is for another purpose', {}, { statusPurpose: 'suspension' }],
    ['invalid: status-index-out-of-range', 'an index behind the end', {}, { statusListIndex: '131072' }],
    ['malformed: bad-value', 'an index below zero', {}, { statusListIndex: '-1' }],
    ['malformed: bad-value', 'an index in words', {}, { statusListIndex: 'first' }],
  ];
  for (const [expected, name, status, entry] of rows) {
    const badge = await built(status, entry);
    add(expected, name, badge.text, { ...served(badge), ...reader });
  }
  const badge = await built({});
  add('unreachable: status-unreachable', 'nobody serves the list', badge.text, reader);
  add('unreachable: status-unreachable', 'the list is gone (410)', badge.text, {
    documents: answeringAt(badge, /\/status\//, 410),
    ...reader,
  });
  const theirs = await built({ signedBy: stranger });
  add('valid: all-passed', 'somebody else signed the list, which is told', theirs.text, {
    documents: mergeDocuments(theirs.documents, stranger.documents),
    told: 'status-list-other-key',
    ...reader,
  });
  return cases;
}

async function firstDraftCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('RevocationList2020');
  const issuer = await buildIssuer();
  const rows: readonly (readonly [Expectation, string, StatusWish])[] = [
    ['valid: all-passed', 'its bit is clear beside one that is set', {}],
    ['revoked: has-been-revoked', 'its bit is set', { set: true }],
    [
      'unsupported: status-order-unclear',
      'set from the other end of the byte',
      { set: true, rightFirst: true },
    ],
    ['invalid: status-list-bad', 'the list was altered', { broken: true }],
  ];
  for (const [expected, name, status] of rows) {
    const wish = { issuer, status: { kind: 'RevocationList2020Status', ...status } } as const;
    const token = await buildBadge({ proof: 'vc-jwt', ...wish });
    add(expected, `${name}, as token`, token.text, {
      ...served(token),
      ...readByJose(issuer.key, 'accepts'),
    });
  }
  return cases;
}

async function suspensionCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('suspension');
  for (const algorithm of ['EdDSA', 'ES256'] as const) {
    const issuer = await buildIssuer({ algorithm, keyPlace: 'did:web' });
    for (const [expected, set] of [
      ['valid: all-passed', false],
      ['revoked: is-suspended', true],
    ] as const) {
      const status: StatusWish = { purpose: 'suspension', set };
      const token = await buildBadge({ proof: 'vc-jwt', issuer, status });
      const name = `${algorithm}, ${set ? 'set' : 'clear'}`;
      add(expected, `${name}, as token`, token.text, {
        ...served(token),
        ...readByJose(issuer.key, 'accepts'),
      });
      const proof = algorithm === 'EdDSA' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019';
      const embedded = await buildBadge({ proof, issuer, status });
      add(expected, `${name}, with a proof inside`, embedded.text, served(embedded));
    }
  }
  const altered = await buildBadge({ status: { purpose: 'suspension', set: true }, forgery: 'byte-changed' });
  add('invalid: signature-bad', 'set, and the badge itself altered', altered.text, served(altered));
  return cases;
}

async function goneCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('410');
  const hosted = await buildBadge({ proof: 'hosted' });
  const address = addressOf(hosted);
  add('valid: all-passed', 'a hosted badge that is there', hosted.text, served(hosted));
  const gone = await buildBadge({ proof: 'hosted', revoked: 'gone' });
  add('revoked: gone', 'a hosted badge in hand that is gone', gone.text, served(gone));
  add('revoked: gone', 'a hosted badge asked for that is gone', gone.text, { ...served(gone), address });
  const stub = await buildBadge({ proof: 'hosted', revoked: 'stub' });
  add('revoked: has-been-revoked', 'a hosted badge that says revoked', stub.text, served(stub));
  for (const status of [404, 500]) {
    const documents = answeringAt(hosted, /\/awards\//, status);
    add('unreachable: document-unreachable', `a hosted badge that answers ${status}`, hosted.text, {
      documents,
    });
  }
  const credential = await buildBadge({ issuerOrigin: 'https://credentials.example' });
  const place = addressOf(credential);
  const there = new Map([[place, servedBytes(credential.bytes, credential.mediaType)]]);
  add('valid: all-passed', 'a credential asked for that is there', credential.text, {
    documents: there,
    address: place,
  });
  add('revoked: gone', 'a credential asked for that is gone', credential.text, {
    documents: new Map([[place, { status: 410, mediaType: 'text/plain', bytes: new Uint8Array() }]]),
    address: place,
  });
  return cases;
}

function addressOf({ address }: BuiltBadge): Url {
  const parsed = parseUrl(address);
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

/** The badge's documents, of which those at matching addresses answer with another status and nothing else. */
function answeringAt({ documents }: BuiltBadge, addresses: RegExp, status: number): Documents {
  const nothing = { status, mediaType: 'text/plain', bytes: new Uint8Array() };
  return new Map(
    [...documents].map(([address, answer]) => [address, addresses.test(address) ? nothing : answer]),
  );
}
