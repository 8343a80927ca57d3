import type { Subject } from '../../../shared/model/subject.ts';
import type { Check } from '../../../shared/model/verdict.ts';
import { unusual } from './unusual.ts';

/** A schema of the issuer's own takes a validator, so the whole verifier. */
export async function judgeCredentialSchemas({ document }: Subject): Promise<readonly Check[]> {
  return document['credentialSchema'] === undefined ? [] : unusual();
}
