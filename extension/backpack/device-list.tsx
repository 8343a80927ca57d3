import type { JSX } from 'preact';
import { fill } from '../../shared/messages/formats.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountState } from './account-actions.ts';

/** Each browser that carries this backpack. */
export function DeviceList(props: {
  readonly devices: NonNullable<AccountState['account']>['devices'];
  readonly words: BackpackWords;
}): JSX.Element {
  const { devices, words } = props;
  const said = words.own.settings;
  return (
    <section class="page-part">
      <h2>{said.devicesTitle}</h2>
      <p class="page-lead">{said.devicesHow}</p>
      <ul class="page-list">
        {devices.map((device) => (
          <li key={device.kid}>
            {device.here
              ? said.deviceThis
              : fill(said.deviceOther, { tail: device.kid.slice(-8) }, words.formats)}
          </li>
        ))}
      </ul>
    </section>
  );
}
