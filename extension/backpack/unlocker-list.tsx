import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import { ok, type Result } from '../../shared/model/result.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions, UnlockerState } from './account-actions.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { Say } from './notice.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { NewRecoveryCode } from './recovery-code.tsx';
import { UnlockFirst } from './unlock-first.tsx';

type Task =
  | { readonly does: 'add' | 'add-passkey' | 'replace' }
  | { readonly does: 'remove'; readonly unlocker: UnlockerState; readonly asked: boolean };

/** What opens the backpack on any browser: one more of it, one less, or all of it anew. */
export function UnlockerList(props: {
  readonly unlockers: readonly UnlockerState[];
  /** this browser can use passkeys for the server */
  readonly passkeys: boolean;
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
  const removing = {
    recovery: { ask: said.wayRemoveAsk, what: said.wayRemoveWhat, done: said.wayRemoved },
    passkey: { ask: said.passkeyRemoveAsk, what: said.passkeyRemoveWhat, done: said.passkeyRemoved },
  };
  const remove = async ({ id, kind }: UnlockerState): Promise<void> => {
    const removed = done(await actions.removeUnlocker(id), removing[kind].done);
    begin(undefined);
    if (!removed.ok) say({ text: sayErrorInFull(removed.error, words) });
  };
  const goOn = (): void => (task?.does === 'remove' ? void remove(task.unlocker) : setUnlocked(true));
  // A code works everywhere, and a passkey does not: the last code stays.
  const codes = unlockers.filter(({ kind }) => kind === 'recovery').length;
  const canRemove = ({ kind }: UnlockerState): boolean => kind === 'passkey' || codes > 1;

  return (
    <>
      <p class="soft">{words.formats.plural(unlockers.length, said.waysHow)}</p>
      <ul class="page-list">
        {unlockers.map((unlocker) => (
          <li key={unlocker.id}>
            <div class="page-list-what">
              <p>{said.wayKinds[unlocker.kind]}</p>
              <p class="soft small">{madeOn(unlocker, words)}</p>
            </div>
            {canRemove(unlocker) && (
              <button
                type="button"
                class="button"
                onClick={() => begin({ does: 'remove', unlocker, asked: false })}
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
          <h3>{said.wayAddTitle}</h3>
          {props.passkeys && <p class="soft">{said.passkeyHow}</p>}
          <div class="page-row">
            {props.passkeys && (
              <button type="button" class="button" onClick={() => begin({ does: 'add-passkey' })}>
                {said.passkeyAdd}
              </button>
            )}
            <button type="button" class="button" onClick={() => begin({ does: 'add' })}>
              {said.wayAdd}
            </button>
          </div>
          <h3>{said.replaceTitle}</h3>
          <p class="soft">{said.replaceHow}</p>
          <button type="button" class="button" onClick={() => begin({ does: 'replace' })}>
            {said.replace}
          </button>
        </>
      )}
      {task?.does === 'remove' && !task.asked && (
        <ConfirmDialog
          title={removing[task.unlocker.kind].ask}
          text={removing[task.unlocker.kind].what}
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
      {task?.does === 'add-passkey' && unlocked && (
        <PasskeyButton
          button={said.passkeyAdd}
          words={words}
          begun
          use={actions.addPasskey}
          onDone={() => done(ok(null), said.passkeyAdded)}
          onCancel={() => begin(undefined)}
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

function madeOn({ made, name }: UnlockerState, words: BackpackWords): string {
  const said = words.own.settings;
  if (made !== undefined && name !== undefined && name !== '')
    return fill(
      said.passkeyMade,
      { date: words.formats.date(made), name: plainText(name, 80) },
      words.formats,
    );
  return made === undefined
    ? said.wayFirst
    : fill(said.wayMade, { date: words.formats.date(made) }, words.formats);
}
