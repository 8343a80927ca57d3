import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { Identity } from '../../shared/model/badge.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { addOwnAddress, removeOwnAddress } from '../own-addresses.ts';
import { readIdentities } from '../store/badges.ts';
import type { Say } from './notice.tsx';
import { useLive } from './use-live.ts';

type Kind = keyof BackpackWords['own']['addresses']['kinds'];
const kinds: readonly Kind[] = ['email', 'url', 'telephone', 'did'];

/** The form that each kind of address must have at least; whether it is the learner's own nobody asks here. */
const forms: Readonly<Record<Kind, RegExp>> = {
  email: /^[^\s@]+@[^\s@]+$/,
  url: /^https?:\/\/\S+$/i,
  telephone: /^[+\d][\d\s()./-]{3,}$/,
  did: /^did:[a-z0-9]+:\S+$/,
};

/** The addresses that badges may have been issued to. */
export function AddressesPage({
  words,
  say,
}: {
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const identities = useLive(readIdentities, []);
  const said = words.own.addresses;
  const remove = async (identity: Identity): Promise<void> => {
    const removed = await removeOwnAddress(identity);
    const address = plainText(identity.value, 100);
    say(
      removed.ok
        ? {
            text: fill(said.removed, { address }, words.formats),
            undo: () => void addOwnAddress(identity),
          }
        : { text: sayErrorInFull(removed.error, words) },
    );
  };
  return (
    <div class="page">
      <h1>{said.title}</h1>
      <p class="page-lead">{said.how}</p>
      <AddForm words={words} say={say} />
      {identities.state === 'ready' && identities.value.length === 0 && (
        <p class="page-empty">{said.empty}</p>
      )}
      {identities.state === 'ready' && (
        <ul class="page-list">
          {identities.value.map((identity) => (
            <li key={`${identity.type} ${identity.value}`}>
              <div class="page-list-what">
                <p dir="ltr">{plainText(identity.value, 300)}</p>
                <p class="soft small">{kindWord(identity, words)}</p>
              </div>
              <button type="button" class="button" onClick={() => void remove(identity)}>
                {said.remove}
                <span class="spoken"> {plainText(identity.value, 100)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function AddForm({ words, say }: { readonly words: BackpackWords; readonly say: Say }): JSX.Element {
  const said = words.own.addresses;
  const [kind, setKind] = useState<Kind>('email');
  const [value, setValue] = useState('');
  const [wrong, setWrong] = useState(false);
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    const text = value.trim();
    if (!forms[kind].test(text)) return setWrong(true);
    const added = await addOwnAddress({ type: kind, value: text });
    if (!added.ok) return say({ text: sayErrorInFull(added.error, words) });
    setValue('');
    say({ text: fill(said.added, { address: text }, words.formats) });
  };
  return (
    <form class="page-row" noValidate onSubmit={(event) => void add(event)}>
      <div class="field addresses-kind">
        <label class="field-label" for="address-kind">
          {said.kind}
        </label>
        <select
          id="address-kind"
          class="field-input"
          value={kind}
          onChange={(event) => setKind(kinds.find((one) => one === event.currentTarget.value) ?? 'email')}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {said.kinds[one]}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label class="field-label" for="address-value">
          {said.value}
        </label>
        <input
          id="address-value"
          class="field-input"
          type="text"
          dir="ltr"
          inputMode={kind === 'did' ? 'text' : kind === 'telephone' ? 'tel' : kind}
          autocomplete={kind === 'email' ? 'email' : 'off'}
          maxLength={2048}
          value={value}
          aria-invalid={wrong}
          aria-describedby={wrong ? 'address-wrong' : undefined}
          onInput={(event) => {
            setValue(event.currentTarget.value);
            setWrong(false);
          }}
        />
      </div>
      <button type="submit" class="button">
        {said.add}
      </button>
      <p class="field-error addresses-wrong" id="address-wrong" role="alert">
        {wrong ? said.notAnAddress : ''}
      </p>
    </form>
  );
}

function kindWord(identity: Identity, words: BackpackWords): string {
  const kind = kinds.find((one) => one === identity.type);
  return kind === undefined ? plainText(identity.type, 40) : words.own.addresses.kinds[kind];
}
