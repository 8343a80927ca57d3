import { bytesOfBase64Url } from '../model/bytes.ts';
import type { LogHead } from './shapes.ts';

/**
 * Eight digits that two browsers of a learner show alike while they have been shown the same log, and otherwise but once
 * in a hundred million times: so that a person can see whether a server tells each of them another story (design §7).
 */
export function logNumberOf(head: LogHead): string {
  const bytes = bytesOfBase64Url(head.h) ?? new Uint8Array(8);
  const number = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0) % 100_000_000n;
  const digits = String(number).padStart(8, '0');
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}
