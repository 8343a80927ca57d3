import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sayError, sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { parseHandle, type Url } from '../../shared/model/brands.ts';
import type { BackpackError } from '../../shared/model/errors.ts';
import { themeOf, themes } from '../../shared/model/themes.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { CoverField } from './cover-field.tsx';
import { maxProfileAbout, maxProfileName, pageAddress, type ShareDraft, typedHandle } from './share-draft.ts';
import { TextField } from './text-field.tsx';
import './share-who.css';

/** The second step: the name, a line, the name in the address, the looks, and whether search engines may list it. */
export function ShareWho(props: {
  readonly server: Url;
  readonly draft: ShareDraft;
  /** the name in the address of the page that is published now */
  readonly former: string | undefined;
  /** why this name was refused when it was to be published */
  readonly refused: BackpackError | undefined;
  readonly words: BackpackWords;
  readonly onDraft: (draft: ShareDraft) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}): JSX.Element {
  const { draft, former, refused, words, onDraft } = props;
  const said = words.own.sharing;
  const [wrong, setWrong] = useState(() => (refused === undefined ? '' : sayErrorInFull(refused, words)));
  const handleField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (refused !== undefined) handleField.current?.focus();
  }, [refused]);
  const next = (event: Event): void => {
    event.preventDefault();
    const handle = parseHandle(draft.handle);
    if (handle.ok) props.onNext();
    else setWrong(sayError(handle.error, words).remedy);
  };
  return (
    <form class="page-form" noValidate onSubmit={next}>
      <TextField
        id="share-name"
        label={said.name}
        value={draft.name}
        maxLength={maxProfileName}
        autocomplete="name"
        hint={said.nameHint}
        onValue={(name) => onDraft({ ...draft, name })}
      />
      <div class="field">
        <label class="field-label" for="share-about">
          {said.about}
        </label>
        <textarea
          id="share-about"
          class="field-input"
          rows={2}
          dir="auto"
          maxLength={maxProfileAbout}
          value={draft.about}
          aria-describedby="share-about-hint"
          onInput={(event) => onDraft({ ...draft, about: event.currentTarget.value })}
        />
        <p class="field-hint" id="share-about-hint">
          {said.aboutHint}
        </p>
      </div>
      <div class="field">
        <label class="field-label" for="share-handle">
          {said.handle}
        </label>
        <input
          id="share-handle"
          ref={handleField}
          class="field-input"
          type="text"
          dir="ltr"
          autocapitalize="none"
          autocomplete="off"
          spellcheck={false}
          maxLength={30}
          value={draft.handle}
          aria-invalid={wrong !== ''}
          aria-describedby="share-handle-hint share-handle-wrong"
          onInput={(event) => {
            onDraft({ ...draft, handle: typedHandle(event.currentTarget.value) });
            setWrong('');
          }}
        />
        <p class="field-hint" id="share-handle-hint">
          {fill(said.handleHint, { address: pageAddress(props.server, draft.handle) }, words.formats)}
        </p>
        {former !== undefined && former !== '' && former !== draft.handle && (
          <p class="field-hint">
            {fill(said.handleMoves, { address: pageAddress(props.server, former) }, words.formats)}
          </p>
        )}
        <p class="field-error" id="share-handle-wrong" role="alert">
          {wrong}
        </p>
      </div>
      <div class="field">
        <label class="field-label" for="share-theme">
          {said.theme}
        </label>
        <select
          id="share-theme"
          class="field-input"
          value={draft.theme}
          onChange={(event) => onDraft({ ...draft, theme: themeOf(event.currentTarget.value) })}
        >
          {themes.map((theme) => (
            <option key={theme} value={theme}>
              {said.themes[theme]}
            </option>
          ))}
        </select>
      </div>
      <CoverField cover={draft.cover} words={words} onCover={(cover) => onDraft({ ...draft, cover })} />
      <div class="field">
        <label class="share-who-search">
          <input
            type="checkbox"
            checked={draft.search}
            aria-describedby="share-search-hint"
            onChange={(event) => onDraft({ ...draft, search: event.currentTarget.checked })}
          />
          {said.search}
        </label>
        <p class="field-hint" id="share-search-hint">
          {said.searchHint}
        </p>
      </div>
      <div class="page-row">
        <button type="submit" class="button button-main">
          {said.next}
        </button>
        <button type="button" class="button" onClick={props.onBack}>
          {words.own.common.back}
        </button>
      </div>
    </form>
  );
}
