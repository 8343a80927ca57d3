import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sayError, type Words } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { asBackpackError, type BackpackError } from '../../shared/model/errors.ts';
import { hostText } from '../../shared/views/issuer-view.ts';
import { checkEn } from '../messages/check-en.ts';
import { CheckForm } from './check-form.tsx';
import { type CheckedAll, checkAll, maxParts } from './check-one.ts';
import { CheckResult } from './check-result.tsx';
import { checkedView } from './checked-view.ts';
import { inputOf, nameOf, type Subject, subjectOfFragment } from './subject.ts';
import type { Asking } from './visitor-fetcher.ts';

type Step =
  | { readonly is: 'asking' }
  | { readonly is: 'reading' | 'checking'; readonly subject: Subject }
  | { readonly is: 'failed'; readonly subject: Subject; readonly error: BackpackError }
  | { readonly is: 'checked'; readonly subject: Subject; readonly all: CheckedAll };

/** The whole of `/check` below its heading: what to check, what is being done, what was found. */
export function CheckApp({ words }: { readonly words: Words }): JSX.Element {
  const [step, setStep] = useState<Step>({ is: 'asking' });
  const [asked, setAsked] = useState<readonly Asking[]>([]);
  const run = useRef(0);
  const outcome = useRef<HTMLElement>(null);

  const check = async (subject: Subject): Promise<void> => {
    run.current += 1;
    const mine = run.current;
    const say = (next: Step): void => {
      if (run.current === mine) setStep(next);
    };
    setAsked([]);
    say({ is: 'reading', subject });
    try {
      const input = await inputOf(subject);
      if (!input.ok) return say({ is: 'failed', subject, error: input.error });
      say({ is: 'checking', subject });
      const all = await checkAll(input.value, (now) => {
        if (run.current === mine) setAsked(now);
      });
      say({ is: 'checked', subject, all });
    } catch (thrown) {
      say({ is: 'failed', subject, error: asBackpackError(thrown) });
    }
  };
  useEffect(() => {
    const fromAddress = (): void => {
      const subject = subjectOfFragment(location.hash);
      if (subject !== undefined) void check(subject);
    };
    fromAddress();
    addEventListener('hashchange', fromAddress);
    return () => removeEventListener('hashchange', fromAddress);
  }, []);
  useEffect(() => {
    if (step.is === 'checked') outcome.current?.focus();
  }, [step.is]);

  return (
    <>
      <CheckForm onSubject={(subject) => void check(subject)} />
      <p role="status" class="check-status">
        {saidOf(step, words)}
      </p>
      {step.is === 'checking' && asked.length > 0 && <Steps asked={asked} words={words} />}
      {step.is === 'failed' && (
        <p>
          <button type="button" class="button" onClick={() => void check(step.subject)}>
            {checkEn.again}
          </button>
        </p>
      )}
      {step.is === 'checked' && (
        <section class="check-outcome" ref={outcome} tabIndex={-1} aria-label={saidOf(step, words)}>
          {step.all.parts > 0 && <p>{partsSaid(step.all.parts, words)}</p>}
          {step.all.badges.map((checked, index) => (
            <CheckResult key={index} checked={checked} words={words} />
          ))}
        </section>
      )}
    </>
  );
}

function partsSaid(parts: number, words: Words): string {
  const holds = `${words.formats.plural(parts, checkEn.parts)}.`;
  return parts <= maxParts
    ? holds
    : `${holds} ${fill(checkEn.partsMore, { count: maxParts }, words.formats)}`;
}

function saidOf(step: Step, words: Words): string {
  switch (step.is) {
    case 'asking':
      return '';
    case 'reading':
    case 'checking':
      return fill(checkEn[step.is], { name: nameOf(step.subject) }, words.formats);
    case 'failed': {
      const { happened, remedy } = sayError(step.error, words);
      return `${happened} ${remedy}`;
    }
    case 'checked': {
      const [first] = step.all.badges;
      const word = first === undefined ? '' : checkedView(first, words).verdict.word;
      return fill(checkEn.done, { name: nameOf(step.subject), word }, words.formats);
    }
  }
}

/** Whom the check has asked, as it goes. */
function Steps({ asked, words }: { readonly asked: readonly Asking[]; readonly words: Words }): JSX.Element {
  const sentences = {
    asking: checkEn.asking,
    answered: checkEn.answered,
    relaying: checkEn.relaying,
    relayed: checkEn.relayed,
    silent: checkEn.silent,
  } as const;
  return (
    <section class="check-steps">
      <h2>{checkEn.steps}</h2>
      <ol>
        {asked.map(({ address, state }, index) => (
          <li key={index} class={state === 'asking' || state === 'relaying' ? 'soft' : undefined}>
            {fill(sentences[state], { host: hostText(new URL(address).host) }, words.formats)}
          </li>
        ))}
      </ol>
    </section>
  );
}
