import type { JSX } from 'preact';
import type { BadgeSeen } from '../../shared/model/page-data.ts';
import { markOf } from '../../shared/views/verdict-view.ts';
import { en } from '../messages/en.ts';
import { say, words } from './layout.tsx';

/**
 * What this server has found of a badge over time, and its signed word for it, which outlives issuer and server.
 * `address`: of the badge's page.
 */
export function SeenList({
  seen,
  address,
}: {
  seen: readonly BadgeSeen[];
  address: string;
}): JSX.Element | null {
  if (seen.length === 0) return null;
  return (
    <section class="badge-page-seen">
      <h3>{en.seen.title}</h3>
      <ul>
        {seen.map((run) => (
          <li key={run.first}>{runSentence(run)}</li>
        ))}
      </ul>
      <div class="badge-page-statements">
        <p>
          <a href={`${address}/statements`} download>
            {en.seen.statements}
          </a>
        </p>
        <p class="soft small">{en.seen.statementsWhat}</p>
      </div>
    </section>
  );
}

function runSentence({ outcome, times, first, last }: BadgeSeen): string {
  const facts = {
    word: words.text.marks[markOf(outcome)],
    first: words.formats.date(first),
    last: words.formats.date(last),
    times,
  };
  if (outcome === 'unreachable') return say(times === 1 ? en.seen.silentOnce : en.seen.silent, facts);
  return say(times === 1 ? en.seen.once : en.seen.often, facts);
}

/** Good before, and nobody answers any more: said in one calm sentence. `undefined` where the issuer answers. */
export function goneSentence(seen: readonly BadgeSeen[]): string | undefined {
  const silent = silentRun(seen);
  const good = seen.filter(({ outcome }) => outcome === 'valid');
  const [first, last] = [good[0], good.at(-1)];
  if (silent === undefined || first === undefined || last === undefined) return undefined;
  const times = good.reduce((sum, run) => sum + run.times, 0);
  const facts = {
    times: words.formats.plural(times, en.seen.times),
    first: words.formats.date(first.first),
    last: words.formats.date(last.last),
    since: words.formats.date(silent.first),
  };
  return say(times === 1 ? en.seen.goneOnce : en.seen.gone, facts);
}

/** The time of silence that lasts until now. */
export function silentRun(seen: readonly BadgeSeen[]): BadgeSeen | undefined {
  const newest = seen.at(-1);
  return newest?.outcome === 'unreachable' ? newest : undefined;
}
