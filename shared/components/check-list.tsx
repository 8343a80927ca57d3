import type { JSX } from 'preact';
import type { Words } from '../messages/catalogue.ts';
import type { CheckOutcome } from '../model/verdict.ts';
import type { CheckGroup, CheckLine } from '../views/check-list-view.ts';
import { Icon, type IconName } from './icon.tsx';
import './check-list.css';

const shapes: Readonly<Record<CheckOutcome, IconName>> = {
  passed: 'tick',
  warning: 'note',
  failed: 'cross',
  unknown: 'dash',
  skipped: 'circle',
};

/** One line a check, in the order in which a person doubts; each opens to its details and its source. */
export function CheckList(props: {
  readonly groups: readonly CheckGroup[];
  readonly words: Words;
}): JSX.Element {
  const { groups, words } = props;
  if (groups.length === 0) return <p class="soft">{words.text.checkList.none}</p>;
  return (
    <dl class="check-list">
      {groups.map((group) => (
        <div key={group.question} class="check-list-group">
          <dt class="check-list-question">{group.title}</dt>
          {group.lines.map((line) => (
            <dd key={`${line.code} ${line.sentence}`}>
              <CheckLineDetails line={line} words={words} />
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

function CheckLineDetails({ line, words }: { readonly line: CheckLine; readonly words: Words }): JSX.Element {
  const said = words.text.checkList;
  return (
    <details class="check-list-line">
      <summary>
        <span class={`check-list-outcome check-list-${line.outcome}`}>
          <Icon name={shapes[line.outcome]} />
          <span class={line.outcome === 'passed' ? 'spoken' : undefined}>{line.word}</span>
        </span>
        <span>{line.sentence}</span>
      </summary>
      {line.remedy !== undefined && <p>{line.remedy}</p>}
      <ul class="check-list-facts">
        <li>
          {line.name} · {said.why} <cite>{line.source}</cite> · {said.code} <code>{line.code}</code>
        </li>
        {line.facts.map((fact) => (
          <li key={fact.name}>
            {fact.name}: <bdi>{fact.value}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}
