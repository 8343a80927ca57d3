import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackError } from '../../shared/model/errors.ts';
import type { Admitted } from '../actions/admit-by-link.ts';
import { ask } from '../ask.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { CheckNumber } from './check-number.tsx';
import { UnlockFirst } from './unlock-first.tsx';
import { useAsking } from './use-asking.ts';

type Step =
  | { readonly at: 'text' | 'unlocking' | 'adding' }
  | { readonly at: 'waiting'; readonly admitted: Admitted }
  | { readonly at: 'comparing'; readonly number: string };

/** Lets another browser into the backpack by the text that it shows. */
export function AdmitForm(props: {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
}): JSX.Element {
  const { actions, words } = props;
  const said = words.own.settings;
  const [text, setText] = useState('');
  const [step, setStep] = useState<Step>({ at: 'text' });
  const [wrong, setWrong] = useState('');

  const fail = (error: BackpackError): void => {
    setWrong(sayErrorInFull(error, words));
    setStep({ at: 'text' });
  };
  const admit = async (): Promise<void> => {
    setWrong('');
    setStep({ at: 'adding' });
    await actions.open();
    const admitted = await actions.admit(text);
    // Nobody types a code for a text that is no good.
    if (!admitted.ok && admitted.error.code === 'locked') return setStep({ at: 'unlocking' });
    if (!admitted.ok) return fail(admitted.error);
    setText('');
    setStep({ at: 'waiting', admitted: admitted.value });
  };
  const numberNow = async () =>
    step.at === 'waiting'
      ? actions.numberOfAdmitted(step.admitted)
      : ({ ok: true, value: undefined } as const);
  useAsking(step.at === 'waiting', numberNow, (number) =>
    number.ok ? setStep({ at: 'comparing', number: number.value }) : fail(number.error),
  );
  const close = (): void => {
    setStep({ at: 'text' });
    // It may have said by now what it is called.
    void ask<'sync-now'>({ kind: 'sync-now' });
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (step.at === 'text') void admit();
  };

  return (
    <div class="page-form">
      <h3>{said.admitTitle}</h3>
      <p class="page-lead">{said.admitHow}</p>
      {(step.at === 'text' || step.at === 'adding') && (
        <form class="page-form" noValidate onSubmit={submit}>
          <div class="field">
            <label class="field-label" for="admit-text">
              {said.admitText}
            </label>
            <textarea
              id="admit-text"
              class="field-input"
              dir="ltr"
              rows={3}
              spellcheck={false}
              maxLength={2000}
              value={text}
              aria-invalid={wrong !== ''}
              aria-describedby="admit-wrong"
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </div>
          <button type="submit" class="button" aria-disabled={step.at === 'adding'}>
            {step.at === 'adding' ? words.own.common.working : said.admitButton}
          </button>
        </form>
      )}
      {step.at === 'unlocking' && (
        <UnlockFirst
          id="admit"
          actions={actions}
          words={words}
          onUnlocked={() => void admit()}
          onCancel={() => setStep({ at: 'text' })}
        />
      )}
      {step.at === 'waiting' && <p role="status">{said.admitWaiting}</p>}
      {step.at === 'comparing' && (
        <>
          <p>{said.admitCompare}</p>
          <CheckNumber number={step.number} />
          <button type="button" class="button" onClick={close}>
            {words.own.common.close}
          </button>
        </>
      )}
      <p class="field-error" id="admit-wrong" role="alert">
        {wrong}
      </p>
    </div>
  );
}
