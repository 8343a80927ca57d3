import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import { AddressForm, TextForm } from '../../shared/components/text-forms.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readCard } from '../store/badges.ts';
import { ArchiveImport } from './archive-import.tsx';
import { importRowView } from './import-row-view.ts';
import { fileSources, type ImportRow, type Imports } from './use-imports.ts';
import { useLive } from './use-live.ts';
import './import-page.css';

/** By file, drop, paste and address; every one is a row with its outcome. */
export function ImportPage(props: { readonly imports: Imports; readonly words: BackpackWords }): JSX.Element {
  const { imports, words } = props;
  const said = words.own.import;
  const files = useRef<HTMLInputElement>(null);
  usePaste(imports);
  return (
    <div class="page import-page">
      <h1>{said.title}</h1>
      <p class="page-lead">{said.how}</p>
      <div>
        <label class="button button-main import-page-files">
          <Icon name="plus" />
          {said.choose}
          <input
            ref={files}
            class="spoken"
            type="file"
            multiple
            accept=".zip,.png,.svg,.json,.jsonld,.jws,.jwt,.txt,image/png,image/svg+xml,application/json"
            onChange={(event) => {
              imports.add(fileSources(event.currentTarget.files));
              event.currentTarget.value = '';
            }}
          />
        </label>
      </div>
      <AddressForm
        id="import-address"
        label={said.address}
        button={said.addressButton}
        onText={(address) => imports.add([{ kind: 'address', address }])}
      />
      <TextForm
        id="import-text"
        label={said.paste}
        hint={said.pasteHint}
        button={said.pasteButton}
        onText={(text) => imports.add([{ kind: 'text', text }])}
      />
      <section class="page-part" aria-labelledby="import-outcomes">
        <h2 id="import-outcomes">{said.outcomes}</h2>
        {imports.rows.length === 0 && <p class="soft">{said.none}</p>}
        <ul class="page-list" aria-live="polite">
          {imports.rows.map((row) => (
            <Row key={row.id} row={row} imports={imports} words={words} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function Row(props: {
  readonly row: ImportRow;
  readonly imports: Imports;
  readonly words: BackpackWords;
}): JSX.Element {
  const { outcome } = props.row;
  const id = outcome.state === 'kept' ? outcome.badge : undefined;
  const card = useLive(async (store) => (id === undefined ? undefined : readCard(id, store)), [id]);
  const view = importRowView(props.row, props.words, card.state === 'ready' ? card.value?.name : undefined);
  return (
    <li aria-busy={view.busy}>
      <div class="page-list-what">
        <p class="import-page-name" dir="auto">
          {view.badge ?? view.name}
        </p>
        <p class="small">
          {view.badge !== undefined && (
            <span class="soft">
              <bdi>{view.name}</bdi> ·{' '}
            </span>
          )}
          {view.word}
          {view.mark !== undefined && (
            <>
              {' · '}
              <VerdictMark mark={view.mark.mark} word={view.mark.word} />
            </>
          )}
        </p>
        {outcome.state === 'archive' && (
          <ArchiveImport file={outcome.file} words={props.words} add={props.imports.add} />
        )}
        {view.sentence !== undefined && <p class="soft small">{view.sentence}</p>}
      </div>
      {view.open !== undefined && (
        <a class="button" href={view.open}>
          {props.words.own.import.open}
          <span class="spoken"> {view.name}</span>
        </a>
      )}
      {view.keepUnverified !== undefined && (
        <button type="button" class="button" onClick={() => props.imports.keepUnverified(props.row)}>
          {view.keepUnverified}
        </button>
      )}
      {view.keepInside !== undefined && (
        <button type="button" class="button" onClick={() => props.imports.keepInside(props.row)}>
          {view.keepInside}
          <span class="spoken"> {view.name}</span>
        </button>
      )}
      {view.keepLater !== undefined && (
        <button type="button" class="button" onClick={() => props.imports.keepLater(props.row)}>
          {view.keepLater}
          <span class="spoken"> {view.name}</span>
        </button>
      )}
      {view.askPrivate !== undefined && (
        <button
          type="button"
          class="button"
          onClick={() => props.imports.askPrivate(props.row, view.askPrivate?.host ?? '')}
        >
          {view.askPrivate.label}
        </button>
      )}
    </li>
  );
}

/** What is pasted outside a field is imported; inside a field it is text like any other. */
function usePaste(imports: Imports): void {
  const { add } = imports;
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const at = document.activeElement;
      if (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) return;
      const files = fileSources(event.clipboardData?.files);
      const text = event.clipboardData?.getData('text/plain').trim() ?? '';
      if (files.length > 0) add(files);
      else if (text !== '') add([{ kind: 'text', text }]);
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, [add]);
}
