import type { JSX } from 'preact';
import { QrCode } from '../../shared/components/qr-code.tsx';
import { en } from '../messages/en.ts';

/** Where a printed page is found again, for people and for cameras. On a screen it is not shown. */
export function PrintedAddress({ address }: { readonly address: string }): JSX.Element {
  const [host, path] = address.split(/(?=\/@)/);
  return (
    <div class="printed-address">
      <p>
        {en.printed} {/* broken before the handle rather than within it */}
        <strong dir="ltr">
          {host}
          <wbr />
          {path}
        </strong>
      </p>
      <QrCode text={address} label={en.printedPicture} />
    </div>
  );
}
