import { formerlyEn } from './formerly-en.ts';

/** The words of `/check` in English. */
export const checkEn = {
  title: 'Check a badge',
  lead: 'See for yourself whether a badge is real, who issued it and whether it is still good.',
  how: 'The check runs in your browser. Nothing that you choose or paste here is sent to this server; an issuer is asked for what only the issuer can say.',
  noScript:
    'The check runs in your browser and needs JavaScript. Without it, download the badge and check it with any tool that knows Open Badges.',
  choose: 'Choose a file',
  drop: 'Or drop it anywhere on this page: a picture with a badge inside, or a document.',
  dropHere: 'Drop it to check it',
  address: 'Address of a badge',
  addressButton: 'Check this address',
  paste: 'Text of a badge',
  pasteHint: 'The document itself, as JSON or as one long line.',
  pasteButton: 'Check this text',
  pasted: 'The text that you pasted',
  carried: 'The badge in the address',
  published: 'The published document',
  reading: 'Reading {name} …',
  checking: 'Checking {name} …',
  done: '{name}: {word}.',
  comparing: 'Comparing {done} of {of} documents with what {name} signed …',
  profileGood: '{name}: composed by the owner of its key, and unchanged.',
  profileAmiss: '{name}: signed by the owner of its key, but not all of it is here as it was signed.',
  composed: 'Composed and signed by the owner of the key …\u2060{tail}.',
  composedFormerly: formerlyEn,
  composedWhat:
    'This says who put the page together. Whether each badge is real is for its issuer to say: check them one by one.',
  sequence: 'Version {seq} of the page, signed on {date}.',
  same: {
    one: 'Its one document is exactly what was signed',
    other: 'All {count} documents are exactly what was signed',
  },
  amiss: {
    one: 'One document is missing or is not what was signed',
    other: '{count} documents are missing or are not what was signed',
  },
  witness: {
    title: 'What has been seen before',
    confirmed: '{host} has signed what it saw on these days. Your browser has checked the signatures.',
    denied: 'This was signed in the name of {host}, which does not know the key. Do not rely on it.',
    unasked:
      'This was signed in the name of {host}, which does not answer: nobody can say that the key was its own.',
    seen: '{date}: {word}, answered by {hosts}',
    alone: '{date}: {word}, nobody had to be asked',
  },
  checkEach: { one: 'Check its badge', other: 'Check all {count} badges' },
  eachDone: '{done} of {of} checked.',
  errors: {
    'not-found': 'There is nothing at this address. It may be mistyped, or its owner no longer shows it.',
    'manifest-refused':
      'The signed list of this profile does not hold: its signature is not that of the key that it names. Do not trust the page.',
    'document-differs': 'What this server handed out is not the document that was signed. Do not trust it.',
    'too-large': 'This is larger than any badge. Choose another file.',
  },
  steps: 'What was asked',
  asked: {
    asking: 'Asking {host} …',
    answered: '{host} answered.',
    relaying: '{host} does not let your browser read this. Asking this server to read it …',
    relayed: '{host} was read by this server, because it does not let your browser read it.',
    silent: '{host} did not answer.',
  },
  again: 'Check again',
  relayedWord: 'As this server read it',
  relayedNote:
    '{hosts} did not let your browser read these documents, so this server read them for you: for these you have its word.',
  relayedIssuer: 'According to this server',
  checks: 'The checks',
  restsOn: 'What this rests on',
  restsOnItself: 'The badge itself holds all that was needed. Nobody had to be asked.',
  restsOnNothing: 'Nobody who was asked has answered.',
  readBy: 'read by your browser, {time}',
  readByServer: 'read by this server, {time}',
  parts: { one: 'It holds one badge', other: 'It holds {count} badges' },
  partsMore: 'Only the first {count} are checked here.',
} as const;
