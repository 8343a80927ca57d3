import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import { browser } from '../browser.ts';
import type { ExtensionWords } from '../messages/words.ts';
import { type FootFacts, readFootFacts } from '../store/foot-facts.ts';
import { syncWord } from '../sync-word.ts';

/** Way to the whole backpack, how many badges lie in it, and whether they are synced, as a word. */
export function PopupFoot(props: {
  readonly words: ExtensionWords;
  readonly online: boolean;
  /** changes whenever something was kept or taken out */
  readonly changes: number;
}): JSX.Element {
  const { words } = props;
  const [facts, setFacts] = useState<FootFacts | undefined>(undefined);
  useEffect(() => {
    let closed = false;
    void readFootFacts().then((read) => {
      if (!closed) setFacts(read);
    });
    return () => {
      closed = true;
    };
  }, [props.changes]);

  return (
    <footer class="popup-foot">
      <button type="button" class="button" onClick={openBackpack}>
        <Icon name="backpack" />
        {words.own.popup.openBackpack}
      </button>
      <p class="soft small">
        {facts !== undefined && (
          <>
            <span>{words.formats.plural(facts.badges, words.text.count.badges)}</span>{' '}
            <span>{syncWord({ ...facts, running: false }, props.online, words.own.sync)}</span>
          </>
        )}
      </p>
    </footer>
  );
}

function openBackpack(): void {
  void browser.runtime.openOptionsPage().then(() => {
    // In a tab the popup stays; as a real popup it would otherwise cover the page just opened.
    if (location.search === '') window.close();
  });
}
