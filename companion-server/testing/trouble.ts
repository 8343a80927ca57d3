import { type Kysely, sql } from 'kysely';
import { parseLogPage } from '../../shared/protocol/log.ts';
import type { Engine } from '../storage/engine.ts';
import type { Tables } from '../storage/tables.ts';
import { type Learner, newRecord } from './learner.ts';

/** A database that cannot be written for a while. */
export type Trouble = { readonly begin: () => Promise<unknown>; readonly end: () => Promise<unknown> };

/** Pushes `size` bytes before, in and after the trouble, the last two times the same, and reads the log about it. */
export async function pushThrough(learner: Learner, size: number, { begin, end }: Trouble) {
  const record = newRecord(size);
  const first = await learner.push([newRecord(size)]);
  const before = await logOf(learner);
  const commit = await learner.dataCommit([record]);
  const push = () => learner.pushToken(commit, [record.bytes]);
  await begin();
  const { status, json, headers } = await push();
  await end();
  const meanwhile = await logOf(learner);
  const again = await push();
  const after = await logOf(learner);
  return {
    statuses: [first.status, status, again.status],
    said: json['error'],
    comeAgain: headers['retry-after'],
    /** whether the log stood still in the trouble, and by how many commits and records it grew after it */
    isKept: JSON.stringify(meanwhile) === JSON.stringify(before),
    grown: [after.commits.length - before.commits.length, after.records.length - before.records.length],
  };
}

/** What a log names as causes of answers that the server could not give: status and code. */
export function causesIn(logText: string): readonly string[] {
  const lines = logText.split('\n').filter((line) => line !== '');
  return lines.flatMap((line) => {
    const { event, status, code } = JSON.parse(line) as Record<string, unknown>;
    return event === 'failed' ? [`${status} ${code}`] : [];
  });
}

async function logOf(learner: Learner) {
  const reply = await learner.call(learner.device, { method: 'GET', path: '/v1/log?after=-1' });
  const page = parseLogPage(reply.body);
  if (!page.ok) throw page.error;
  return page.value;
}

/**
 * Lets the database only be read from now on, or be written again. `tables`: with SQLite the very connection that is
 * meant; with PostgreSQL it holds for every one to come, and those there are are ended.
 */
export async function setReadOnly(tables: Kysely<Tables>, { name }: Engine, isReadOnly: boolean) {
  const value = sql.raw(isReadOnly ? 'on' : 'off');
  if (name === 'sqlite') {
    await sql`pragma query_only = ${value}`.execute(tables);
    return;
  }
  await sql`set default_transaction_read_only = off`.execute(tables);
  await sql`do $$ begin execute format(
    'alter database %I set default_transaction_read_only = ${value}', current_database()); end $$`.execute(
    tables,
  );
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(tables);
}
