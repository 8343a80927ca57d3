import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions, DeviceState } from './account-actions.ts';
import { AdmitForm } from './admit-form.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DeviceName } from './device-name.tsx';
import type { Say } from './notice.tsx';
import { UnlockFirst } from './unlock-first.tsx';

type Props = {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
};

/** Each browser that carries this backpack: called by its name, and removed from it when it is lost. */
export function DeviceList(props: Props & { readonly devices: readonly DeviceState[] }): JSX.Element {
  const { devices, words } = props;
  const said = words.own.settings;
  return (
    <section class="page-part">
      <h2>{said.devicesTitle}</h2>
      <p class="page-lead">{said.devicesHow}</p>
      <ul class="page-list">
        {devices.map((device) => (
          <li key={device.kid}>
            <Device device={device} {...props} />
          </li>
        ))}
      </ul>
      <AdmitForm {...props} />
    </section>
  );
}

function Device(props: Props & { readonly device: DeviceState }): JSX.Element {
  const { device, actions, words, say } = props;
  const said = words.own.settings;
  const [step, setStep] = useState<'shown' | 'renaming' | 'asking' | 'unlocking'>('shown');
  const name = nameOf(device, words);
  const remove = async (): Promise<void> => {
    setStep('shown');
    const removed = await actions.removeDevice(device.kid);
    say({
      text: removed.ok
        ? fill(said.deviceRemoved, { name }, words.formats)
        : sayErrorInFull(removed.error, words),
    });
  };
  if (step === 'renaming') return <DeviceName {...props} onDone={() => setStep('shown')} />;
  return (
    <>
      <div class="page-list-what">
        <p dir="auto">{name}</p>
        {whereabouts(device, words).map((line) => (
          <p key={line} class="soft small">
            {line}
          </p>
        ))}
      </div>
      <button type="button" class="button" onClick={() => setStep('renaming')}>
        {said.deviceRename}
        <span class="spoken"> {name}</span>
      </button>
      {!device.here && (
        <button type="button" class="button" onClick={() => setStep('asking')}>
          {said.deviceRemove}
          <span class="spoken"> {name}</span>
        </button>
      )}
      {step === 'asking' && (
        <ConfirmDialog
          title={fill(said.deviceRemoveAsk, { name }, words.formats)}
          text={said.deviceRemoveWhat}
          yes={said.deviceRemoveYes}
          words={words}
          onYes={() => setStep('unlocking')}
          onNo={() => setStep((now) => (now === 'asking' ? 'shown' : now))}
        />
      )}
      {step === 'unlocking' && (
        <UnlockFirst
          id="remove-device"
          actions={actions}
          words={words}
          onUnlocked={() => void remove()}
          onCancel={() => setStep('shown')}
        />
      )}
    </>
  );
}

function nameOf({ name }: DeviceState, words: BackpackWords): string {
  const said = words.own.settings;
  // The browser itself says what it is called, with its first sync.
  if (name === undefined) return said.deviceNew;
  return name === '' ? said.deviceUnnamed : plainText(name, 80);
}

function whereabouts({ here, seen, left }: DeviceState, words: BackpackWords): readonly string[] {
  const said = words.own.settings;
  if (here) return [said.deviceThis];
  if (left !== undefined) return [fill(said.deviceLeft, { date: words.formats.date(left) }, words.formats)];
  if (seen === undefined) return [];
  return [fill(said.deviceSeen, { date: words.formats.date(seen) }, words.formats)];
}
