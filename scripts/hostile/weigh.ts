import { readFileSync, writeFileSync } from 'node:fs';
import { cpuUsage, resourceUsage } from 'node:process';

/** What a piece of work took: memory above what the process held before it, and processor time of all its threads. */
export type Weight = { readonly bytes: number; readonly milliseconds: number };

/**
 * Runs work and weighs it. The process must run with `--expose-gc`, and have done such work before, so that neither
 * old rubbish nor the loading of code counts. The system's own high-water mark is read: nothing falls between samples.
 */
export async function weigh<Value>(
  work: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly weight: Weight }> {
  for (let round = 0; round < 2; round += 1) gc?.();
  lowerMark();
  const [before, start] = [highWaterMark(), cpuUsage()];
  const value = await work();
  const { user, system } = cpuUsage(start);
  return { value, weight: { bytes: highWaterMark() - before, milliseconds: (user + system) / 1000 } };
}

/** Linux starts the mark anew when asked to; elsewhere it may stand higher than what is held now. */
function lowerMark(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

function highWaterMark(): number {
  // What the runtime says may be the parent's mark, which a process takes over as it starts.
  const mark =
    process.platform === 'linux'
      ? /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]
      : undefined;
  return Number(mark ?? resourceUsage().maxRSS) * 1024;
}
