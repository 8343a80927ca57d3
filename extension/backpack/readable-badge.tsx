import type { JSX } from 'preact';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { Disclosure } from './account-actions.ts';

/** What becomes readable with one badge: its documents, and every address that stands in them. */
export function ReadableBadge(props: {
  readonly disclosure: Disclosure;
  readonly name: string;
  /** by description and result only */
  readonly saidOnly: boolean;
  readonly words: BackpackWords;
  readonly onSaidOnly: () => void;
}): JSX.Element {
  const { disclosure, words } = props;
  const said = words.own.sharing;
  const { formats } = words;
  const whole = disclosure.documents.some((document) => document.what === 'badge');
  const bytes = disclosure.documents.reduce((sum, document) => sum + document.bytes, 0);
  const documents = formats.plural(disclosure.documents.length, said.readDocuments);
  const quiet = disclosure.inClear.length === 0 && !disclosure.guessable;
  return (
    <li>
      <span>{fill(whole ? said.readBadge : said.readSaid, { name: props.name }, formats)}</span>
      <ul>
        {disclosure.inClear.map((address) => (
          <li key={address} class="share-readable-clear">
            {fill(said.readInClear, { address }, formats)}
          </li>
        ))}
        {disclosure.guessable && <li>{said.readHashed}</li>}
        {quiet && <li class="soft">{said.readNobody}</li>}
        {disclosure.alsoNamed.map((address) => (
          <li key={address}>{fill(said.readOthers, { address }, formats)}</li>
        ))}
        <li>
          <details>
            <summary class="soft">{fill(documents, { size: formats.size(bytes) }, formats)}</summary>
            <ul>
              {disclosure.documents.map((document) => (
                <li key={document.hash}>
                  {fill(
                    said.readKinds[document.what],
                    { address: plainText(document.address ?? '', 200) },
                    formats,
                  )}
                  {', '}
                  {formats.size(document.bytes)}
                </li>
              ))}
            </ul>
          </details>
        </li>
      </ul>
      <label class="share-readable-said">
        <input
          type="checkbox"
          checked={props.saidOnly}
          aria-label={fill(said.readSaidOnlyOf, { name: props.name }, formats)}
          onChange={props.onSaidOnly}
        />
        {said.readSaidOnly}
      </label>
    </li>
  );
}
