import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import type { Bytes } from '../../shared/model/bytes.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readBlob } from '../store/badges.ts';
import type { KeptBadge } from '../store/kept-badge.ts';

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
    if (bytes === undefined) return setMissing(true);
    const { ending, mediaType } = endings[props.kept.container] ?? {
      ending: '',
      mediaType: 'application/octet-stream',
    };
    const address = URL.createObjectURL(new Blob([bytes as Bytes], { type: mediaType }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${fileName(props.name)}${ending}`;
    link.click();
    // The download has taken the bytes once the click is through.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  return (
    <>
      <button type="button" class="button" onClick={() => void save()}>
        <Icon name="out" />
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

/** A name that every file system takes. */
function fileName(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain === '' ? 'badge' : plain;
}
