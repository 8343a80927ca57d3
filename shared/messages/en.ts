/**
 * Every word that both the extension and the public pages say, in English. Other languages satisfy its type.
 * Sentences are whole and have named slots; counts have their forms for `Intl.PluralRules`.
 */
export const en = {
  marks: {
    checked: 'Checked',
    expired: 'Expired',
    revoked: 'Revoked',
    'not-valid': 'Not valid',
    'not-checked': 'Could not be checked',
    unreadable: 'Cannot be read',
    'as-recorded': 'Not checked here',
  },
  verdict: {
    valid: 'Every check passed.',
    validWithNotes: {
      one: 'Every check passed, with {count} note.',
      other: 'Every check passed, with {count} notes.',
    },
    asRecorded: 'As recorded by the learner on {date|an unknown day}, not checked here.',
    checkedOn: 'Checked on {date}',
    remembered:
      'It was verified on {date} and cannot be asked again: its issuer does not answer. Whether it has been revoked since is not known.',
  },
  changes: {
    gone: 'The issuer now says that this badge is gone for good. On {since} it still showed it.',
    revoked: 'The issuer has revoked it since {since}.',
    suspended: 'The issuer has suspended it since {since}.',
    ended: 'It has ended since {since}.',
    'good-again': 'It passes every check now. On {since} it read “{was}”.',
    verdict: 'It reads “{now}” now. On {since} it read “{was}”.',
    'key-withdrawn':
      'The issuer has changed its key since; on {since} the badge was checked with the key of that day, which is kept here.',
    'keys-changed':
      'The issuer has changed its list of keys since; on {since} the badge was checked with the list of that day, which is kept here.',
    'issuer-proof': 'Another one vouches for it now: {now}. Before it was {was}.',
    'issuer-name': 'The issuer calls itself “{now}” now. Before it was “{was}”.',
    'end-moved': 'Its last day is {now} now. Before it was {was}.',
    'end-added': 'It ends on {now} now. Before it had no end.',
    'end-dropped': 'It has no end any more. Before it was to end on {was}.',
    name: 'The badge is called “{now}” now. Before it was “{was}”.',
    description: 'The issuer has changed the description of the badge.',
    criteria: 'The issuer has changed what the badge asks for.',
    aKey: 'an unknown key',
  },
  checkOutcomes: {
    passed: 'Passed',
    warning: 'Note',
    failed: 'Failed',
    unknown: 'Could not be checked',
    skipped: 'Not needed',
  },
  questions: {
    unaltered: 'Is it unaltered?',
    who: 'Who made it?',
    good: 'Is it still good?',
    whose: 'Is it this person’s?',
    more: 'What else was looked at?',
  },
  checkNames: {
    form: 'Form',
    limits: 'Size',
    integrity: 'Unaltered',
    hosting: 'Issuer’s own copy',
    key: 'Key',
    issuer: 'Issuer',
    validity: 'Dates',
    status: 'Revocation',
    schema: 'Issuer’s description of the form',
    endorsement: 'Endorsement',
    part: 'A badge inside',
    recipient: 'Recipient',
    extension: 'Addition',
    'proof-set': 'Further signatures',
    presentation: 'Envelope',
  },
  checkList: {
    title: 'What was checked',
    why: 'Asked for by',
    ours: 'Backpack’s own rules',
    code: 'Code',
    facts: 'Details',
    none: 'Nothing could be checked.',
  },
  issuer: {
    // the word joiner keeps the ellipsis and what follows it on one line
    keyLead: 'Unknown issuer, key …\u2060{tail}',
    saysItIs: 'says it is {name}',
    notProven: 'Issuer not proven',
    names: 'the badge names {name}',
    unnamed: 'an issuer without a name',
    notEncrypted: 'not encrypted',
    whyNone: 'Nothing shows who made this badge.',
    'why-key-not-bound':
      'The signature is good, but nothing ties its key to the issuer that the badge names.',
    'why-key-elsewhere':
      'The signature is good, but its key lies with somebody else than the issuer that the badge names.',
    whyKey:
      'It is signed with this key. Nobody vouches for the name; compare the key if you know the issuer’s.',
    whyHost: 'This host vouches for the badge. The name is what the issuer calls itself.',
    wholeKey: 'Whole key',
  },
  recipient: {
    yours: { word: 'Yours', sentence: 'It was issued to an address of yours.' },
    'not-yet-matched': {
      word: 'Not yet matched to you',
      sentence: 'It was issued to an address that is not among yours yet.',
    },
    'names-nobody': { word: 'Names nobody', sentence: 'It does not say to whom it was issued.' },
    'someone-elses': { word: 'Someone else’s', sentence: 'It was issued to another address than yours.' },
  },
  badge: {
    unnamed: 'A badge without a name',
    unreadable: 'A file that could not be read',
    pictureOf: 'Picture of {name}',
    awarded: 'Awarded',
    validFrom: 'Good from',
    expires: 'Good until',
    expired: 'Ended',
    issuer: 'Issuer',
    recipient: 'Recipient',
    kind: 'Kind',
    tags: 'Tags',
    about: 'What it says',
    took: 'What it took',
    shown: 'What was shown',
    why: 'Why it was given',
    said: 'Said about it',
    fits: 'Fits into',
    evidence: 'Evidence',
    criteriaAddress: 'The issuer’s description',
    endorsedBy: 'By {name|somebody without a name}, as the badge says; not checked',
    generation: 'Open Badges {generation}',
    version: 'Version',
    document: 'Document',
    leavesTo: 'at {host}',
  },
  count: {
    badges: { one: '{count} badge', other: '{count} badges' },
    issuers: { one: '{count} issuer', other: '{count} issuers' },
  },
};

/** The type that each language of the catalogue satisfies. */
export type Catalogue = typeof en;
