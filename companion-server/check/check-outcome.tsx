import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Words } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { hostText } from '../../shared/views/issuer-view.ts';
import { checkEn } from '../messages/check-en.ts';
import { type CheckedAll, maxParts } from './check-one.ts';
import { CheckResult } from './check-result.tsx';
import { ProfileResult } from './profile-result.tsx';
import { saidOf } from './said-of.ts';
import type { Subject } from './subject.ts';
import type { Step } from './use-check.ts';
import type { Asking } from './visitor-fetcher.ts';
import { WitnessWord } from './witness-word.tsx';

type Props = {
  readonly step: Step;
  readonly check: (subject: Subject) => void;
  readonly words: Words;
};

type Ended = Extract<Step, { is: 'checked' | 'failed' }>;

/** What is being done, and what was found. */
export function CheckOutcome({ step, check, words }: Props): JSX.Element {
  const outcome = useRef<HTMLElement>(null);
  const isDone = step.is === 'checked' || step.is === 'profile';
  useEffect(() => {
    if (isDone) outcome.current?.focus();
  }, [isDone]);
  const said = saidOf(step, words);
  return (
    <>
      <p role="status" class="check-status">
        {said}
      </p>
      {step.is === 'checking' && step.asked.length > 0 && <Steps asked={step.asked} words={words} />}
      {mayCheckAgain(step) && (
        <p class="check-again">
          <button type="button" class="button" onClick={() => check(step.subject)}>
            {checkEn.again}
          </button>
        </p>
      )}
      {isDone && (
        <section class="check-outcome" ref={outcome} tabIndex={-1} aria-label={said}>
          {step.is === 'checked' && <Badges all={step.all} words={words} />}
          {step.is === 'checked' && step.heard !== undefined && (
            <WitnessWord heard={step.heard} words={words} />
          )}
          {step.is === 'profile' && <ProfileResult profile={step.profile} words={words} />}
        </section>
      )}
    </>
  );
}

/** Nothing came of it, or somebody did not answer: another time it may be different. */
function mayCheckAgain(step: Step): step is Ended {
  if (step.is !== 'checked') return step.is === 'failed';
  return step.all.badges.some(({ verification }) => verification.verdict.outcome === 'unreachable');
}

function Badges({ all, words }: { readonly all: CheckedAll; readonly words: Words }): JSX.Element {
  const { badges, parts } = all;
  return (
    <>
      {parts > 0 && <p>{`${words.formats.plural(parts, checkEn.parts)}.`}</p>}
      {parts > maxParts && <p>{fill(checkEn.partsMore, { count: maxParts }, words.formats)}</p>}
      {badges.map((checked, index) => (
        <CheckResult key={index} checked={checked} words={words} />
      ))}
    </>
  );
}

/** Whom the check has asked, as it goes. */
function Steps({ asked, words }: { readonly asked: readonly Asking[]; readonly words: Words }): JSX.Element {
  return (
    <section class="check-steps">
      <h2>{checkEn.steps}</h2>
      <ol>
        {asked.map(({ address, state }, index) => (
          <li key={index} class={state === 'asking' || state === 'relaying' ? 'soft' : undefined}>
            {fill(checkEn.asked[state], { host: hostText(new URL(address).host) }, words.formats)}
          </li>
        ))}
      </ol>
    </section>
  );
}
