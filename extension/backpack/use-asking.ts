import { useEffect } from 'preact/hooks';
import type { Result } from '../../shared/model/result.ts';

const firstPauseMs = 2_000;
const longestPauseMs = 10_000;
/** What may pass by itself: the question is asked again. */
const passing: ReadonlySet<string> = new Set(['companion-unreachable', 'unavailable', 'too-many-requests']);

/**
 * Asks again and again, ever more slowly, until there is an answer or nothing more can come of it. `ask`: `undefined`
 * while there is none; asked only while `waiting`.
 */
export function useAsking<Value>(
  waiting: boolean,
  ask: () => Promise<Result<Value | undefined>>,
  onEnd: (answer: Result<Value>) => void,
): void {
  useEffect(() => {
    if (!waiting) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const again = async (pauseMs: number): Promise<void> => {
      const answer = await ask();
      if (ended) return;
      if (answer.ok && answer.value !== undefined) return onEnd({ ok: true, value: answer.value });
      if (!answer.ok && !passing.has(answer.error.code)) return onEnd(answer);
      const seconds = answer.ok ? undefined : answer.error.facts['seconds'];
      const pause = typeof seconds === 'number' ? Math.max(seconds * 1000, pauseMs) : pauseMs;
      timer = setTimeout(() => void again(Math.min(pauseMs * 1.2, longestPauseMs)), pause);
    };
    void again(firstPauseMs);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [waiting]);
}
