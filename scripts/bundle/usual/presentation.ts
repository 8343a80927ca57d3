import { hasType } from '../../../shared/model/json.ts';
import type { Held } from '../../../shared/verify/read-document.ts';
import { unusual } from './unusual.ts';

const envelopes = ['VerifiablePresentation', 'EnvelopedVerifiablePresentation'];

/** An envelope is opened by the whole verifier, and so is a token. */
export function presentedIn(held: Held): undefined {
  if ('refusal' in held) return undefined;
  return 'token' in held || envelopes.some((type) => hasType(held.document, type)) ? unusual() : undefined;
}
