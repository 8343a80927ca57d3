/** A report of Lighthouse, as far as it says that there is none. */
export type Recorded = { readonly runtimeError?: { readonly code: string; readonly message: string } };

/** Most times that one page is measured. */
export const maxRuns = 3;

/** The tool's own word for: the browser's trace has no beginning. It says nothing about the page. */
const notRecorded = 'NO_NAVSTART';

/** Measures a page, and again where the tool failed to record it; `again` is told so. Throws what else the tool failed at. */
export async function recorded<Report extends Recorded>(
  measure: () => Promise<Report>,
  again: (code: string) => void,
): Promise<Report> {
  for (let run = 1; ; run += 1) {
    const report = await measure();
    const { runtimeError } = report;
    if (runtimeError === undefined) return report;
    const { code, message } = runtimeError;
    if (code !== notRecorded || run === maxRuns) throw new Error(`${code}: ${message}`);
    again(code);
  }
}
