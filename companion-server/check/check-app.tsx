import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Words } from '../../shared/messages/catalogue.ts';
import { CheckForm } from './check-form.tsx';
import { CheckOutcome } from './check-outcome.tsx';
import { subjectOfFragment } from './subject.ts';
import { useCheck } from './use-check.ts';

/** The whole of `/check` below its heading: what to check, what is being done, what was found. */
export function CheckApp({ words }: { readonly words: Words }): JSX.Element {
  const [step, check] = useCheck();
  // Begins with what the page's own address names.
  useEffect(() => {
    const fromAddress = (): void => {
      const subject = subjectOfFragment(location.hash);
      if (subject !== undefined) check(subject);
    };
    fromAddress();
    addEventListener('hashchange', fromAddress);
    return () => removeEventListener('hashchange', fromAddress);
  }, []);
  return (
    <>
      <CheckForm onSubject={check} />
      <CheckOutcome step={step} check={check} words={words} />
    </>
  );
}
