import type { FindingCode } from '../model/verdict.ts';

/**
 * One sentence for each finding of a verification, and, where the reader can do something, what.
 * Slots are facts of the finding, `{field|a part}` with what stands there when the fact is absent.
 */
export type FindingWords = {
  readonly sentence: string;
  /** said in its place where the fact of that name is known or, by `name=value`, is that */
  readonly where?: Readonly<Record<string, string>>;
  readonly remedy?: string;
};

const tellIssuer = 'Tell the issuer; only they can put it right.';
const besideEnvelope = 'The badge inside is judged by its own proof; do not rely on who handed it over.';
const checkLater = 'Check it again later.';

export const findingWords: Readonly<Record<FindingCode, FindingWords>> = {
  'all-passed': { sentence: 'Every check passed.' },
  'well-formed': { sentence: 'The badge is complete and can be read.' },
  'not-json': { sentence: 'The document is damaged: it cannot be read.', remedy: tellIssuer },
  'not-a-badge': {
    sentence: 'The document is not a badge.',
    where: {
      'found=html': 'A web page came, and not a badge.',
      'found=empty': 'The document is empty.',
      'found=pdf': 'This is a PDF document, not a badge.',
      'found=zip': 'This is an archive, not a badge: unpack it and choose what is inside.',
      generation:
        'This is not a badge that was given to somebody, but a document of another kind, such as the description of a badge.',
    },
    remedy:
      'Choose the badge itself, a picture or a file as its issuer gave it. If a page offered this, tell the issuer.',
  },
  'several-badges': {
    sentence: 'This holds {count|several} badges at once.',
    remedy: 'Import it in the backpack: every badge inside becomes one of its own.',
  },
  'picture-without-badge': {
    sentence: 'This picture has no badge inside.',
    remedy: 'Ask the issuer for the picture itself: copies from chats and social networks lose the badge.',
  },
  'malformed-picture': {
    sentence: 'This picture is damaged or cut off, and no badge could be read in it.',
    remedy: 'Download it again; if that does not help, tell the issuer.',
  },
  'drawing-with-declarations': {
    sentence: 'This drawing declares abbreviations of its own, which are not read: they could hold anything.',
    remedy: 'Ask the issuer for the badge as PNG, or as an SVG saved without a document type.',
  },
  'missing-field': {
    sentence: 'The badge lacks something that every badge must have: {field|a required part}.',
    remedy: tellIssuer,
  },
  'wrong-type': {
    sentence: 'A part of the badge is of the wrong kind: {field|one of its fields}.',
    remedy: tellIssuer,
  },
  'bad-value': {
    sentence: 'A part of the badge has a value that it cannot have: {field|one of its fields}.',
    remedy: tellIssuer,
  },
  'undefined-term': {
    sentence: 'The badge uses a word that it does not define: {term|one of its fields}.',
    remedy: tellIssuer,
  },
  'unknown-context': {
    sentence: 'The badge rests on a vocabulary that Backpack does not have: {address|unnamed}.',
    remedy: checkLater,
  },
  'too-large': { sentence: 'The document is larger than a badge may be.', remedy: tellIssuer },
  'unknown-generation': {
    sentence: 'It is not said which version of Open Badges this is.',
    remedy: tellIssuer,
  },
  'generation-not-supported': {
    sentence: 'Open Badges {generation|of this version} cannot be checked yet.',
    remedy: checkLater,
  },
  'suite-not-supported': {
    sentence: 'This kind of proof cannot be checked yet: {suite|unnamed}.',
    remedy: checkLater,
  },
  'algorithm-not-supported': {
    sentence: 'This way of signing cannot be checked yet: {algorithm|unnamed}.',
    remedy: checkLater,
  },
  'key-kind-not-supported': {
    sentence: 'This kind of key cannot be looked up yet: {kind|unnamed}.',
    remedy: checkLater,
  },
  'status-kind-not-supported': {
    sentence: 'Whether it was revoked cannot be checked yet: {kind|an unknown kind of list}.',
    remedy: checkLater,
  },
  'signature-good': { sentence: 'The badge is unaltered: the signature fits every word of it.' },
  'signature-bad': {
    sentence: 'The badge was altered, or signed with another key.',
    remedy: 'Get it again from the issuer.',
  },
  'no-proof': {
    sentence: 'Nothing in the badge proves who made it.',
    remedy: 'Ask the issuer for a signed badge or a link to it.',
  },
  'proof-purpose-wrong': { sentence: 'The signature was made for another purpose.', remedy: tellIssuer },
  'proof-expired': {
    sentence: 'The signature itself ended on {date|a past day}.',
    remedy: 'Ask the issuer for a fresh copy.',
  },
  'proof-elsewhere': {
    sentence: 'The signature belongs to another document.',
    remedy: 'Get the badge again from the issuer.',
  },
  'proof-chain-broken': {
    sentence: 'One signature rests on another that is missing or does not come before it.',
    remedy: 'Get the badge again from the issuer.',
  },
  'proof-for-holder': {
    sentence:
      'This copy is for the learner alone: before it is shown to others, a copy for them is made of it.',
    remedy: 'Ask whoever showed it for the copy that is made for others.',
  },
  'claims-disagree': {
    sentence: 'The badge says one thing and its signed envelope another: {field|they do not agree}.',
    remedy: tellIssuer,
  },
  'document-unreachable': {
    sentence: '{host|The issuer} did not answer, so this could not be checked.',
    where: {
      status:
        '{host|The issuer} answered with the error {status} and without the document, so this could not be checked.',
    },
    remedy: checkLater,
  },
  'document-not-json': {
    sentence: '{host|The issuer} answered with something that is not a badge document.',
    remedy: checkLater,
  },
  'hosted-copy-good': { sentence: '{host|The issuer} shows the same badge at its own address.' },
  'hosted-copy-differs': {
    sentence: 'The copy at {host|the issuer} differs from this one.',
    remedy: 'Get the badge again from the issuer.',
  },
  'hosted-elsewhere': {
    sentence: 'The badge says that it lives at a different address from the one it was found at.',
    remedy: 'Open it at the address that it names: {address|unknown}.',
  },
  'hosted-redirected': { sentence: '{host|The issuer} has moved the badge to another address of its own.' },
  'outside-issuer-scope': {
    sentence: '{host|This address} is not an address of the issuer that the badge names.',
    remedy: 'Do not rely on the name of the issuer.',
  },
  'inside-issuer-scope': { sentence: 'The badge lies at an address of its issuer.' },
  'issuer-scope-unknown': { sentence: 'It is not said at which addresses this issuer keeps its badges.' },
  'not-encrypted': {
    sentence: 'It came over an unencrypted connection; somebody on the way could have changed it.',
  },
  'key-found': { sentence: 'The issuer’s key was found.' },
  'key-not-authorised': {
    sentence: 'The issuer does not allow this key to sign badges.',
    remedy: 'Do not rely on it. Ask the issuer.',
  },
  'key-revoked': {
    sentence: 'The issuer took the key back on {date|a past day}.',
    remedy: 'Ask the issuer for a badge signed with a key in use.',
  },
  'key-expired': {
    sentence: 'The key was good only until {date|a past day}.',
    remedy: 'Ask the issuer for a badge signed with a key in use.',
  },
  'key-does-not-fit': {
    sentence: 'The key named is not of the kind that the signature needs, or is too weak.',
    remedy: tellIssuer,
  },
  'key-owner-differs': {
    sentence: 'The key belongs to somebody other than the issuer named.',
    remedy: 'Do not rely on the name of the issuer.',
  },
  'key-not-listed': {
    sentence: 'The issuer named does not list this key as its own.',
    remedy: 'Do not rely on the name of the issuer.',
  },
  'issuer-confirmed': { sentence: 'It is signed with a key of the issuer that it names.' },
  'issuer-host-answered': {
    sentence: '{host|Its host} says so itself: asked at its own address, it answered with this badge.',
  },
  'issuer-not-confirmed': {
    sentence: 'Nothing proves that it comes from the issuer that it names.',
    remedy: 'Do not rely on the name of the issuer.',
  },
  'in-time': { sentence: 'It is still good, until {until|its end}.' },
  'no-end': { sentence: 'It has no end.' },
  'has-expired': {
    sentence: 'It ended on {date|a past day}.',
    remedy: 'It can be kept; it is shown as expired. The issuer may renew it.',
  },
  'not-yet-valid': {
    sentence: 'It is good only from {date|a later day} on.',
    remedy: 'Check again on that day.',
  },
  'ends-before-it-begins': { sentence: 'It ends before it begins.', remedy: tellIssuer },
  'not-revoked': { sentence: 'The issuer has not revoked it.' },
  'no-status': { sentence: 'The badge names no place where it could be revoked.' },
  'has-been-revoked': {
    sentence: 'The issuer has revoked it.',
    where: { reason: 'The issuer has revoked it and says: “{reason}”' },
    remedy: 'Ask the issuer why.',
  },
  'is-suspended': {
    sentence: 'The issuer has suspended it for now.',
    where: { reason: 'The issuer has suspended it for now and says: “{reason}”' },
    remedy: 'Ask the issuer why, and check again later.',
  },
  gone: {
    sentence: '{host|The issuer} says that this badge is gone for good.',
    remedy: 'Ask the issuer why.',
  },
  'status-unreachable': {
    sentence: 'Whether it was revoked could not be asked: {host|the issuer} did not answer.',
    remedy: checkLater,
  },
  'status-list-bad': {
    sentence: 'The issuer’s list of revoked badges cannot be relied on.',
    remedy: checkLater,
  },
  'status-list-short': {
    sentence: 'The issuer’s list of revoked badges is shorter than it must be.',
    remedy: tellIssuer,
  },
  'status-list-id-differs': {
    sentence: 'The list of revoked badges is not the one that the badge names.',
    remedy: tellIssuer,
  },
  'status-list-other-key': {
    sentence: 'The list of revoked badges is signed by somebody other than the issuer.',
    remedy: tellIssuer,
  },
  'status-list-not-confirmed': {
    sentence: 'That the issuer made the list of revoked badges is not proven.',
    remedy: tellIssuer,
  },
  'status-index-out-of-range': {
    sentence: 'The badge has no place in the issuer’s list of revoked badges.',
    remedy: tellIssuer,
  },
  'status-order-unclear': {
    sentence:
      'The issuer’s list of revoked badges can be read in two ways, and one says that it was revoked.',
    remedy: 'Ask the issuer whether it still holds.',
  },
  'status-message': { sentence: 'The issuer says of it now: “{message}”.' },
  'status-value': {
    sentence: 'The issuer keeps a note on it that Backpack cannot read ({purpose}: {value}).',
  },
  'newer-version': {
    sentence: 'The issuer has a newer version of it.',
    remedy: 'Ask the issuer for the newer one; this one stays as it is.',
  },
  'no-newer-version': { sentence: 'The newer version that the issuer offers could not be used.' },
  'part-good': { sentence: 'A badge inside was checked and is good: {name|without a name}.' },
  'part-bad': {
    sentence: 'A badge inside did not pass every check: {name|without a name}.',
    remedy: 'Look at that badge by itself.',
  },
  'part-not-asked': {
    sentence: 'For a badge inside, more issuers had to be asked than may be: {name|without a name}.',
    remedy: 'Look at that badge by itself.',
  },
  'part-not-confirmed': {
    sentence: 'That the issuer named by a badge inside has made it is not proven: {name|without a name}.',
    remedy: 'Do not rely on the name of that issuer.',
  },
  'part-other-person': { sentence: 'A badge inside is about somebody else: {name|without a name}.' },
  'part-endorsement-good': {
    sentence: 'The endorsement of a badge inside ({part|without a name}) by {name|its author} is unaltered.',
  },
  'part-endorsement-bad': {
    sentence: 'An endorsement of a badge inside cannot be relied on: {part|without a name}.',
    remedy: 'That badge itself is not affected; leave the endorsement aside.',
  },
  'association-loose': { sentence: 'The record connects parts that it does not hold: {part|unnamed}.' },
  'recipient-matches': { sentence: 'It was issued to this person.' },
  'recipient-differs': {
    sentence: 'It was issued to somebody else.',
    remedy: 'If it is yours, add the address it was issued to.',
  },
  'recipient-absent': { sentence: 'It names nobody.' },
  'endorsement-good': { sentence: 'The endorsement by {name|its author} is unaltered.' },
  'endorsement-bad': {
    sentence: 'An endorsement of it cannot be relied on.',
    remedy: 'The badge itself is not affected; leave that endorsement aside.',
  },
  'endorser-not-confirmed': {
    sentence: 'That {name|the author named} wrote an endorsement of it is not proven.',
    remedy: 'Do not rely on the name of who endorsed it.',
  },
  'endorser-endorsed': {
    sentence: 'What {of|an endorser} says is endorsed in turn by {name|somebody unnamed}, unaltered.',
  },
  'endorser-endorsed-badly': {
    sentence: 'An endorsement of what {of|an endorser} says cannot be relied on.',
    remedy: 'The badge itself is not affected; leave that endorsement aside.',
  },
  'extension-bad': {
    sentence: 'An addition to the badge does not follow its own description: {extension|unnamed}.',
  },
  'schema-unavailable': { sentence: 'The issuer’s own description of the form could not be used.' },
  'schema-kept': { sentence: 'It keeps to the issuer’s own description of its form.' },
  'schema-broken': {
    sentence: 'It does not keep to the issuer’s own description of its form: {field|one of its fields}.',
    remedy: tellIssuer,
  },
  'presentation-good': {
    sentence: 'The envelope that it came in is signed by its holder: {holder|an unnamed key}.',
  },
  'presentation-unsigned': {
    sentence: 'The envelope that it came in is not signed by anybody.',
    remedy: 'Ask whoever handed it over for a signed one, where it matters who that is.',
  },
  'presentation-bad': {
    sentence: 'The signature of the envelope that it came in does not hold.',
    remedy: besideEnvelope,
  },
  'presentation-ended': {
    sentence: 'The envelope that it came in was signed for another time.',
    remedy: 'Ask whoever handed it over for a new one, where it matters who that is.',
  },
  'presentation-other-key': {
    sentence: 'The envelope that it came in is not signed with a key of {holder|its holder}.',
    remedy: besideEnvelope,
  },
  'presentation-holder-open': {
    sentence: 'The envelope that it came in is signed, but nothing ties the key to {holder|its holder}.',
    remedy: besideEnvelope,
  },
  'presentation-unchecked': {
    sentence: 'Who signed the envelope that it came in could not be checked.',
    remedy: besideEnvelope,
  },
  'presentation-aimed': {
    sentence: 'The envelope that it came in was meant for {domain|somebody who is not named}.',
  },
  'presentation-aim-good': { sentence: 'The envelope that it came in answers what was asked.' },
  'presentation-aim-differs': {
    sentence: 'The envelope that it came in answers a different question from the one asked.',
    remedy: 'Ask for a new one: this may be a copy of what was shown to somebody else.',
  },
  'field-loose': {
    sentence: 'A part of the badge is written loosely, but can be understood: {field|one of its fields}.',
  },
  'older-bake-used': {
    sentence: 'The picture holds two badges; the newer one did not pass, so this is the other.',
  },
  'some-not-checked': {
    sentence: 'It holds more {what|parts} than are checked: only the first {limit|few} were.',
  },
  'some-not-asked': {
    sentence:
      'It links to more documents than may be asked for at once: {count|some} were not, such as {address|one}.',
    remedy: 'Where it holds several badges, look at each of them by itself.',
  },
  'beyond-limits': { sentence: 'The badge asks for more work than a check may take.', remedy: tellIssuer },
  'too-deep': {
    sentence: 'The document is nested more deeply than a badge may be: {limit|a few} levels at most.',
    remedy: tellIssuer,
  },
  'too-many-values': {
    sentence: 'The document holds more values than a badge may: {limit|many thousand} at most.',
    remedy: tellIssuer,
  },
};
