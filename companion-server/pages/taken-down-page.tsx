import { en } from '../messages/en.ts';
import { pageText } from './layout.tsx';

/** What the address of a profile answers that the operator took down. */
export function takenDownPage(): string {
  return pageText(
    { title: en.takenDown.title, listed: false, kind: 'plain' },
    <main class="page missing">
      <h1>{en.takenDown.title}</h1>
      <p>{en.takenDown.sentence}</p>
      <p>
        <a href="/report">{en.takenDown.contact}</a>
      </p>
      <p>
        <a href="/">{en.missing.home}</a>
      </p>
    </main>,
  );
}
