import type { Subject } from '../../../shared/model/subject.ts';
import type { Check } from '../../../shared/model/verdict.ts';
import { unusual } from './unusual.ts';

/** A newer version is a badge of its own, so it takes the whole verifier. */
export async function judgeRefresh({ document }: Subject): Promise<readonly Check[]> {
  return document['refreshService'] === undefined ? [] : unusual();
}
