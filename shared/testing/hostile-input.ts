import { utf8 } from '../model/bytes.ts';
import type { Documents } from './documents.ts';

/** What somebody hands over, and what hosts that he chose answer. */
export type HostileInput = { readonly bytes: Uint8Array; readonly documents?: Documents };
export type HostileInputs = Readonly<Record<string, () => Promise<HostileInput>>>;

export const mebibyte = 1024 * 1024;
/** Longest document that is read, and largest file: nothing hurts more than what is just small enough. */
export const documentBytes = 2 * mebibyte;
export const fileBytes = 5 * mebibyte;

/** A part again and again, up to a length. */
export const times = (part: string, length: number) => part.repeat(Math.floor(length / part.length));
export const text = (written: string): HostileInput => ({ bytes: utf8(written) });
