import { nodeCryptography as cryptography } from '../../companion-server/node-cryptography.ts';
import { type BuiltBadge, buildBadge } from '../../shared/testing/build-badge.ts';
import type { buildIssuer } from '../../shared/testing/build-issuer.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import { fixedClock } from '../../shared/testing/seeded.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import { alternate } from './measure.ts';

/** The verdict of the whole check. */
export async function outcomeOf(badge: Pick<BuiltBadge, 'bytes' | 'documents'>): Promise<string> {
  const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock(), cryptography };
  return (await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects)).verdict.outcome;
}

/** A badge of about 3.2 kB, each with words of its own. */
export function usualBadge(
  proof: 'eddsa-rdfc-2022' | 'vc-jwt',
  issuer: Awaited<ReturnType<typeof buildIssuer>>,
  index: number,
) {
  const words = `Number ${index} of the course: variables, functions, arrays, events, and a page of one's own. `;
  return buildBadge({
    proof,
    issuer,
    slug: `award-${index}`,
    narrative: words.repeat(6),
    criteria: words.repeat(5),
    tags: ['javascript', 'web', `group-${index}`],
    evidence: {
      address: `https://academy.example/work/${index}`,
      name: `Work ${index}`,
      description: words.repeat(3),
    },
  });
}

/** Checks that teach the engine before anything is counted: afterwards neither ours nor the peers' get faster. */
const checksWarm = 1200;

/** The first checks of every candidate are not counted. */
export async function warmed(
  candidates: Parameters<typeof alternate>[0],
  checksPerRound: number,
): Promise<number[][]> {
  await alternate(candidates, Math.ceil(checksWarm / checksPerRound));
  return alternate(candidates);
}
