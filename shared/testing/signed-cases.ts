import type { SignedCase } from './signed-case.ts';
import { keyCases } from './signed-cases-keys.ts';
import { pictureCases } from './signed-cases-pictures.ts';
import { presentationCases } from './signed-cases-presentations.ts';
import { proofCases } from './signed-cases-proofs.ts';
import { recipientCases } from './signed-cases-recipients.ts';
import { recordCases } from './signed-cases-records.ts';
import { statusCases } from './signed-cases-status.ts';
import { tokenCases } from './signed-cases-tokens.ts';

/** Every signed case, by area, where public collections of badges are thin. */
export async function signedCases(): Promise<readonly SignedCase[]> {
  const areas = [
    tokenCases,
    recipientCases,
    statusCases,
    keyCases,
    pictureCases,
    recordCases,
    proofCases,
    presentationCases,
  ];
  return (await Promise.all(areas.map((area) => area()))).flat();
}
