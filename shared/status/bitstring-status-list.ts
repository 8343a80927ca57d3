import { bitList } from './bit-list.ts';

/** Source: Bitstring Status List 1.0 §2, §3.2 (validate algorithm). */
export const bitstringStatusList = bitList({
  entry: 'BitstringStatusListEntry',
  credential: 'BitstringStatusListCredential',
  list: 'BitstringStatusList',
  index: 'statusListIndex',
  address: 'statusListCredential',
  multibase: true,
  source: 'BSL §3.2 (validate algorithm)',
});
