import { wordsOf } from '../../shared/messages/catalogue.ts';
import type { HeardWitness } from '../../shared/publish/heard-witness.ts';
import { hostText } from '../../shared/views/issuer-view.ts';
import { markOf } from '../../shared/views/verdict-view.ts';

/** What a server states, for people: whose word it is first, then each day. It changes no verdict. */
export function witnessReport({ origin, standing, statements, refused }: HeardWitness): string {
  const words = wordsOf('en');
  const host = hostText(new URL(origin).host);
  const whose = {
    confirmed: `${host} states, and has just confirmed that the key is its own:`,
    denied: `Signed in the name of ${host}, which does not know the key. It is worth nothing:`,
    unasked: `Signed by a key in the name of ${host}, which does not answer: nobody can say that the key was its own.`,
  };
  const lines = statements.map(({ at, outcome, seen }) => {
    const hosts = [...new Set(seen.map(({ address }) => hostText(new URL(address).host)))];
    const by = hosts.length === 0 ? 'nobody had to be asked' : `answered by ${hosts.join(', ')}`;
    return `  ${words.formats.date(at)}  ${words.text.marks[markOf(outcome)]}, ${by}`;
  });
  const others =
    refused === 0 ? [] : [`  Left out, because they do not hold or speak of something else: ${refused}`];
  return ['', whose[standing], ...lines, ...others].join('\n');
}
