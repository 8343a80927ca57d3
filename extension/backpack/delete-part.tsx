import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import type { Url } from '../../shared/model/brands.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { Say } from './notice.tsx';
import { SaveAll } from './save-all.tsx';
import { UnlockFirst } from './unlock-first.tsx';
import './delete-part.css';

/** Leaves the server for good: says what goes and what stays, and asks twice. */
export function DeletePart(props: {
  readonly server: Url;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { actions, words, say } = props;
  const said = words.own.settings;
  const [step, setStep] = useState<'closed' | 'shown' | 'unlocking' | 'asking' | 'deleting'>('closed');
  const [wrong, setWrong] = useState('');
  const remove = async (): Promise<void> => {
    setStep('deleting');
    const deleted = await actions.deleteAccount();
    if (deleted.ok) {
      // This part goes with the account; whoever uses the keyboard goes on at the top of the page.
      document.getElementById('main')?.focus();
      return say({ text: said.deleted });
    }
    // Locked again meanwhile: it goes on where the code is asked for.
    if (deleted.error.code === 'locked') return setStep('unlocking');
    setWrong(sayErrorInFull(deleted.error, words));
    setStep('shown');
  };
  const goOn = (): void => {
    setWrong('');
    setStep('unlocking');
  };
  return (
    <section class="page-part">
      <h2>{said.deleteTitle}</h2>
      <p class="page-lead">{said.deleteHow}</p>
      {step === 'closed' ? (
        <button type="button" class="button" onClick={() => setStep('shown')}>
          {said.deleteOpen}
        </button>
      ) : (
        <WhatGoes words={words} />
      )}
      {step === 'unlocking' && (
        <UnlockFirst
          id="delete-account"
          why={said.deleteUnlock}
          actions={actions}
          words={words}
          onUnlocked={() => setStep('asking')}
          onCancel={() => setStep('shown')}
        />
      )}
      {(step === 'shown' || step === 'asking' || step === 'deleting') && (
        <div class="page-row">
          <button
            type="button"
            class="button button-danger"
            aria-disabled={step === 'deleting'}
            onClick={() => step === 'shown' && goOn()}
          >
            {step === 'deleting' ? words.own.common.working : said.deleteBegin}
          </button>
          {step === 'shown' && (
            <button type="button" class="button button-plain" onClick={() => setStep('closed')}>
              {words.own.common.cancel}
            </button>
          )}
        </div>
      )}
      <p class="soft small" role="status">
        {step === 'deleting' ? said.deleting : ''}
      </p>
      <p class="field-error" role="alert">
        {wrong}
      </p>
      {step === 'asking' && (
        <ConfirmDialog
          title={fill(said.deleteAsk, { host: new URL(props.server).host }, words.formats)}
          text={said.deleteWhat}
          agree={said.deleteAgree}
          yes={said.deleteYes}
          words={words}
          onYes={() => void remove()}
          onNo={() => setStep((now) => (now === 'asking' ? 'shown' : now))}
        />
      )}
    </section>
  );
}

/** All of it said before anything is asked; the focus comes here, because the button that led here is gone. */
function WhatGoes({ words }: { readonly words: BackpackWords }): JSX.Element {
  const said = words.own.settings;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {said.deleteGoesTitle}
      </h3>
      <ul class="delete-part-list">
        {said.deleteGoes.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <h3>{said.deleteStaysTitle}</h3>
      <ul class="delete-part-list">
        {said.deleteStays.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{said.deleteSaveFirst}</p>
      <SaveAll words={words} />
    </>
  );
}
