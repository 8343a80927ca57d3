import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Words } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import type { Url } from '../../shared/model/brands.ts';
import { hostText } from '../../shared/views/issuer-view.ts';
import { claimEn } from '../messages/claim-en.ts';
import { CheckOutcome } from './check-outcome.tsx';
import { type CarriedOffer, hostAsked, offerInFragment } from './offer-in-fragment.ts';
import type { Subject } from './subject.ts';
import { useCheck } from './use-check.ts';

/** `/claim#…`: what is offered, shown and checked once the learner says so, and the way to keep it. */
export function ClaimApp({ words }: { readonly words: Words }): JSX.Element {
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const follow = (): void => setFragment(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const carried = offerInFragment(fragment);
  if (carried?.ok !== true) return <Nothing />;
  // Another offer is another beginning: nothing of what was found of the one before stands beside it.
  return <Offered key={carried.value.content} carried={carried.value} words={words} />;
}

function Nothing(): JSX.Element {
  return (
    <section class="claim-offer">
      <p>{claimEn.none}</p>
      <p>
        <a class="button" href="/check">
          {claimEn.check}
        </a>
      </p>
    </section>
  );
}

function Offered(props: { readonly carried: CarriedOffer; readonly words: Words }): JSX.Element {
  const { carried, words } = props;
  const [step, check] = useCheck();
  useOfferTag(carried.content);
  const host = hostAsked(carried);
  const facts = { host: host === undefined ? '' : hostText(host) };
  const subject = subjectOf(carried);
  if (subject === undefined)
    return (
      <section class="claim-offer">
        <p>{claimEn.otherKind}</p>
      </section>
    );
  return (
    <>
      <section class="claim-offer">
        <p class="claim-offer-host">
          {host === undefined ? claimEn.offeredHere : fill(claimEn.offeredBy, facts, words.formats)}
        </p>
        {step.is === 'idle' && (
          <>
            <p>
              <button type="button" class="button button-main" onClick={() => check(subject)}>
                {claimEn.look}
              </button>
            </p>
            {host !== undefined && <p class="soft small">{fill(claimEn.lookWhat, facts, words.formats)}</p>}
          </>
        )}
      </section>
      <CheckOutcome step={step} check={check} words={words} />
      <section class="claim-keep">
        <h2>{claimEn.keepTitle}</h2>
        <ol class="claim-keep-steps">
          <li>
            {claimEn.keepFirst} <a href="/#extension">{claimEn.keepHow}</a>
          </li>
          <li>{claimEn.keepThen}</li>
          <li>{claimEn.keepLast}</li>
        </ol>
      </section>
    </>
  );
}

function subjectOf({ offer }: CarriedOffer): Subject | undefined {
  switch (offer.kind) {
    case 'hosted':
      return { kind: 'address', address: offer.address as Url };
    case 'data':
      return { kind: 'bytes', bytes: offer.bytes };
    case 'not-supported-yet':
      return undefined;
  }
}

/** Offers the badge as any page does, so that whoever has the extension claims it from here. */
function useOfferTag(content: string): void {
  useEffect(() => {
    const tag = document.createElement('meta');
    tag.name = 'openbadges:offer';
    tag.content = content;
    document.head.append(tag);
    return () => tag.remove();
  }, [content]);
}
