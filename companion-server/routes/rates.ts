import {
  accountsPerHourPerAddressBlock,
  commitsPerMinutePerDevice,
  exportsPerHourPerAccount,
  failedUnlocksPerHourPerAddress,
  lettersPerHourPerAccount,
  requestsPerMinutePerAccount,
  unsignedCallsPerMinutePerAddress,
} from '../../shared/model/limits.ts';
import type { FailureRate } from '../use-cases/attempts.ts';
import type { Rate } from '../use-cases/rates.ts';

export const perAccount: Rate = {
  name: 'requests',
  per: 'account',
  limit: requestsPerMinutePerAccount,
  windowSeconds: 60,
};
export const commitsPerDevice: Rate = {
  name: 'commits',
  per: 'signer',
  limit: commitsPerMinutePerDevice,
  windowSeconds: 60,
};
export const perAddress: Rate = {
  name: 'unsigned',
  per: 'address',
  limit: unsignedCallsPerMinutePerAddress,
  windowSeconds: 60,
};
export const accountsPerBlock: Rate = {
  name: 'accounts',
  per: 'address-block',
  limit: accountsPerHourPerAddressBlock,
  windowSeconds: 3600,
};
export const lettersPerAccount: Rate = {
  name: 'letters',
  per: 'account',
  limit: lettersPerHourPerAccount,
  windowSeconds: 3600,
};
export const exportsPerAccount: Rate = {
  name: 'exports',
  per: 'account',
  limit: exportsPerHourPerAccount,
  windowSeconds: 3600,
};
/** A call whose signature is no good is an unsigned one. */
export const refusedCalls: FailureRate = {
  counted: 'after',
  name: 'refused',
  per: 'address',
  limit: unsignedCallsPerMinutePerAddress,
  windowSeconds: 60,
};
export const failedUnlocks: FailureRate = {
  counted: 'before',
  name: 'failed-unlocks',
  per: 'address',
  limit: failedUnlocksPerHourPerAddress,
  windowSeconds: 3600,
};
