import type { ComponentChildren, JSX } from 'preact';
import type { Words } from '../messages/catalogue.ts';
import type { BadgeView } from '../views/badge-view.ts';
import { EvidenceList } from './evidence-list.tsx';
import { FormattedText } from './formatted-text.tsx';
import { OutwardLink } from './outward-link.tsx';
import { ResultTable } from './result-table.tsx';
import { TimeText } from './time-text.tsx';
import { VerdictMark } from './verdict-mark.tsx';
import './badge-facts.css';

/** What a badge says, in chapters: what it is, what it took, what was shown, what is said about it, where it fits. */
export function BadgeFacts({
  view,
  words,
}: {
  readonly view: BadgeView;
  readonly words: Words;
}): JSX.Element {
  const said = words.text.badge;
  return (
    <div class="badge-facts">
      {view.description !== undefined && (
        <p class="badge-facts-text badge-facts-lead" dir="auto">
          {view.description}
        </p>
      )}
      <BadgeDates view={view} words={words} />
      {view.why.length > 0 && (
        <Chapter title={said.why}>
          <FormattedText blocks={view.why} words={words} />
        </Chapter>
      )}
      {view.results.length > 0 && (
        <Chapter title={said.results}>
          <ResultTable results={view.results} words={words} />
        </Chapter>
      )}
      {view.criteria !== undefined && (
        <Chapter title={said.took}>
          <FormattedText blocks={view.criteria.text} words={words} />
          {view.criteria.link !== undefined && <OutwardLink link={view.criteria.link} words={words} />}
        </Chapter>
      )}
      {view.evidence.length > 0 && (
        <Chapter title={said.shown}>
          <EvidenceList evidence={view.evidence} words={words} />
        </Chapter>
      )}
      {view.endorsements.length > 0 && (
        <Chapter title={said.said}>
          <ul class="badge-facts-list">
            {view.endorsements.map((endorsement, index) => (
              <li key={index} class="badge-facts-endorsement">
                <FormattedText blocks={endorsement.comment} words={words} />
                <p class="soft small">{endorsement.by}</p>
                <p>
                  <VerdictMark mark={endorsement.mark} word={endorsement.word} />
                </p>
              </li>
            ))}
          </ul>
        </Chapter>
      )}
      {view.alignments.length > 0 && (
        <Chapter title={said.fits}>
          <ul class="badge-facts-list">
            {view.alignments.map((alignment, index) => (
              <li key={index}>
                {alignment.link === undefined ? (
                  <p dir="auto">{alignment.title}</p>
                ) : (
                  <OutwardLink link={alignment.link} words={words} />
                )}
                {alignment.place !== undefined && (
                  <p class="soft small" dir="auto">
                    {alignment.place}
                  </p>
                )}
                {alignment.text !== undefined && (
                  <p class="badge-facts-text" dir="auto">
                    {alignment.text}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </Chapter>
      )}
    </div>
  );
}

/** Dates, kind, tags and version as facts in a column. */
function BadgeDates({ view, words }: { readonly view: BadgeView; readonly words: Words }): JSX.Element {
  const said = words.text.badge;
  return (
    <dl class="badge-facts-column">
      {view.dates.map((date) => (
        <div key={date.label}>
          <dt>{date.label}</dt>
          <dd>
            <TimeText instant={date.instant} text={date.text} exact={date.exact} />
          </dd>
        </div>
      ))}
      {view.kind !== undefined && (
        <div>
          <dt>{said.kind}</dt>
          <dd dir="auto">{view.kind}</dd>
        </div>
      )}
      {view.tags.length > 0 && (
        <div>
          <dt>{said.tags}</dt>
          <dd dir="auto">{view.tags.join(', ')}</dd>
        </div>
      )}
      {view.version !== undefined && (
        <div>
          <dt>{said.version}</dt>
          <dd dir="auto">{view.version}</dd>
        </div>
      )}
    </dl>
  );
}

function Chapter(props: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <section class="badge-facts-chapter">
      <h3>{props.title}</h3>
      {props.children}
    </section>
  );
}
