import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/*
 * What a push costs at least: a bare HTTP server that writes the parts of a body durably, one transaction a request,
 * and looks at nothing. A process of its own, as ours is; its folder is its argument.
 */
const [, , folder = '.'] = process.argv;
const database = new Database(join(folder, 'bare.sqlite'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('create table commits (hash text primary key, token blob)');
database.exec('create table records (id blob primary key, bytes blob)');
const putCommit = database.prepare('insert into commits (hash, token) values (?, ?)');
const putRecord = database.prepare('insert or replace into records (id, bytes) values (?, ?)');
let count = 0;
const write = database.transaction((parts: readonly Buffer[]) => {
  const [token, ...records] = parts;
  putCommit.run(String(count), token);
  for (const bytes of records) putRecord.run(bytes.subarray(0, 32), bytes);
});

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    count += 1;
    write(partsOf(Buffer.concat(chunks)));
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ n: count }));
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));

function partsOf(body: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let offset = 0; offset < body.length; ) {
    const length = body.readUInt32BE(offset);
    parts.push(body.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return parts;
}
