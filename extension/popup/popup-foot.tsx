import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { Icon } from '../../shared/components/icon.tsx';
import type { ExtensionWords } from '../messages/words.ts';

/** Way to the whole backpack, how many badges lie in it, and whether they are synced, as a word. */
export function PopupFoot({ words }: { readonly words: ExtensionWords }): JSX.Element {
  const [facts, setFacts] = useState('');

  // The store's library comes after the first paint: it weighs more than all the rest of the popup.
  useEffect(() => {
    let stop: (() => void) | undefined;
    let closed = false;
    void import('./foot-facts.ts').then(({ watchFootFacts }) => {
      if (!closed) stop = watchFootFacts(words, setFacts);
    });
    return () => {
      closed = true;
      stop?.();
    };
  }, [words]);

  return (
    <footer class="popup-foot">
      <button type="button" class="button" onClick={openBackpack}>
        <Icon name="backpack" />
        {words.own.popup.openBackpack}
      </button>
      <p class="soft small">{facts}</p>
    </footer>
  );
}

function openBackpack(): void {
  void browser.runtime.openOptionsPage().then(() => {
    // In a tab the popup stays; as a real popup it would otherwise cover the page just opened.
    if (location.search === '') window.close();
  });
}
