import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { maxProfileAboutLength } from '../../shared/model/limits.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { type CollectionReach, collectionReaches, type KeptCollection } from '../store/collection-doc.ts';
import { CollectionTitleField } from './collection-title-field.tsx';
import type { Say } from './notice.tsx';
import { ownCollections } from './own-collections.ts';
import './collection-form.css';

/** Name, words, and who can see it; saved together, and published only by the steps of sharing. */
export function CollectionForm(props: {
  readonly kept: KeptCollection;
  /** others see it now */
  readonly isShown: boolean;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { kept, words, say } = props;
  const said = words.own.collections;
  // What is not edited follows what another device does.
  const [edited, setEdited] = useState<{ title?: string; about?: string; reach?: CollectionReach }>({});
  const [wrong, setWrong] = useState(false);
  const { title = kept.title, about = kept.about, reach = kept.reach } = edited;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (title.trim() === '') return setWrong(true);
    const saved = await ownCollections.edit(kept.id, { title, about, reach });
    if (!saved.ok) return say({ text: sayErrorInFull(saved.error, words) });
    setEdited({});
    say({ text: props.isShown ? said.savedShown : said.saved });
  };
  return (
    <form class="page-form" noValidate onSubmit={(event) => void save(event)}>
      <CollectionTitleField
        id="collection-title"
        label={said.name}
        title={title}
        missing={wrong}
        words={words}
        onTitle={(typed) => {
          setEdited({ ...edited, title: typed });
          setWrong(false);
        }}
      />
      <div class="field">
        <label class="field-label" for="collection-about">
          {said.about}
        </label>
        <textarea
          id="collection-about"
          class="field-input"
          rows={3}
          dir="auto"
          maxLength={maxProfileAboutLength}
          value={about}
          aria-describedby="collection-about-hint"
          onInput={(event) => setEdited({ ...edited, about: event.currentTarget.value })}
        />
        <p class="field-hint" id="collection-about-hint">
          {said.aboutHint}
        </p>
      </div>
      <fieldset class="collection-form-who">
        <legend class="field-label">{said.who}</legend>
        {collectionReaches.map((one) => (
          <div key={one} class="collection-form-reach">
            <label>
              <input
                type="radio"
                name="collection-reach"
                checked={reach === one}
                aria-describedby={`collection-${one}-hint`}
                onChange={() => setEdited({ ...edited, reach: one })}
              />
              {said.reach[one]}
            </label>
            <p class="field-hint" id={`collection-${one}-hint`}>
              {said.reachHint[one]}
            </p>
          </div>
        ))}
      </fieldset>
      <button type="submit" class="button button-main">
        {said.save}
      </button>
    </form>
  );
}
