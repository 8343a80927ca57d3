import { writeSync } from 'node:fs';
import { instantOf } from '../../shared/model/brands.ts';
import { readConfiguration } from '../configuration.ts';
import { jsonLog } from '../log.ts';
import { startServer } from '../server.ts';
import { engineOf, openStorageOver } from '../storage/open-storage.ts';
import type { Order } from './dying-order.ts';
import { type Moment, watchedDialect } from './watched-dialect.ts';

// The server as a process that kills itself where it is told to (`dying-order.ts`).

let order: Order | undefined;
let holder: object | undefined;
let isPartOver = false;
let moments: string[] = [];

function obey(given: Order): void {
  order = given;
  holder = undefined;
  isPartOver = false;
  moments = [];
}

function watch({ statement, when }: Moment, by: object): void {
  if (order === undefined) return;
  if (holder === undefined && when === 'before' && statement.startsWith(order.from)) holder = by;
  if (by !== holder) return;
  const isEnd = statement === 'commit';
  // What comes after the end of its own part is of another write that shares the transaction.
  if (statement.startsWith('release')) isPartOver = true;
  if (!isEnd && (isPartOver || when !== 'before')) return;
  moments.push(`${when} ${statement}`);
  if (order.at === (isEnd ? `${when} commit` : moments.length)) die();
  if (isEnd && when === 'after') order = undefined;
}

function die(): void {
  writeSync(1, `${JSON.stringify({ event: 'died', moment: moments.at(-1) })}\n`);
  process.kill(process.pid, 'SIGKILL');
}

const first = process.env['FIRST_ORDER'];
if (first !== undefined) obey(JSON.parse(first) as Order);
const log = jsonLog(
  (line) => process.stdout.write(line),
  () => '',
);
const server = await startServer(readConfiguration(process.env), {
  log,
  // A clock that stands still: a request sent again leaves the same rows.
  clock: () => instantOf(Date.UTC(2026, 4, 5)),
  openStorage: async (place) => {
    const engine = engineOf(place);
    return openStorageOver(watchedDialect(engine.dialect(place.location), watch), engine);
  },
});
log('listening', { port: server.port, origin: server.origin });
process.on('message', (given: Order) => {
  const seen = moments;
  obey(given);
  process.send?.(seen);
});
process.once('disconnect', () => process.exit());
