import type { JSX } from 'preact';
import type { Words } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import type { HeardWitness } from '../../shared/publish/heard-witness.ts';
import { hostText } from '../../shared/views/issuer-view.ts';
import { markOf } from '../../shared/views/verdict-view.ts';
import { checkEn } from '../messages/check-en.ts';

/** What a server has stated of the badge, signature by signature: a word beside the verdict, never part of it. */
export function WitnessWord({ heard, words }: { heard: HeardWitness; words: Words }): JSX.Element {
  const { origin, standing, statements } = heard;
  const host = hostText(new URL(origin).host);
  return (
    <section class="check-witness">
      <h2>{checkEn.witness.title}</h2>
      <p>{fill(checkEn.witness[standing], { host }, words.formats)}</p>
      <ul>
        {statements.map(({ at, outcome, seen }) => (
          <li key={at}>
            {fill(
              seen.length === 0 ? checkEn.witness.alone : checkEn.witness.seen,
              {
                date: words.formats.exactTime(at),
                word: words.text.marks[markOf(outcome)],
                hosts: [...new Set(seen.map(({ address }) => hostText(new URL(address).host)))].join(', '),
              },
              words.formats,
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
