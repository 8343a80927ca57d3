import { bitList } from './bit-list.ts';

/** The draft that became Bitstring Status List; its list is plain base64url. Source: StatusList2021 §4. */
export const statusList2021 = bitList({
  entry: 'StatusList2021Entry',
  credential: 'StatusList2021Credential',
  list: 'StatusList2021',
  index: 'statusListIndex',
  address: 'statusListCredential',
  purpose: 'revocation',
  multibase: false,
  source: 'StatusList2021 §4 (validate algorithm)',
});
