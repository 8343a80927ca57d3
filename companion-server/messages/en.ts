import { formerlyEn } from './formerly-en.ts';

/** The words of the public pages in English; what they share with the extension stands in `shared/messages`. */
export const en = {
  product: 'Backpack',
  printed: 'Anyone can see and check this at',
  printedCheck: 'Each was last checked by this server on {last}, unless it says otherwise.',
  printedChecks: 'Each was last checked by this server between {first} and {last}, unless it says otherwise.',
  printedPicture: 'The same address for a camera',
  profile: {
    title: '{name} – badges',
    description: '{counts}. Each can be checked.',
    spokenBadges: 'Badges',
    moreBadges: 'More badges',
    countsAlone: '{badges}',
    counts: '{badges} from {issuers}',
    countsSince: '{badges} from {issuers}, {years}',
    none: 'No badge is shown here at the moment.',
    note: 'In the owner’s words',
  },
  collection: {
    title: '{title} – {name}',
    back: 'All that {name} shows',
    unlisted: 'Only people who have its address can find this page. It is on no list.',
  },
  badge: {
    title: '{badge} – {name}',
    back: 'All badges of {name}',
    backUnlisted: 'The collection of {name} that this badge is in',
    says: 'What the badge says',
    unread: 'A badge that cannot be shown at the moment',
    checkedOn: 'Checked by this server on {date}.',
    recordedOn: 'As recorded by the learner on {date}, not checked by this server.',
    pictureTitle: 'Picture',
    checkYourself: 'Check this badge yourself',
    document: 'Download the exact document',
    documentWhat:
      'Byte for byte as the issuer gave it: with it you can check the badge yourself, with any tool that knows Open Badges.',
    described: 'The owner publishes what this badge says, but not its document.',
    owner: 'Shown by',
    recipientConfirmed: 'Recipient confirmed: it was issued to the key that signs this page.',
    recipientConfirmedFormerly:
      'Recipient confirmed: it was issued to a key that signed this page before, and that names the one that signs it now.',
    recipientNotConfirmed:
      'Recipient not confirmed: this server cannot tell whether it was issued to the owner of this page.',
  },
  seen: {
    title: 'What this server has seen',
    once: '{word}: found on {first}.',
    often: '{word}: found {times} times between {first} and {last}.',
    silentOnce: 'Its issuer did not answer on {first}.',
    silent: 'Its issuer did not answer between {first} and {last}, asked {times} times.',
    times: { one: 'once', other: '{count} times' },
    gone: 'Seen {times} between {first} and {last}, always good; its issuer has not answered since {since}.',
    goneOnce: 'Seen once, on {first}, and good; its issuer has not answered since {since}.',
    statements: 'Download what this server states',
    statementsWhat:
      'Signed by this server, day by day: what it saw, and at which addresses. It is the word of this server, for the time when nobody else can be asked.',
  },
  foot: {
    signed: 'Composed and signed by the owner of the key …\u2060{tail}.',
    formerly: formerlyEn,
    check: 'Check it yourself',
    manifest: 'The signed list',
    report: 'Report this page',
    asData: 'As data',
    what: 'What this is',
  },
  home: {
    title: 'Backpack – badges that belong to those who earned them',
    lead: 'Badges that belong to the people who earned them.',
    what: 'Anyone may issue a badge. Backpack is a browser extension that notices the pages that offer them: one press claims the badge, checks it and keeps it. It goes with you from browser to browser, stays readable when its issuer is gone, and you show the ones you choose.',
    learnersTitle: 'For learners',
    learners:
      'No account before your first badge. Everything is kept in your browser; with a server like this one it also reaches your other browsers, sealed so that the server cannot read it.',
    extensionTitle: 'Where to get it',
    extension:
      'No browser’s store has the extension yet. It is built from Backpack’s source, for Chromium and for Firefox, as its README says; whoever runs this server can give you the finished build.',
    issuersTitle: 'For issuers',
    issuers: 'One line of HTML in the page that awards the badge. Nothing to register, no key, no script.',
    visitorsTitle: 'For visitors',
    visitors:
      'A page here shows what was earned, from whom, and each step by which it was checked. Anyone can check it again in their own browser, without asking us.',
    check: 'Check a badge',
    privacyTitle: 'What this server knows',
    privacy:
      'It reads what its users publish, and nothing else of theirs: private badges arrive sealed. It sees sizes, times and public keys. It sets no cookie, counts no visitor, and keeps no address of a visitor.',
  },
  report: {
    title: 'Report a page',
    lead: 'Pages here are made by the people whose badges they show. Whoever runs this server can take a page down. Say which page it is, and what is wrong with it.',
    address: 'The page:',
    contact: 'Write to whoever runs this server:',
    noContact:
      'Whoever runs this server has not said how to be reached. The company that hosts {host} can pass a message on.',
    badge:
      'Is it one badge that is wrong? Then its issuer can correct it or take it back; the page of the badge names the issuer.',
  },
  takenDown: {
    title: 'This page was taken down by the operator',
    sentence:
      'Whoever runs this server decided that it is not shown here. The badges themselves are still with the person who earned them.',
    contact: 'How to reach the operator',
  },
  missing: {
    title: 'Nothing is shown here',
    sentence: 'The address is mistyped, or its owner no longer shows this page.',
    home: 'What Backpack is',
  },
};
