import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Result } from '../shared/model/result.ts';
import { readBody } from './read-body.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

type Read = (incoming: IncomingMessage) => Promise<Result<Uint8Array>>;
const readAll: Read = (incoming) => readBody(incoming, 100, () => undefined);

/** What a server reads of an upload whose sender does `andThen` once the first bytes are there. */
async function uploadedTo(read: Read, andThen: (upload: ReturnType<typeof request>) => void) {
  const server = createServer();
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const upload = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': 4 } });
  // It is told what it did itself.
  upload.on('error', () => undefined).write('ab');
  const [incoming] = (await once(server, 'request')) as [IncomingMessage];
  const reading = read(incoming);
  andThen(upload);
  return reading;
}

const brokenOff = { ok: false, error: { code: 'malformed-request', facts: { member: 'body' } } };

describe('an upload', () => {
  it('is read to its end', async () => {
    expect(await uploadedTo(readAll, (upload) => upload.end('cd'))).toEqual({
      ok: true,
      value: Buffer.from('abcd'),
    });
  });

  it('is given up where its sender leaves meanwhile', async () => {
    expect(await uploadedTo(readAll, (upload) => upload.destroy())).toMatchObject(brokenOff);
  });

  it('is given up where its sender has left before anybody reads it', async () => {
    const readLate: Read = async (incoming) => {
      await new Promise((done) => incoming.once('close', done));
      return readAll(incoming);
    };
    expect(await uploadedTo(readLate, (upload) => upload.destroy())).toMatchObject(brokenOff);
  });
});
