import { useEffect } from 'preact/hooks';

/**
 * Whoever works by keys is not thrown to the top of the page when what he pressed goes away with its row: the focus
 * goes to what takes the press back, or to the head of the part that it stood in, or to the place. What moves the focus
 * itself has done so two frames later.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | undefined;
    let part: Element | null = null;
    const remember = ({ target }: FocusEvent): void => {
      last = target instanceof Element ? target : undefined;
      part = last?.closest('.page-part') ?? null;
    };
    const look = (): void => {
      if (last === undefined || last.isConnected) return;
      last = undefined;
      requestAnimationFrame(() => requestAnimationFrame(() => catchFocus(part)));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', remember);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', remember);
    };
  }, []);
}

function catchFocus(part: Element | null): void {
  if (document.activeElement !== document.body) return;
  const undo = document.querySelector<HTMLElement>('.notice-undo');
  const head = part?.isConnected === true ? part.querySelector<HTMLElement>('h2, h3') : null;
  if (undo === null && head !== null) head.tabIndex = -1;
  (undo ?? head ?? document.getElementById('main'))?.focus({ preventScroll: true });
}

/** True while nothing in particular has the focus: nowhere, the place as a whole, or the head of a part. */
export function isFocusIdle(): boolean {
  const { activeElement } = document;
  return activeElement === document.body || activeElement?.matches('#main, h2, h3') === true;
}
