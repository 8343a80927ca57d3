import type { JSX } from 'preact';
import type { Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';
import type { LinkView } from '../views/link-view.ts';

type Props = { readonly link: LinkView; readonly words: Words };

/** On every link to a place that somebody else chose: it learns nothing of this page, and gains nothing by it. */
export const outwardRelations = 'noopener noreferrer nofollow';

/** A link out: where it leads is said beside it. */
export function OutwardLink({ link, words }: Props): JSX.Element {
  return (
    <p>
      <a href={link.address} rel={outwardRelations} target="_blank" dir="auto">
        {link.text}
      </a>
      <OutwardHost link={link} words={words} />
    </p>
  );
}

/** Where a link leads. */
export function OutwardHost({ link, words }: Props): JSX.Element {
  return (
    <bdi class="outward-host soft small">
      {' '}
      {fill(words.text.badge.leavesTo, { host: link.host }, words.formats)}
    </bdi>
  );
}
