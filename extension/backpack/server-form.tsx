import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayError, sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { parseUrl } from '../../shared/model/brands.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions, AccountState } from './account-actions.ts';
import type { Say } from './notice.tsx';

/** Which server carries the sealed backpack, or none. Fixed once the backpack lives on one. */
export function ServerForm(props: {
  readonly state: AccountState;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { state, actions, words, say } = props;
  const said = words.own.settings;
  const [address, setAddress] = useState<string>(state.server ?? '');
  const [wrong, setWrong] = useState('');

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const parsed = address.trim() === '' ? undefined : parseUrl(address);
    if (parsed?.ok === false) return setWrong(sayError(parsed.error, words).remedy);
    const saved = await actions.setServer(parsed?.value);
    if (!saved.ok) return setWrong(sayErrorInFull(saved.error, words));
    say({ text: parsed === undefined ? said.serverNoneSaved : said.serverSaved });
  };

  return (
    <section class="page-part">
      <h2>{said.serverTitle}</h2>
      <p class="page-lead">{said.serverHow}</p>
      {state.account !== undefined ? (
        <p>{fill(said.serverFixed, { address: state.server ?? '' }, words.formats)}</p>
      ) : (
        <form class="page-row" noValidate onSubmit={(event) => void save(event)}>
          <div class="field">
            <label class="field-label" for="server-address">
              {said.serverAddress}
            </label>
            <input
              id="server-address"
              class="field-input"
              type="url"
              inputMode="url"
              maxLength={2048}
              placeholder={said.serverNone}
              value={address}
              aria-invalid={wrong !== ''}
              aria-describedby="server-hint server-wrong"
              onInput={(event) => {
                setAddress(event.currentTarget.value);
                setWrong('');
              }}
            />
          </div>
          <button type="submit" class="button">
            {said.serverSave}
          </button>
          <div class="server-form-words">
            <p class="field-hint" id="server-hint">
              {said.serverHint}
            </p>
            <p class="field-error" id="server-wrong" role="alert">
              {wrong}
            </p>
          </div>
        </form>
      )}
    </section>
  );
}
