import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { Say } from './notice.tsx';
import { SaveAll } from './save-all.tsx';
import { forgetRemembered } from './use-remembered.ts';

/** For a computer that others use too: takes badges and keys out of this browser and leaves everything else. */
export function ForgetPart(props: {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { actions, words, say } = props;
  const said = words.own.settings;
  const [step, setStep] = useState<'shown' | 'sending' | 'asking'>('shown');
  const [unsent, setUnsent] = useState(0);
  const send = async (): Promise<void> => {
    if (step === 'sending') return;
    setStep('sending');
    const left = await actions.sendBeforeForgetting();
    if (!left.ok) {
      setStep('shown');
      return say({ text: sayErrorInFull(left.error, words) });
    }
    setUnsent(left.value);
    setStep('asking');
  };
  const forget = async (): Promise<void> => {
    setStep('shown');
    const forgotten = await actions.forgetBrowser();
    if (forgotten.ok) forgetRemembered();
    say({ text: forgotten.ok ? said.forgotten : sayErrorInFull(forgotten.error, words) });
  };
  return (
    <section class="page-part">
      <h2>{said.forgetTitle}</h2>
      <p class="page-lead">{said.forgetHow}</p>
      <button type="button" class="button" aria-disabled={step === 'sending'} onClick={() => void send()}>
        {step === 'sending' ? words.own.common.working : said.forget}
      </button>
      {unsent > 0 && (
        <div class="page-alert page-alert-danger">
          <p>{words.formats.plural(unsent, said.forgetUnsent)}</p>
          <SaveAll words={words} />
        </div>
      )}
      {step === 'asking' && (
        <ConfirmDialog
          title={said.forgetAsk}
          text={unsent === 0 ? said.forgetWhat : words.formats.plural(unsent, said.forgetLoses)}
          yes={unsent === 0 ? said.forgetYes : said.forgetAnyway}
          words={words}
          onYes={() => void forget()}
          onNo={() => setStep((now) => (now === 'asking' ? 'shown' : now))}
        />
      )}
    </section>
  );
}
