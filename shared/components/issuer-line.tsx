import type { JSX } from 'preact';
import type { IssuerView } from '../views/issuer-view.ts';
import './issuer-line.css';

/** Proven host or key first, in full ink; the claimed name after it, softer. */
export function IssuerLine({ issuer }: { readonly issuer: IssuerView }): JSX.Element {
  return (
    <p class="issuer-line">
      <span
        class={issuer.proven ? 'issuer-line-lead' : 'issuer-line-lead issuer-line-unproven'}
        title={issuer.wholeKey ?? issuer.why}
      >
        {issuer.lead}
      </span>
      {issuer.caution !== undefined && (
        <>
          {/* outside, or Firefox breaks the host instead of the line */}{' '}
          <span class="issuer-line-caution">({issuer.caution})</span>
        </>
      )}
      {issuer.claim !== undefined && (
        <span class="issuer-line-claim">
          {' '}
          {issuer.claim.before}
          <bdi class="issuer-line-name">{issuer.claim.name}</bdi>
          {issuer.claim.after}
        </span>
      )}
    </p>
  );
}
