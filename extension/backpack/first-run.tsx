import type { JSX } from 'preact';
import { Icon } from '../../shared/components/icon.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import './first-run.css';

/** An empty backpack: where the first badge will lie, and three sentences on how it gets there. */
export function FirstRun({ words }: { readonly words: BackpackWords }): JSX.Element {
  const said = words.own.backpack;
  return (
    <div class="first-run">
      <div class="first-run-place" aria-hidden="true">
        <Icon name="backpack" />
      </div>
      <div class="first-run-words">
        <h2>{said.firstTitle}</h2>
        <ol>
          <li>{said.firstOne}</li>
          <li>{said.firstTwo}</li>
          <li>{said.firstThree}</li>
        </ol>
        <a class="button" href="#/import">
          {said.firstImport}
        </a>
      </div>
    </div>
  );
}
