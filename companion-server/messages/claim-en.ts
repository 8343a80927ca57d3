/** The words of `/claim` in English. */
export const claimEn = {
  title: 'A badge is offered to you',
  lead: 'A page offers you a badge. Backpack keeps it for you: in your browser, under your own name, for as long as you want.',
  none: 'No badge is named in this address. Open the page that offered it once more, or check a badge that you have.',
  check: 'Check a badge',
  noScript: 'To show and check what is offered, this page needs JavaScript.',
  offeredBy: 'Offered from {host}',
  offeredHere: 'The badge stands in the address itself.',
  otherKind:
    'It is offered in a way that Backpack does not understand yet. Ask the issuer for the badge as a file or a link. Nothing was asked for here: an offer of this kind may be good for one time only.',
  look: 'See what it is',
  lookWhat: 'Your browser then asks {host} for it, without saying who you are.',
  keepTitle: 'How to keep it',
  keepFirst: 'Get the extension Backpack for Chromium or Firefox.',
  keepHow: 'How to get it',
  keepThen: 'Come back to this page, or to the one that offered the badge. The button of Backpack shows 1.',
  keepLast: 'Press it, then press “Claim badge”. There is no account and no password.',
} as const;
