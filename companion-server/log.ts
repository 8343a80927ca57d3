import { fstatSync, writeSync } from 'node:fs';

/** What may stand in a log: codes, numbers, durations. Never a body, an address, a key or a person's words. */
export type LogFacts = Readonly<Record<string, string | number | boolean>>;
export type Log = (event: string, facts?: LogFacts) => void;

/** One JSON line an event, through `write`. */
export function jsonLog(write: (line: string) => void, now: () => string): Log {
  return (event, facts = {}) => write(`${JSON.stringify({ at: now(), event, ...facts })}\n`);
}

/** How long a line waits for others. */
const logDelayMs = 100;

/** Writes lines together: each writing holds up everybody, and wakes whoever reads them. The last ones at the end. */
export function writtenTogether(write: (text: string) => void): (line: string) => void {
  let waiting = '';
  const writeAll = () => {
    if (waiting !== '') write(waiting);
    waiting = '';
  };
  process.once('exit', writeAll);
  return (line) => {
    if (waiting === '') setTimeout(writeAll, logDelayMs).unref();
    waiting += line;
  };
}

/** What waits at most for whoever reads the log, in bytes: past it lines are lost. */
const maxUnread = 1024 * 1024;

/**
 * Writes to the standard output, and never holds up the server for it. Where nothing can be written there, for want of
 * space or of a reader, the lines are lost and the server goes on: by `process.stdout` its own end would be the answer
 * to a full disk. Once there is space again the log goes on too.
 */
export function standardOutput(): (text: string) => void {
  const kind = fstatSync(1);
  return kind.isFIFO() || kind.isSocket() || process.stdout.isTTY ? toReader() : toFile;
}

/** Whoever reads may stop reading for a while, or for good. */
function toReader(): (text: string) => void {
  const { stdout } = process;
  stdout.on('error', () => undefined);
  return (text) => {
    if (stdout.writableLength < maxUnread) stdout.write(text);
  };
}

function toFile(text: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
  } catch {
    // The log is the only place where this could be said.
    return;
  }
}

/** The name and code of something thrown, and nothing of its message, which may quote what was sent. */
export function nameOf(thrown: unknown): LogFacts {
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {};
  // The first frames are this program's own file names and lines. They come after the message, whose lines may look alike.
  const stack = thrown.stack ?? '';
  const where = stack
    .slice(Math.max(0, stack.indexOf(thrown.message)) + thrown.message.length)
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 3);
  return { name: thrown.name, ...code, where: where.map((line) => line.trim()).join(' < ') };
}
