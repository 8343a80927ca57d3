import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayError } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import type { Result } from '../../shared/model/result.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions, UnlockerState } from './account-actions.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { Say } from './notice.tsx';
import { NewRecoveryCode } from './recovery-code.tsx';
import { UnlockFirst } from './unlock-first.tsx';

type Task =
  | { readonly does: 'add' | 'replace' }
  | { readonly does: 'remove'; readonly id: string; readonly asked: boolean };

/** What opens the backpack on any browser: one more of it, one less, or all of it anew. */
export function UnlockerList(props: {
  readonly unlockers: readonly UnlockerState[];
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { unlockers, actions, words, say } = props;
  const said = words.own.settings;
  const [task, setTask] = useState<Task | undefined>(undefined);
  const [unlocked, setUnlocked] = useState(false);
  const begin = (next: Task | undefined): void => {
    setUnlocked(false);
    setTask(next);
  };
  const done = (result: Result<null>, text: string): Result<null> => {
    if (result.ok) begin(undefined);
    if (result.ok) say({ text });
    return result;
  };
  const remove = async (id: string): Promise<void> => {
    const removed = done(await actions.removeUnlocker(id), said.wayRemoved);
    begin(undefined);
    if (!removed.ok) say({ text: sayError(removed.error, words).happened });
  };
  const goOn = (): void => (task?.does === 'remove' ? void remove(task.id) : setUnlocked(true));
  const canRemove = unlockers.filter(({ kind }) => kind === 'recovery').length > 1;

  return (
    <>
      <h3>{said.waysTitle}</h3>
      <p class="soft">{words.formats.plural(unlockers.length, said.waysHow)}</p>
      <ul class="page-list">
        {unlockers.map((unlocker) => (
          <li key={unlocker.id}>
            <div class="page-list-what">
              <p>{said.wayKinds[unlocker.kind]}</p>
              <p class="soft small">{madeOn(unlocker, words)}</p>
            </div>
            {canRemove && (
              <button
                type="button"
                class="button"
                onClick={() => begin({ does: 'remove', id: unlocker.id, asked: false })}
              >
                {said.wayRemove}
                <span class="spoken"> {madeOn(unlocker, words)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {task === undefined && (
        <>
          <button type="button" class="button" onClick={() => begin({ does: 'add' })}>
            {said.wayAdd}
          </button>
          <h3>{said.replaceTitle}</h3>
          <p class="soft">{said.replaceHow}</p>
          <button type="button" class="button" onClick={() => begin({ does: 'replace' })}>
            {said.replace}
          </button>
        </>
      )}
      {task?.does === 'remove' && !task.asked && (
        <ConfirmDialog
          title={said.wayRemoveAsk}
          text={said.wayRemoveWhat}
          yes={said.wayRemove}
          words={words}
          onYes={() => setTask({ ...task, asked: true })}
          onNo={() => setTask((now) => (now?.does === 'remove' && now.asked ? now : undefined))}
        />
      )}
      {task !== undefined && !unlocked && (task.does !== 'remove' || task.asked) && (
        <UnlockFirst
          id="change-ways"
          actions={actions}
          words={words}
          onUnlocked={goOn}
          onCancel={() => begin(undefined)}
        />
      )}
      {task?.does === 'add' && unlocked && (
        <NewRecoveryCode
          actions={actions}
          words={words}
          onCode={async (code) => done(await actions.addRecoveryCode(code), said.wayAdded)}
        />
      )}
      {task?.does === 'replace' && unlocked && (
        <NewRecoveryCode
          actions={actions}
          words={words}
          onCode={async (code) => done(await actions.replaceRoot(code), said.replaced)}
        />
      )}
    </>
  );
}

function madeOn({ made }: UnlockerState, words: BackpackWords): string {
  const said = words.own.settings;
  return made === undefined
    ? said.wayFirst
    : fill(said.wayMade, { date: words.formats.date(made) }, words.formats);
}
