import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readBlob } from '../store/badges.ts';
import type { KeptBadge } from '../store/kept-badge.ts';
import { fileName, saveFile } from './save-file.ts';

/** How each container is called as a file; others are saved without an ending of ours. */
const endings: Readonly<Record<string, { readonly ending: string; readonly mediaType: string }>> = {
  json: { ending: '.json', mediaType: 'application/json' },
  png: { ending: '.png', mediaType: 'image/png' },
  svg: { ending: '.svg', mediaType: 'image/svg+xml' },
  jws: { ending: '.jws', mediaType: 'text/plain' },
};

/** The badge exactly as the issuer gave it, byte for byte, as a file. */
export function SaveOriginal(props: {
  readonly kept: KeptBadge;
  readonly name: string;
  readonly words: BackpackWords;
}): JSX.Element {
  const [missing, setMissing] = useState(false);
  const save = async (): Promise<void> => {
    const bytes = await readBlob(props.kept.original);
    setMissing(bytes === undefined);
    if (bytes === undefined) return;
    const { ending, mediaType } = endings[props.kept.container] ?? {
      ending: '',
      mediaType: 'application/octet-stream',
    };
    saveFile(bytes, `${fileName(props.name)}${ending}`, mediaType);
  };
  return (
    <>
      <button type="button" class="button" onClick={() => void save()}>
        <Icon name="save" />
        {props.words.own.detail.download}
      </button>
      {missing && (
        <p class="field-error" role="alert">
          {props.words.own.detail.notHereYet}
        </p>
      )}
    </>
  );
}
