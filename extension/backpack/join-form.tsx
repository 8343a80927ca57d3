import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { CodeForm } from './code-form.tsx';
import { JoinByLink } from './join-by-link.tsx';
import type { Say } from './notice.tsx';
import { PasskeyButton } from './passkey-button.tsx';

/** Brings the backpack of another device into this browser; what is here already is added to it. */
export function JoinForm(props: {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
  readonly enabled: boolean;
  /** this browser can use passkeys for the server */
  readonly passkeys: boolean;
}): JSX.Element {
  const { actions, words, say } = props;
  const said = words.own.settings;
  const [wrong, setWrong] = useState('');
  const join = async (code: string): Promise<void> => {
    setWrong('');
    const joined = await actions.join(code);
    if (joined.ok) return say({ text: said.joined });
    setWrong(sayErrorInFull(joined.error, words));
  };
  return (
    <section class="page-part">
      <h2>{said.joinTitle}</h2>
      <p class="page-lead">{said.joinHow}</p>
      {props.enabled ? (
        <>
          <CodeForm id="join" button={said.joinButton} wrong={wrong} words={words} onCode={join} />
          {props.passkeys && (
            <div class="page-form">
              <h3>{said.joinPasskeyTitle}</h3>
              <p class="page-lead">{said.joinPasskeyHow}</p>
              <PasskeyButton
                button={said.passkeyUse}
                words={words}
                use={actions.joinByPasskey}
                onDone={() => say({ text: said.joined })}
              />
            </div>
          )}
          <JoinByLink actions={actions} words={words} say={say} />
        </>
      ) : (
        <p class="soft">{said.needsServer}</p>
      )}
    </section>
  );
}
