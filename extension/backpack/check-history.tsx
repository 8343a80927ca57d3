import type { JSX } from 'preact';
import { TimeText } from '../../shared/components/time-text.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import { markOf } from '../../shared/views/verdict-view.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { KeptBadge } from '../store/kept-badge.ts';

/** More checks than this are summed up by the newest ones. */
const maxShown = 20;

/** When the badge was checked, and what came of it each time. */
export function CheckHistory(props: {
  readonly history: KeptBadge['history'];
  readonly words: BackpackWords;
}): JSX.Element | null {
  const { history, words } = props;
  if (history.length === 0) return null;
  return (
    <details class="small">
      <summary>{words.own.detail.history}</summary>
      <ul class="check-history">
        {history.slice(0, maxShown).map((once) => {
          const mark = markOf(once.outcome);
          return (
            <li key={once.at}>
              <TimeText
                instant={once.at}
                text={words.formats.exactTime(once.at)}
                exact={words.formats.exactTime(once.at)}
              />{' '}
              <VerdictMark mark={mark} word={words.text.marks[mark]} />
              {once.from === 'snapshot' && <span class="soft"> {words.own.detail.fromSnapshot}</span>}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
