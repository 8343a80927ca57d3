/**
 * Every word that the popup says, and what all of the extension's pages have in common, in English. Other languages satisfy its type.
 * Sentences are whole and have named slots; counts have their forms for `Intl.PluralRules`.
 */
export const en = {
  popup: {
    title: 'Badges on this page',
    titleFound: { one: '{count} badge on {host}', other: '{count} badges on {host}' },
    titleFoundHere: { one: '{count} badge on this page', other: '{count} badges on this page' },
    titleNone: 'No badges on this page',
    how: 'When a page offers a badge, it shows here, and the number stands on the icon in the toolbar.',
    cannotLook: 'This page belongs to the browser itself, so it cannot offer badges.',
    offline:
      'This browser is offline. Offers can be looked at again once it is connected; your backpack stays readable.',
    tooMany: 'This page offers more badges than are shown here. The first {count} are listed.',
    pageSaysIssuer: 'the page says it is from {name}',
    someBadge: 'A badge on {host}',
    checking: 'Being checked',
    lookedAt: '{done} of {count} looked at',
    allLookedAt: 'All were looked at',
    claim: 'Claim badge',
    claimAll: 'Claim all',
    undoAll: 'Undo all',
    keepLater: 'Keep and check later',
    keepUnverified: 'Keep as unverified',
    keepUnverifiedAsk:
      'If you keep it, it stays marked as “{word}” everywhere. Nobody can take it for a good badge.',
    keepUnverifiedYes: 'Keep it anyway',
    keepUnverifiedNo: 'Do not keep it',
    claimed: 'In your backpack',
    keptLater: 'Kept, to be checked later',
    keptUnverified: 'Kept as unverified',
    undone: 'Taken out of your backpack again',
    already: 'Already in your backpack',
    tryAgain: 'Try again',
    dismiss: 'Do not offer this again',
    dismissed: 'Not offered again',
    askPrivate: 'Ask {host}',
    askPrivateWhy:
      'The offer leads to {host}, inside your own network or on this computer. It is asked only if you say so.',
    allowAccess: 'Allow asking {host}',
    notSupported: 'This kind of offer is not supported yet.',
    notSupportedRemedy: 'Ask the issuer for the badge as a file or a link, and import it into your backpack.',
    addAddress: 'Add the address it was issued to',
    addAddressHint: 'Kept in this browser; compared here and nowhere else.',
    addAddressButton: 'Add address',
    addressDiffers: 'That is not the address it was issued to. It was added to your addresses all the same.',
    openBackpack: 'Open backpack',
    frame: 'offered by {host} inside this page',
    showChecks: 'What was checked',
  },
  common: {
    name: 'Backpack',
    undo: 'Undo',
    cancel: 'Cancel',
    close: 'Close',
    back: 'Back',
    copy: 'Copy',
    copied: 'Copied',
    tryAgain: 'Try again',
    loading: 'Opening your backpack',
    working: 'Working',
  },
  sync: {
    none: 'Only in this browser',
    savedHere: 'Saved here',
    onItsWay: 'On its way',
    everywhere: 'On all your devices',
    needsYou: 'Needs you',
  },
};

/** The type that each language of the catalogue satisfies. */
export type ExtensionCatalogue = typeof en;
