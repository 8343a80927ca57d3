import { type JSX, render } from 'preact';
import { useState } from 'preact/hooks';
import { CheckList } from '../../shared/components/check-list.tsx';
import { IssuerLine } from '../../shared/components/issuer-line.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import { sayErrorInFull, type Words, wordsOf } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import { instantOf } from '../../shared/model/brands.ts';
import type { BackpackError } from '../../shared/model/errors.ts';
import { checkListView } from '../../shared/views/check-list-view.ts';
import { issuerView } from '../../shared/views/issuer-view.ts';
import { verdictView } from '../../shared/views/verdict-view.ts';
import { archiveEn } from '../messages/archive-en.ts';
import { type CheckedArchive, type CheckedBadge, checkArchive } from './check-archive.ts';

/*
 * The script inside the page of a saved file: checks that file in whatever browser the page is opened, without the
 * extension, the server or the network.
 */

type Step =
  | { readonly is: 'asking' }
  | { readonly is: 'checking'; readonly done: number; readonly of: number }
  | { readonly is: 'failed'; readonly error: BackpackError }
  | { readonly is: 'checked'; readonly archive: CheckedArchive };

function Checker({ words }: { readonly words: Words }): JSX.Element {
  const [step, setStep] = useState<Step>({ is: 'asking' });
  const check = async (file: File | undefined): Promise<void> => {
    if (file === undefined || step.is === 'checking') return;
    setStep({ is: 'checking', done: 0, of: 0 });
    const clock = () => instantOf(Date.now());
    const checked = await checkArchive(file, clock, (done, of) => setStep({ is: 'checking', done, of }));
    setStep(checked.ok ? { is: 'checked', archive: checked.value } : { is: 'failed', error: checked.error });
  };
  return (
    <>
      <h2>{archiveEn.check}</h2>
      <p>{archiveEn.checkHow}</p>
      <label class="field">
        <span class="field-label">{archiveEn.choose}</span>
        <input
          type="file"
          accept=".zip,application/zip"
          onChange={({ currentTarget }) => void check(currentTarget.files?.[0])}
        />
      </label>
      <p role="status">{saidOf(step, words)}</p>
      {step.is === 'checked' && <Outcome archive={step.archive} words={words} />}
    </>
  );
}

function saidOf(step: Step, words: Words): string {
  switch (step.is) {
    case 'asking':
      return '';
    case 'checking':
      return step.of === 0 ? archiveEn.reading : fill(archiveEn.checking, step, words.formats);
    case 'failed': {
      return sayErrorInFull(step.error, words);
    }
    case 'checked': {
      const { files, made } = step.archive;
      return fill(words.formats.plural(files, archiveEn.unchanged), { date: made }, words.formats);
    }
  }
}

function Outcome(props: { readonly archive: CheckedArchive; readonly words: Words }): JSX.Element {
  const { archive, words } = props;
  const { signature, badges } = archive;
  return (
    <>
      <p title={signature?.key}>
        {signature === undefined
          ? archiveEn.unsigned
          : fill(archiveEn.signed, { tail: signature.key.slice(-8) }, words.formats)}
      </p>
      {badges.some(({ recorded }) => recorded !== undefined) && <p>{archiveEn.recorded}</p>}
      <ul>
        {badges.toSorted(byName).map((badge) => (
          <Badge key={badge.path} badge={badge} words={words} />
        ))}
      </ul>
    </>
  );
}

function Badge({ badge, words }: { readonly badge: CheckedBadge; readonly words: Words }): JSX.Element {
  const { verification, told, recorded } = badge;
  const { verdict } = verification;
  const shown = verdictView({ ...verdict, at: recorded ?? verdict.at }, words, told.standing);
  return (
    <li>
      <div>
        <h3 dir="auto">{nameOf(badge)}</h3>
        <IssuerLine issuer={issuerView(verification.badge?.issuer, told.issuerProof, words)} />
        <p>
          <VerdictMark mark={shown.mark} word={shown.word} />
        </p>
        <p>{shown.sentence}</p>
        <details>
          <summary>{archiveEn.why}</summary>
          <CheckList groups={checkListView(verdict.checks, words)} words={words} />
        </details>
      </div>
    </li>
  );
}

function nameOf({ verification, path }: CheckedBadge): string {
  const name = plainText(verification.badge?.achievement.name ?? '', 200);
  return name === '' ? path : name;
}

const byName = (a: CheckedBadge, b: CheckedBadge): number => nameOf(a).localeCompare(nameOf(b));

const place = document.getElementById('checker');
if (place !== null) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  place.replaceChildren();
  render(<Checker words={wordsOf('en', timeZone)} />, place);
}
