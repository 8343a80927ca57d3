import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { followDrops, DropTarget as Target } from '../../shared/components/drop-target.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';

/** Files dropped anywhere on the page are imported. */
export function DropTarget(props: {
  readonly words: BackpackWords;
  readonly onFiles: (files: readonly File[]) => void;
}): JSX.Element {
  const [over, setOver] = useState(false);
  const { onFiles } = props;
  useEffect(() => followDrops(window, setOver, onFiles), [onFiles]);
  return <Target over={over} text={props.words.own.import.drop} />;
}
