import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import { bakeKept } from '../actions/bake-kept.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { fileName } from '../store/file-names.ts';
import type { KeptBadge } from '../store/kept-badge.ts';
import { saveFile } from './save-file.ts';

/** The picture with the badge in it, as other places take it in. */
export function SavePicture(props: {
  readonly kept: KeptBadge;
  readonly name: string;
  readonly words: BackpackWords;
}): JSX.Element {
  const [wrong, setWrong] = useState('');
  const said = props.words.own.detail;
  const save = async (): Promise<void> => {
    const baked = await bakeKept(props.kept);
    if (!baked.ok)
      return setWrong(baked.error.code === 'document-missing' ? said.noPicture : said.pictureCannot);
    setWrong('');
    saveFile(baked.value.bytes, `${fileName(props.name)}${baked.value.ending}`, baked.value.mediaType);
  };
  return (
    <>
      <button type="button" class="button" onClick={() => void save()}>
        <Icon name="save" />
        {said.savePicture}
      </button>
      {wrong !== '' && (
        <p class="field-error" role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}
