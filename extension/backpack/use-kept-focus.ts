import { useEffect } from 'preact/hooks';

/**
 * Whoever works by keys is not thrown to the top of the page when what he pressed goes away with its row: the focus
 * goes to what takes the press back, or to the place. What moves the focus itself has done so two frames later.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | undefined;
    const remember = ({ target }: FocusEvent): void => {
      last = target instanceof Element ? target : undefined;
    };
    const look = (): void => {
      if (last === undefined || last.isConnected) return;
      last = undefined;
      requestAnimationFrame(() => requestAnimationFrame(catchFocus));
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

function catchFocus(): void {
  if (document.activeElement !== document.body) return;
  const next = document.querySelector<HTMLElement>('.notice-undo') ?? document.getElementById('main');
  next?.focus({ preventScroll: true });
}

/** True while nothing in particular has the focus: nowhere, or the place as a whole. */
export function isFocusIdle(): boolean {
  const { activeElement } = document;
  return activeElement === document.body || activeElement?.id === 'main';
}
