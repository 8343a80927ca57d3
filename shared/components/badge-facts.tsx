import type { ComponentChildren, JSX } from 'preact';
import type { Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';
import type { BadgeView, LinkView } from '../views/badge-view.ts';
import { TimeText } from './time-text.tsx';
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
      {view.why !== undefined && <Chapter title={said.why}>{paragraph(view.why)}</Chapter>}
      {view.criteria !== undefined && (
        <Chapter title={said.took}>
          {view.criteria.text !== undefined && paragraph(view.criteria.text)}
          {view.criteria.link !== undefined && <OutwardLink link={view.criteria.link} words={words} />}
        </Chapter>
      )}
      {view.evidence.length > 0 && (
        <Chapter title={said.shown}>
          <ul class="badge-facts-list">
            {view.evidence.map((evidence, index) => (
              <li key={index}>
                {evidence.link !== undefined ? (
                  <OutwardLink link={evidence.link} words={words} />
                ) : (
                  evidence.title !== undefined && <p dir="auto">{evidence.title}</p>
                )}
                {evidence.paragraphs.map(paragraph)}
              </li>
            ))}
          </ul>
        </Chapter>
      )}
      {view.endorsements.length > 0 && (
        <Chapter title={said.said}>
          <ul class="badge-facts-list">
            {view.endorsements.map((endorsement, index) => (
              <li key={index}>
                {endorsement.comment !== undefined && paragraph(endorsement.comment)}
                <p class="soft small" dir="auto">
                  {endorsement.by}
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
                <p dir="auto">{alignment.title}</p>
                {alignment.link !== undefined && <OutwardLink link={alignment.link} words={words} />}
                {alignment.text !== undefined && paragraph(alignment.text)}
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
          <dd>{view.version}</dd>
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

/** A link out: where it leads is said beside it, and nothing of where it was pressed goes along. */
function OutwardLink({ link, words }: { readonly link: LinkView; readonly words: Words }): JSX.Element {
  return (
    <p>
      <a href={link.address} rel="noreferrer noopener nofollow" target="_blank" dir="auto">
        {link.text}
      </a>{' '}
      <span class="soft small">{fill(words.text.badge.leavesTo, { host: link.host }, words.formats)}</span>
    </p>
  );
}

function paragraph(text: string, key: number | string = text): JSX.Element {
  return (
    <p key={key} class="badge-facts-text" dir="auto">
      {text}
    </p>
  );
}
