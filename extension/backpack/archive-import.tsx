import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { asBackpackError, type BackpackError } from '../../shared/model/errors.ts';
import { failed, type Result } from '../../shared/model/result.ts';
import { accountEffects } from '../account-effects.ts';
import { type OpenedArchive, openArchive, ownByCode, restoreArchive } from '../actions/import-archive.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { accountRows } from '../store/account-rows.ts';
import { database } from '../store/database.ts';
import { CodeForm } from './code-form.tsx';
import type { ImportActions } from './use-imports.ts';
import './archive-import.css';

type Step =
  | { readonly is: 'reading' }
  | { readonly is: 'failed'; readonly error: BackpackError }
  | { readonly is: 'asking'; readonly opened: OpenedArchive }
  | { readonly is: 'restoring'; readonly done: number; readonly of: number }
  | { readonly is: 'restored'; readonly badges: number }
  | { readonly is: 'checking'; readonly done: number; readonly of: number }
  | { readonly is: 'checked'; readonly badges: number };

/**
 * An archive of a backpack. The learner's own, shown by this browser's account or by the recovery code, comes back as it
 * was; of anybody else's each badge is checked anew, as any file is (threats T72).
 */
export function ArchiveImport(props: {
  readonly file: File;
  readonly words: BackpackWords;
  readonly add: ImportActions['add'];
}): JSX.Element {
  const { file, words, add } = props;
  const said = words.own.import;
  const [step, setStep] = useState<Step>({ is: 'reading' });
  const [wrong, setWrong] = useState('');

  const restore = async (opened: OpenedArchive): Promise<void> => {
    const tell = (done: number, of: number): void => setStep({ is: 'restoring', done, of });
    const deps = { ...accountEffects(database), store: database };
    const restored = await restoreArchive(opened, deps, tell).catch(thrownBy);
    setStep(restored.ok ? { is: 'restored', ...restored.value } : { is: 'failed', error: restored.error });
  };
  useEffect(() => {
    void openArchive(file, accountRows())
      .catch(thrownBy)
      .then((opened) => {
        if (!opened.ok) setStep({ is: 'failed', error: opened.error });
        else if (opened.value.standing === 'own') void restore(opened.value);
        else setStep({ is: 'asking', opened: opened.value });
      });
  }, [file]);

  const useCode = async (opened: OpenedArchive, code: string): Promise<void> => {
    const own = await ownByCode(opened, code, accountRows()).catch(thrownBy);
    if (own.ok) return restore(opened);
    setWrong(sayErrorInFull(own.error, words));
  };
  const checkEach = async ({ archive, badges }: OpenedArchive): Promise<void> => {
    for (const [done, path] of badges.entries()) {
      setStep({ is: 'checking', done, of: badges.length });
      const bytes = await archive.read(path).catch(thrownBy);
      if (!bytes.ok) return setStep({ is: 'failed', error: bytes.error });
      const name = path.slice(path.indexOf('/') + 1);
      await add([{ kind: 'file', file: new File([new Uint8Array(bytes.value)], name) }]);
    }
    setStep({ is: 'checked', badges: badges.length });
  };

  switch (step.is) {
    case 'reading':
      return <p class="soft small">{said.reading}</p>;
    case 'failed': {
      return <p class="field-error">{sayErrorInFull(step.error, words)}</p>;
    }
    case 'restoring':
    case 'checking':
      return (
        <label class="small">
          {step.is === 'restoring' ? said.archiveRestoring : said.archiveChecking}{' '}
          <progress max={step.of} value={step.done} />
        </label>
      );
    case 'restored':
      return <p class="small">{words.formats.plural(step.badges, said.archiveRestored)}</p>;
    case 'checked':
      return <p class="soft small">{words.formats.plural(step.badges, said.archiveChecked)}</p>;
    case 'asking': {
      const { opened } = step;
      const made = words.formats.exactTime(opened.made);
      const holds = words.formats.plural(opened.badges.length, said.archiveHolds);
      return (
        <div class="archive-import">
          <p class="small">{`${fill(said.archiveMade, { date: made }, words.formats)} ${holds}`}</p>
          <p class="soft small">{opened.standing === 'by-code' ? said.archiveByCode : said.archiveForeign}</p>
          {opened.standing === 'by-code' && (
            <CodeForm
              id="archive"
              button={said.archiveRestore}
              wrong={wrong}
              words={words}
              onCode={(code) => useCode(opened, code)}
            />
          )}
          <button type="button" class="button" onClick={() => void checkEach(opened)}>
            {said.archiveCheckEach}
          </button>
        </div>
      );
    }
  }
}

/** A store that fails, above all for want of space, or a file that is gone meanwhile, is told like one that cannot be read. */
function thrownBy(thrown: unknown): Result<never> {
  return failed(asBackpackError(thrown));
}
