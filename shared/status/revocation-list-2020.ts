import { bitList } from './bit-list.ts';

/** The first draft of all bit lists; it knows revocation alone, and its entries and lists do not say so. */
export const revocationList2020 = bitList({
  entry: 'RevocationList2020Status',
  credential: 'RevocationList2020Credential',
  list: 'RevocationList2020',
  index: 'revocationListIndex',
  address: 'revocationListCredential',
  purpose: 'revocation',
  multibase: false,
  eitherOrder: true,
  source: 'Revocation List 2020 §2',
});
