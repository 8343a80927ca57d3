import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BackpackWords } from '../messages/backpack-words.ts';
import './drop-target.css';

/** Files may be dropped anywhere on the page; the browser must never open them instead. */
export function DropTarget(props: {
  readonly words: BackpackWords;
  readonly onFiles: (files: readonly File[]) => void;
}): JSX.Element {
  const [over, setOver] = useState(false);
  const { onFiles } = props;
  useEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragenter', enter);
    addEventListener('dragover', enter);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragover', enter);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [onFiles]);
  return (
    <div class="drop-target" hidden={!over}>
      <p>{props.words.own.import.drop}</p>
    </div>
  );
}
