import type { JSX } from 'preact';
import type { Url } from '../../shared/model/brands.ts';

/** The way to the page as everybody sees it. */
export function PageLink({ address }: { readonly address: Url }): JSX.Element {
  return (
    <p>
      <a href={address} dir="ltr" target="_blank" rel="noreferrer noopener">
        {address}
      </a>
    </p>
  );
}
