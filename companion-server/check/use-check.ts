import { useRef, useState } from 'preact/hooks';
import { asBackpackError, BackpackError } from '../../shared/model/errors.ts';
import type { Shelf } from '../../shared/model/page-data.ts';
import type { HeardWitness } from '../../shared/publish/heard-witness.ts';
import { secretNameOf } from '../../shared/publish/manifest.ts';
import { type CheckedAll, checkAll } from './check-one.ts';
import { type CheckedProfile, checkProfile } from './check-profile.ts';
import { heardOf } from './heard-of.ts';
import { inputOf, manifestIn, type Subject } from './subject.ts';
import type { Asking } from './visitor-fetcher.ts';

/** How far a check has got. */
export type Step =
  | { readonly is: 'idle' }
  | { readonly is: 'reading'; readonly subject: Subject }
  | { readonly is: 'checking'; readonly subject: Subject; readonly asked: readonly Asking[] }
  | { readonly is: 'comparing'; readonly subject: Subject; readonly done: number; readonly of: number }
  | { readonly is: 'failed'; readonly subject: Subject; readonly error: BackpackError }
  | {
      readonly is: 'checked';
      readonly subject: Subject;
      readonly all: CheckedAll;
      /** what this server states of it */
      readonly heard?: HeardWitness;
    }
  | { readonly is: 'profile'; readonly subject: Subject; readonly profile: CheckedProfile };

/** Runs one check at a time, the newest. */
export function useCheck(): readonly [step: Step, check: (subject: Subject) => void] {
  const [step, setStep] = useState<Step>({ is: 'idle' });
  const run = useRef(0);
  const check = (subject: Subject): void => {
    run.current += 1;
    const mine = run.current;
    const say = (next: Step): void => {
      if (run.current === mine) setStep(next);
    };
    say({ is: 'reading', subject });
    checkSubject(subject, say).catch((thrown) =>
      say({ is: 'failed', subject, error: asBackpackError(thrown) }),
    );
  };
  return [step, check];
}

async function checkSubject(subject: Subject, say: (step: Step) => void): Promise<void> {
  const input = await inputOf(subject);
  if (!input.ok) return say({ is: 'failed', subject, error: input.error });
  const manifest = manifestIn(input.value);
  if (manifest === undefined) {
    say({ is: 'checking', subject, asked: [] });
    const all = await checkAll(input.value, (asked) => say({ is: 'checking', subject, asked }));
    const heard = await heardOf(subject);
    return say({ is: 'checked', subject, all, ...(heard === undefined ? {} : { heard }) });
  }
  const profile = await checkProfile(manifest, (done, of) => say({ is: 'comparing', subject, done, of }));
  if (!profile.ok) return say({ is: 'failed', subject, error: profile.error });
  // Somebody else's list, however well signed, is not what was asked for.
  const { manifest: signed } = profile.value;
  const isAsked = (asked: Shelf): boolean =>
    signed.handle === asked.handle && secretNameOf(signed) === asked.secret;
  if (subject.kind === 'profile' && !isAsked(subject))
    return say({ is: 'failed', subject, error: new BackpackError('manifest-refused', { member: 'handle' }) });
  return say({ is: 'profile', subject, profile: profile.value });
}
