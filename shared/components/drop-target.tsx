import type { JSX } from 'preact';
import './drop-target.css';

type Page = Pick<Window, 'addEventListener' | 'removeEventListener'>;

/** What covers the page while files are held over it. */
export function DropTarget(props: { readonly over: boolean; readonly text: string }): JSX.Element {
  return (
    <div class="drop-target" hidden={!props.over}>
      <p>{props.text}</p>
    </div>
  );
}

/**
 * Files may be dropped anywhere on a page; the browser must never open them instead. What else is dragged is left alone.
 * `tell`: whether files are held over the page. Gives what ends it.
 */
export function followDrops(
  page: Page,
  tell: (over: boolean) => void,
  onFiles: (files: readonly File[]) => void,
): () => void {
  const drag = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    tell(event.type !== 'drop');
    if (event.type === 'drop') onFiles([...event.dataTransfer.files]);
  };
  // Out of the window, and not from one part of the page into another.
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) tell(false);
  };
  const dragged = ['dragenter', 'dragover', 'drop'] as const;
  for (const type of dragged) page.addEventListener(type, drag);
  page.addEventListener('dragleave', leave);
  return () => {
    for (const type of dragged) page.removeEventListener(type, drag);
    page.removeEventListener('dragleave', leave);
  };
}
