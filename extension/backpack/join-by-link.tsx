import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { QrCode } from '../../shared/components/qr-code.tsx';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackError } from '../../shared/model/errors.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { CheckNumber } from './check-number.tsx';
import { CopyButton } from './copy-button.tsx';
import type { Say } from './notice.tsx';
import { useAsking } from './use-asking.ts';

type Step =
  | { readonly at: 'start' }
  | { readonly at: 'shown'; readonly text: string }
  | { readonly at: 'comparing'; readonly number: string };

/** Joins a backpack that another browser of the learner's holds open: a text over there, then a number on both. */
export function JoinByLink(props: {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { actions, words, say } = props;
  const said = words.own.settings;
  const [step, setStep] = useState<Step>({ at: 'start' });
  const [wrong, setWrong] = useState('');
  // A text that was shown before this page was closed is still good for a while.
  useEffect(() => {
    void actions.shownOffer().then((text) => text !== undefined && setStep({ at: 'shown', text }));
  }, [actions]);

  const fail = (error: BackpackError): void => {
    setWrong(sayErrorInFull(error, words));
    setStep({ at: 'start' });
  };
  useAsking(step.at === 'shown', actions.answerToOffer, (answer) =>
    answer.ok ? setStep({ at: 'comparing', number: answer.value }) : fail(answer.error),
  );
  const show = async (): Promise<void> => {
    setWrong('');
    const text = await actions.offerToJoin();
    if (text.ok) setStep({ at: 'shown', text: text.value });
    else fail(text.error);
  };
  const accept = async (): Promise<void> => {
    const accepted = await actions.acceptAnswer();
    if (accepted.ok) say({ text: said.joined });
    else fail(accepted.error);
  };
  const decline = async (notice?: string): Promise<void> => {
    await actions.declineAnswer();
    setStep({ at: 'start' });
    if (notice !== undefined) say({ text: notice });
  };

  return (
    <div class="page-form">
      <h3>{said.linkTitle}</h3>
      <p class="page-lead">{said.linkHow}</p>
      {step.at === 'start' && (
        <button type="button" class="button" onClick={() => void show()}>
          {said.linkShow}
        </button>
      )}
      {step.at === 'shown' && <Shown text={step.text} words={words} onStop={() => void decline()} />}
      {step.at === 'comparing' && (
        <>
          <p>{said.linkCompare}</p>
          <CheckNumber number={step.number} />
          <div class="page-row">
            <button type="button" class="button button-main" onClick={() => void accept()}>
              {said.linkSame}
            </button>
            <button type="button" class="button" onClick={() => void decline(said.linkDeclined)}>
              {said.linkDiffers}
            </button>
          </div>
        </>
      )}
      <p class="field-error" role="alert">
        {wrong}
      </p>
    </div>
  );
}

function Shown(props: {
  readonly text: string;
  readonly words: BackpackWords;
  readonly onStop: () => void;
}): JSX.Element {
  const { text, words } = props;
  const said = words.own.settings;
  return (
    <>
      <QrCode text={text} label={said.linkPicture} />
      <div class="field">
        <label class="field-label" for="link-text">
          {said.linkText}
        </label>
        <textarea
          id="link-text"
          class="field-input"
          dir="ltr"
          readOnly
          rows={4}
          translate={false}
          value={text}
        />
      </div>
      <div class="page-row">
        <CopyButton text={text} label={said.linkCopy} words={words} />
        <button type="button" class="button button-plain" onClick={props.onStop}>
          {said.linkStop}
        </button>
      </div>
      <p class="soft" role="status">
        {said.linkWaiting}
      </p>
    </>
  );
}
