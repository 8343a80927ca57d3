import { en } from '../messages/en.ts';
import { pageText } from './layout.tsx';

/** What every address answers that shows nothing: the same for what never was and what was taken down. */
export function missingPage(): string {
  return pageText(
    { title: en.missing.title, listed: false, kind: 'plain' },
    <main class="page missing">
      <h1>{en.missing.title}</h1>
      <p>{en.missing.sentence}</p>
      <p>
        <a href="/">{en.missing.home}</a>
      </p>
    </main>,
  );
}
