import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions, DeviceState } from './account-actions.ts';
import type { Say } from './notice.tsx';

/** Calls a device what the learner wants it called. */
export function DeviceName(props: {
  readonly device: DeviceState;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
  readonly onDone: () => void;
}): JSX.Element {
  const { device, actions, words, say, onDone } = props;
  const said = words.own.settings;
  const [name, setName] = useState(device.name ?? '');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const saved = await actions.nameDevice(device.kid, name);
    if (!saved.ok) say({ text: sayErrorInFull(saved.error, words) });
    onDone();
  };
  return (
    <form class="page-row" noValidate onSubmit={(event) => void save(event)}>
      <div class="field">
        <label class="field-label" for="device-name">
          {said.deviceName}
        </label>
        <input
          id="device-name"
          class="field-input"
          type="text"
          dir="auto"
          ref={field}
          autocomplete="off"
          maxLength={80}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="button">
        {said.deviceSaveName}
      </button>
      <button type="button" class="button button-plain" onClick={onDone}>
        {words.own.common.cancel}
      </button>
    </form>
  );
}
