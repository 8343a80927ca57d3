/**
 * The classes of Open Badges 2.0 as data: which properties each has, what each may hold, and how much it matters.
 * Source: Open Badges 2.0 §Data Classes (`ob_v2p0/index.md`).
 */
export type Ob2Class =
  | 'Assertion'
  | 'BadgeClass'
  | 'Profile'
  | 'IdentityObject'
  | 'VerificationObject'
  | 'Evidence'
  | 'Image'
  | 'Criteria'
  | 'AlignmentObject'
  | 'RevocationList'
  | 'CryptographicKey'
  | 'Endorsement'
  | 'Claim'
  | 'Extension';

/** `broken`: the object cannot be read as what it says it is. `loose`: it can, and the slip is said. */
export type Weight = 'broken' | 'loose';

export type Ob2Property = {
  readonly name: string;
  /** another name under which the context knows it */
  readonly alias?: string;
  /** names of primitive values that may stand here */
  readonly values?: readonly string[];
  /** class of an object that may stand here, embedded */
  readonly object?: Ob2Class;
  /** what its absence weighs; left out when it may be absent */
  readonly required?: Weight;
  /** what a wrong value weighs; `broken` unless said */
  readonly wrong?: Weight;
  /** what an empty text weighs where there has to be one; `loose` unless said */
  readonly blank?: Weight;
  readonly many?: true;
};

export type Ob2ClassRules = {
  /** words of `type` that name the class */
  readonly types: readonly string[];
  /** embedded objects of this class may leave `type` out */
  readonly typeOptional?: true;
  readonly properties: readonly Ob2Property[];
};

const text = ['text'] as const;
const iri = ['iri'] as const;
const address = ['iri', 'data-uri'] as const;

const id: Ob2Property = { name: 'id', alias: '@id', values: iri, required: 'broken' };
const idIfAny: Ob2Property = { name: 'id', alias: '@id', values: address };
const endorsement: Ob2Property = {
  name: 'endorsement',
  values: iri,
  object: 'Endorsement',
  many: true,
  wrong: 'loose',
};
const revocation: readonly Ob2Property[] = [
  { name: 'revoked', values: ['boolean'] },
  { name: 'revocationReason', values: text, wrong: 'loose' },
];
const verification: Ob2Property = {
  name: 'verification',
  alias: 'verify',
  object: 'VerificationObject',
  required: 'broken',
};

export const ob2Classes: Readonly<Record<Ob2Class, Ob2ClassRules>> = {
  Assertion: {
    types: ['Assertion'],
    properties: [
      id,
      { name: 'recipient', object: 'IdentityObject', required: 'broken' },
      { name: 'badge', values: iri, object: 'BadgeClass', required: 'broken' },
      verification,
      { name: 'issuedOn', values: ['datetime'], required: 'broken' },
      { name: 'expires', values: ['datetime'] },
      // A picture inside the assertion may not be a data URL: the badge's own picture carries the assertion.
      { name: 'image', values: iri, object: 'Image' },
      { name: 'evidence', values: iri, object: 'Evidence', many: true },
      { name: 'narrative', values: text },
      endorsement,
      ...revocation,
    ],
  },
  BadgeClass: {
    types: ['BadgeClass'],
    properties: [
      id,
      { name: 'name', values: text, required: 'broken' },
      { name: 'description', values: text, required: 'broken' },
      { name: 'image', values: address, object: 'Image', required: 'loose' },
      { name: 'criteria', values: iri, object: 'Criteria', required: 'broken' },
      { name: 'issuer', values: iri, object: 'Profile', required: 'broken' },
      { name: 'alignment', values: iri, object: 'AlignmentObject', many: true },
      { name: 'tags', values: text, many: true },
      { name: 'version', values: ['text-or-number'], wrong: 'loose' },
      endorsement,
    ],
  },
  Profile: {
    types: ['Profile', 'Issuer'],
    properties: [
      id,
      { name: 'name', values: text },
      { name: 'url', values: ['url'] },
      { name: 'email', values: ['email', 'nothing'] },
      { name: 'telephone', values: ['telephone'], wrong: 'loose' },
      { name: 'description', values: text },
      { name: 'image', values: address, object: 'Image' },
      { name: 'publicKey', values: iri, object: 'CryptographicKey', many: true },
      { name: 'verification', alias: 'verify', values: iri, object: 'VerificationObject' },
      { name: 'revocationList', values: iri },
      endorsement,
    ],
  },
  IdentityObject: {
    types: ['IdentityObject'],
    typeOptional: true,
    properties: [
      { name: 'identity', values: text, required: 'broken', blank: 'broken' },
      { name: 'type', alias: '@type', values: text, required: 'broken', blank: 'broken', many: true },
      { name: 'hashed', values: ['boolean'], required: 'broken' },
      { name: 'salt', values: text },
    ],
  },
  VerificationObject: {
    types: ['VerificationObject', 'HostedBadge', 'hosted', 'SignedBadge', 'signed'],
    typeOptional: true,
    properties: [
      { name: 'creator', values: iri, object: 'CryptographicKey' },
      { name: 'startsWith', values: ['url'], many: true },
      { name: 'allowedOrigins', values: text, many: true },
      { name: 'verificationProperty', values: ['compact-iri'], wrong: 'loose' },
    ],
  },
  Evidence: {
    types: ['Evidence'],
    typeOptional: true,
    properties: [
      idIfAny,
      ...['narrative', 'name', 'description', 'genre', 'audience'].map((name) => ({ name, values: text })),
    ],
  },
  Image: {
    types: ['Image'],
    typeOptional: true,
    properties: [
      { ...idIfAny, required: 'broken' },
      { name: 'caption', values: text },
      { name: 'author', values: iri, object: 'Profile', wrong: 'loose' },
    ],
  },
  Criteria: {
    types: ['Criteria'],
    typeOptional: true,
    properties: [
      { name: 'id', alias: '@id', values: iri },
      { name: 'narrative', values: text },
    ],
  },
  AlignmentObject: {
    types: ['AlignmentObject'],
    typeOptional: true,
    properties: [
      { name: 'targetName', values: text, required: 'broken' },
      { name: 'targetUrl', values: ['url'], required: 'broken' },
      { name: 'targetDescription', values: text },
      { name: 'targetFramework', values: text },
      { name: 'targetCode', values: text },
    ],
  },
  RevocationList: {
    types: ['RevocationList'],
    properties: [
      { name: 'id', alias: '@id', values: iri },
      { name: 'issuer', values: iri, object: 'Profile' },
    ],
  },
  CryptographicKey: {
    types: ['CryptographicKey'],
    typeOptional: true,
    // No badge is unreadable for a key that says too little: whoever verifies by it asks for the rest.
    properties: [
      { name: 'id', alias: '@id', values: iri },
      { name: 'owner', values: iri, required: 'loose' },
      { name: 'publicKeyPem', values: text, required: 'loose' },
    ],
  },
  Endorsement: {
    types: ['Endorsement'],
    properties: [
      id,
      { name: 'claim', object: 'Claim', required: 'broken' },
      { name: 'issuer', values: iri, object: 'Profile', required: 'broken' },
      { name: 'issuedOn', values: ['datetime'], required: 'broken' },
      verification,
      { name: 'expires', values: ['datetime'] },
      ...revocation,
    ],
  },
  Claim: {
    types: [],
    typeOptional: true,
    properties: [id, { name: 'endorsementComment', values: text }],
  },
  Extension: { types: ['Extension'], properties: [] },
};

/** The names of all properties, which are words of the 2.0 context. */
export const ob2PropertyNames: ReadonlySet<string> = new Set(
  Object.values(ob2Classes).flatMap(({ properties }) =>
    properties.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias])),
  ),
);

/** Every word that the 2.0 context defines and that may stand as the `type` of an object. */
export const ob2TypeWords: ReadonlySet<string> = new Set([
  'AlignmentObject',
  'CryptographicKey',
  'Endorsement',
  'Assertion',
  'BadgeClass',
  'Criteria',
  'Evidence',
  'Extension',
  'FrameValidation',
  'IdentityObject',
  'Image',
  'HostedBadge',
  'hosted',
  'Issuer',
  'Profile',
  'RevocationList',
  'SignedBadge',
  'signed',
  'TypeValidation',
  'VerificationObject',
]);
