import { expect, it } from 'vitest';
import { maxRuns, type Recorded, recorded } from './recorded.ts';

const failure = (code: string): Recorded => ({ runtimeError: { code, message: 'Please run it again.' } });
const fine: Recorded & { readonly score: number } = { score: 1 };

/** What comes of a page whose measurements end like this, how many there were, and what was said of it. */
async function measured(...endings: readonly Recorded[]) {
  let runs = 0;
  const said: string[] = [];
  const report = recorded(
    async () => endings[runs++] ?? fine,
    (code) => said.push(code),
  );
  const outcome = await report.catch((thrown: Error) => thrown.message);
  return { outcome, runs, said };
}

it('measures a page again that Lighthouse failed to record, and says so', async () => {
  expect(await measured()).toEqual({ outcome: fine, runs: 1, said: [] });
  const lost = failure('NO_NAVSTART');
  const last = Array.from({ length: maxRuns - 1 }, () => lost);
  expect(await measured(...last)).toEqual({
    outcome: fine,
    runs: maxRuns,
    said: last.map(() => 'NO_NAVSTART'),
  });
  const given = await measured(...last, lost);
  expect(given).toMatchObject({ outcome: 'NO_NAVSTART: Please run it again.', runs: maxRuns });
});

it('ends at once where Lighthouse failed at anything else', async () => {
  const { outcome, runs, said } = await measured(failure('NOT_HTML'));
  expect([outcome, runs, said]).toEqual(['NOT_HTML: Please run it again.', 1, []]);
});
