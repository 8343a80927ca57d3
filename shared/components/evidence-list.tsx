import type { JSX } from 'preact';
import type { Words } from '../messages/catalogue.ts';
import type { EvidenceKind, EvidenceView } from '../views/evidence-view.ts';
import { FormattedText } from './formatted-text.tsx';
import { Icon, type IconName } from './icon.tsx';
import { OutwardLink } from './outward-link.tsx';
import './evidence-list.css';

const shapes: Readonly<Record<EvidenceKind, IconName>> = {
  page: 'page',
  text: 'text',
  picture: 'picture',
  pdf: 'pdf',
  code: 'code',
  video: 'video',
};

/** What was shown, a card each: its kind as shape and word, title, host, what is said of it. Nothing of it is fetched. */
export function EvidenceList(props: {
  readonly evidence: readonly EvidenceView[];
  readonly words: Words;
}): JSX.Element {
  const { evidence, words } = props;
  return (
    <ul class="evidence-list">
      {evidence.map((one, index) => (
        <li key={index} class="evidence-list-card">
          <p class="evidence-list-kind">
            <Icon name={shapes[one.kind]} />
            <span>{one.word}</span>
          </p>
          {one.link !== undefined ? (
            <OutwardLink link={one.link} words={words} />
          ) : (
            one.title !== undefined && <p dir="auto">{one.title}</p>
          )}
          {one.description !== undefined && (
            <p class="evidence-list-text" dir="auto">
              {one.description}
            </p>
          )}
          <FormattedText blocks={one.narrative} words={words} />
        </li>
      ))}
    </ul>
  );
}
