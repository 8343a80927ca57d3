import { parseHandle } from '../shared/model/brands.ts';
import type { Clock } from '../shared/model/effects.ts';
import type { Result } from '../shared/model/result.ts';
import { operatorEn as en } from './messages/operator-en.ts';
import type { Storage } from './storage/storage.ts';
import { closeProfile, reopenProfile } from './use-cases/close-profile.ts';

/** What a command came to, as the terminal says it; `isDone`: whether it did what was asked. */
export type CommandOutcome = { readonly isDone: boolean; readonly text: string };

type Deps = { readonly storage: Storage; readonly clock: Clock };

/** One thing that an operator can do to a profile; the sentence says what it came to. */
type Command = (handle: Parameters<typeof reopenProfile>[0], deps: Deps) => Promise<Result<string>>;

const commands: Readonly<Record<string, Command>> = {
  takedown: async (handle, deps) => saying(await closeProfile(handle, 'taken-down', deps), en.takedown),
  suspend: async (handle, deps) => saying(await closeProfile(handle, 'suspended', deps), en.suspend),
  restore: async (handle, deps) => {
    const wasClosed = await reopenProfile(handle, deps);
    return saying(wasClosed, wasClosed.ok && wasClosed.value ? en.restore : en.notClosed);
  },
};

/** Does what an operator asks for on the command line, in the database alone, so that every process follows at once. */
export async function runCommand(words: readonly string[], deps: Deps): Promise<CommandOutcome> {
  const [name = '', text, ...more] = words;
  if (name === 'closed' && text === undefined) return listed(deps);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined || text === undefined || more.length > 0)
    return { isDone: false, text: en.usage };
  const handle = parseHandle(text.replace(/^@/, ''));
  if (!handle.ok) return said(false, en.notAHandle, { name: JSON.stringify(text) });
  const done = await command(handle.value, deps);
  if (done.ok) return said(true, done.value, { name: handle.value });
  return said(false, done.error.code === 'not-found' ? en.nobody : en.failed, { name: handle.value });
}

async function listed({ storage }: Deps): Promise<CommandOutcome> {
  const closed = await storage.read(({ closures }) => closures.all());
  if (closed.length === 0) return said(true, en.none, {});
  const lines = closed.map(({ handle, ...facts }) => said(true, en.closed, { name: handle, ...facts }).text);
  return { isDone: true, text: lines.join('') };
}

function saying(result: Result<unknown>, sentence: string): Result<string> {
  return result.ok ? { ok: true, value: sentence } : result;
}

function said(isDone: boolean, sentence: string, facts: Readonly<Record<string, string>>): CommandOutcome {
  return { isDone, text: `${sentence.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '')}\n` };
}
