import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { asBackpackError } from '../../shared/model/errors.ts';
import type { Cover } from '../actions/gather-profile.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { type CoverPlace, coverPlaces, makeCover, type Spare } from './make-cover.ts';
import { usePicture } from './use-picture.ts';
import './cover-field.css';

/** The picture that was just chosen: its whole is here alone, and gone once the page is left. */
type Source = { readonly file: File; readonly place: CoverPlace; readonly spare: Spare };

/** The picture across the head of the page: chosen, shown as it will be, replaced, taken off and put back. */
export function CoverField(props: {
  readonly cover: Cover | undefined;
  readonly words: BackpackWords;
  readonly onCover: (cover: Cover | undefined) => void;
}): JSX.Element {
  const { cover, words, onCover } = props;
  const said = words.own.sharing.cover;
  const [wrong, setWrong] = useState('');
  const [removed, setRemoved] = useState<Cover>();
  const [busy, setBusy] = useState(false);
  const [source, setSource] = useState<Source>();
  const turn = useRef(0);
  const undo = useRef<HTMLButtonElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const address = useAddress(cover);
  // The button that was pressed is gone: what takes it back has the focus.
  useEffect(() => {
    if (removed !== undefined) undo.current?.focus();
  }, [removed]);

  const choose = async (chosen: File | undefined, place: CoverPlace): Promise<void> => {
    if (chosen === undefined) return;
    turn.current += 1;
    const mine = turn.current;
    setBusy(true);
    if (chosen === source?.file) setSource({ ...source, place });
    const made = await makeCover(chosen, place).catch((thrown) => ({
      ok: false as const,
      error: asBackpackError(thrown),
    }));
    // Whoever goes through the parts by arrow keys is quicker than the drawing: the last one counts.
    if (mine !== turn.current) return;
    setBusy(false);
    if (made.ok) {
      setWrong('');
      setRemoved(undefined);
      const { hash, bytes, spare } = made.value;
      setSource({ file: chosen, place, spare });
      return onCover({ hash, bytes });
    }
    setWrong(sayErrorInFull(made.error, words));
  };

  return (
    <fieldset class="field cover-field" aria-describedby="share-cover-hint">
      <legend class="field-label">{said.title}</legend>
      {cover !== undefined && (
        <img class="cover-field-picture" src={address} alt={said.preview} aria-busy={address === undefined} />
      )}
      {cover !== undefined && source?.spare !== undefined && (
        <PartChoice
          source={source}
          spare={source.spare}
          words={words}
          onPlace={(place) => void choose(source.file, place)}
        />
      )}
      <div class="page-row">
        <label class="button cover-field-choose" aria-disabled={busy}>
          {cover === undefined ? said.choose : said.replace}
          <input
            ref={file}
            class="spoken"
            type="file"
            accept="image/*"
            disabled={busy}
            aria-describedby="share-cover-wrong"
            onChange={(event) => {
              void choose(event.currentTarget.files?.[0], 'middle');
              event.currentTarget.value = '';
            }}
          />
        </label>
        {cover !== undefined && (
          <button
            type="button"
            class="button"
            onClick={() => {
              turn.current += 1;
              setBusy(false);
              setRemoved(cover);
              setWrong('');
              onCover(undefined);
            }}
          >
            {said.remove}
          </button>
        )}
      </div>
      <div class="cover-field-removed" role="status">
        {removed !== undefined && (
          <>
            <p>{said.removed}</p>
            <button
              ref={undo}
              type="button"
              class="button"
              onClick={() => {
                onCover(removed);
                setRemoved(undefined);
                file.current?.focus();
              }}
            >
              {words.own.common.undo}
            </button>
          </>
        )}
      </div>
      <p class="field-hint" id="share-cover-hint">
        {said.hint}
      </p>
      <p class="field-error" id="share-cover-wrong" role="alert">
        {wrong}
      </p>
    </fieldset>
  );
}

/** Which strip of a picture is shown that has more than the page shows. */
function PartChoice(props: {
  readonly source: Source;
  readonly spare: 'high' | 'wide';
  readonly words: BackpackWords;
  readonly onPlace: (place: CoverPlace) => void;
}): JSX.Element {
  const said = props.words.own.sharing.cover;
  return (
    <fieldset class="cover-field-part">
      <legend class="small">{said.part}</legend>
      {coverPlaces.map((place) => (
        <label key={place}>
          <input
            type="radio"
            name="cover-part"
            checked={props.source.place === place}
            onChange={() => props.onPlace(place)}
          />
          {said.parts[props.spare][place]}
        </label>
      ))}
    </fieldset>
  );
}

/** Where the picture can be seen: from the bytes that were just made, or from those that are kept. */
function useAddress(cover: Cover | undefined): string | undefined {
  const { bytes } = cover ?? {};
  const isKept = cover !== undefined && bytes === undefined;
  const kept = usePicture(isKept ? { hash: cover.hash, mediaType: 'image/jpeg' } : undefined);
  const [made, setMade] = useState<string>();
  useEffect(() => {
    if (bytes === undefined) return setMade(undefined);
    const address = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
    setMade(address);
    return () => URL.revokeObjectURL(address);
  }, [bytes]);
  return isKept ? kept || undefined : made;
}
