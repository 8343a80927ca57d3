import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExtensionWords } from '../messages/words.ts';

/** The one field that matches a badge to its owner; asked only where a badge is not matched yet. */
export function AddAddress(props: {
  readonly id: string;
  readonly busy: boolean;
  readonly words: ExtensionWords;
  readonly onAdd: (address: string) => void;
}): JSX.Element {
  const [address, setAddress] = useState('');
  const said = props.words.own.popup;
  const add = (event: Event): void => {
    event.preventDefault();
    if (!props.busy && address.trim() !== '') props.onAdd(address.trim());
  };
  return (
    <details class="add-address">
      <summary>{said.addAddress}</summary>
      <form class="field" onSubmit={add}>
        <label class="spoken" for={`${props.id}-address`}>
          {said.addAddress}
        </label>
        <input
          id={`${props.id}-address`}
          class="field-input"
          type="email"
          autocomplete="email"
          required
          maxLength={320}
          value={address}
          aria-describedby={`${props.id}-address-hint`}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
        <p class="field-hint" id={`${props.id}-address-hint`}>
          {said.addAddressHint}
        </p>
        <button type="submit" class="button">
          {said.addAddressButton}
        </button>
      </form>
    </details>
  );
}
