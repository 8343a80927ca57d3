import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fill } from '../../shared/messages/formats.ts';
import type { Url } from '../../shared/model/brands.ts';
import type { BackpackError } from '../../shared/model/errors.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import type { ShownCollection } from '../store/shown-collections.ts';
import type { AccountActions, PublishedState } from './account-actions.ts';
import { ChooseBadges } from './choose-badges.tsx';
import { readPlanned, textOf } from './own-collections.ts';
import { firstDraft } from './share-draft.ts';
import { ShareReadable } from './share-readable.tsx';
import { ShareWho } from './share-who.tsx';
import { useLive } from './use-live.ts';

const steps = ['choose', 'who', 'readable'] as const;
type Step = (typeof steps)[number];

/** Three steps: which badges, who shows them, and exactly what becomes readable. Nothing is sent before the last. */
export function ShareSteps(props: {
  readonly server: Url;
  readonly published: PublishedState | undefined;
  readonly cards: readonly CardRow[];
  readonly first: CardRow['id'] | undefined;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  /** publishing has begun; it may still fail */
  readonly onBegin: () => void;
  readonly onDone: (text: string) => void;
}): JSX.Element {
  const { words, cards } = props;
  const said = words.own.sharing;
  const [step, setStep] = useState<Step>('choose');
  const [draft, setDraft] = useState(() =>
    firstDraft(
      props.published,
      props.first,
      cards.map(({ id }) => id),
    ),
  );
  const [refused, setRefused] = useState<BackpackError>();
  const go = (next: Step): void => {
    setRefused(undefined);
    setStep(next);
  };
  const planned = usePlanned();
  // What is to be published: a new one exactly when something in it is.
  const whole = useMemo(
    () => (planned === undefined ? undefined : { ...draft, collections: planned }),
    [draft, planned],
  );
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef<Step>(step);
  // A new step is told by the focus on its heading; the first one is not moved to.
  useEffect(() => {
    if (shown.current !== step && refused === undefined) heading.current?.focus();
    shown.current = step;
  }, [step, refused]);
  const titles: Readonly<Record<Step, string>> = {
    choose: said.chooseTitle,
    who: said.whoTitle,
    readable: said.readTitle,
  };
  const number = steps.indexOf(step) + 1;

  return (
    <section class="page-part">
      <p class="page-lead">{said.how}</p>
      <p class="soft small">{fill(said.step, { step: number, steps: steps.length }, words.formats)}</p>
      <h2 ref={heading} tabIndex={-1}>
        {titles[step]}
      </h2>
      {step === 'choose' && planned !== undefined && (
        <ChooseBadges
          cards={cards}
          collections={planned}
          draft={draft}
          words={words}
          onDraft={setDraft}
          onNext={() => go('who')}
        />
      )}
      {step === 'who' && (
        <ShareWho
          server={props.server}
          draft={draft}
          former={props.published?.handle}
          refused={refused}
          words={words}
          onDraft={setDraft}
          onBack={() => go('choose')}
          onNext={() => go('readable')}
        />
      )}
      {step === 'readable' && whole !== undefined && (
        <ShareReadable
          server={props.server}
          cards={cards}
          draft={whole}
          actions={props.actions}
          words={words}
          onDraft={setDraft}
          onBack={() => go('who')}
          onNameRefused={(why) => {
            setRefused(why);
            setStep('who');
          }}
          onBegin={props.onBegin}
          onDone={props.onDone}
        />
      )}
    </section>
  );
}

/** The collections as they would be published: another list only where it says something else. */
function usePlanned(): readonly ShownCollection[] | undefined {
  const live = useLive(readPlanned, []);
  const last = useRef<readonly ShownCollection[] | undefined>(undefined);
  if (live.state === 'ready' && (last.current === undefined || textOf(last.current) !== textOf(live.value)))
    last.current = live.value;
  return last.current;
}
