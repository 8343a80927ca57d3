import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { maxPublishedDocumentBytes } from '../shared/model/limits.ts';
import { inTransit } from './in-transit.ts';
import { openStorage } from './storage/open-storage.ts';
import { clock, random } from './testing/learner.ts';
import { serveOnLoopback } from './testing/loopback.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

const opened: Socket[] = [];
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  await endTestServers();
});

/** A connection over which somebody began to send so much of a document, and sends no more. */
async function slowUpload({ port }: TestServer, bytes: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  opened.push(socket);
  const head = `PUT /v1/published/docs/x HTTP/1.1\r\nhost: a\r\ncontent-length: ${maxPublishedDocumentBytes}\r\n`;
  socket.write(`${head}expect: 100-continue\r\n\r\n`);
  await once(socket, 'data');
  socket.write(Buffer.alloc(bytes));
  return socket;
}

describe('bytes on their way', () => {
  const kilobytes = 1000;

  it('are cut where they have waited longest, once all together take too much', async () => {
    let answered = 0;
    const server = await startTestServer(
      { RATE_SCALE: '1000' },
      {
        maxBytesInTransit: 1000 * kilobytes,
        openStorage: async (place) => {
          const storage = await openStorage(place);
          const ask: typeof storage.ask = (question) =>
            storage.ask(question).finally(() => {
              answered += 1;
            });
          return { ...storage, ask };
        },
      },
    );
    const publisher = await Publisher.create(server);
    const before = answered;
    const slow = await slowUpload(server, 600 * kilobytes);
    // Whether it may be read is asked of the database first, which might answer who comes later before.
    while (answered === before) await new Promise(setImmediate);
    const cut = once(slow, 'close');
    const later = await slowUpload(server, 600 * kilobytes);
    await cut;
    const laterCut = once(later, 'close');
    // Who is done with what he sends goes on, however often, and makes room for himself.
    for (let count = 0; count < 5; count += 1) {
      const { hash, reply } = await publisher.lay(random(900 * kilobytes));
      expect(reply.status).toBe(201);
      const item = { said: hash, seenValidAt: clock(), recipient: 'hidden' as const };
      expect((await publisher.publish([item])).status).toBeLessThan(300);
    }
    await laterCut;
  });

  it('may wait where there is room, and are answered in the end', async () => {
    const server = await startTestServer({ RATE_SCALE: '1000' }, { maxBytesInTransit: 8000 * kilobytes });
    const sent = 600 * kilobytes;
    const slow = [await slowUpload(server, sent), await slowUpload(server, sent)];
    for (const socket of slow) {
      socket.write(Buffer.alloc(maxPublishedDocumentBytes - sent));
      expect(String((await once(socket, 'data'))[0])).toContain('401 Unauthorized');
    }
  });

  it('are cut also where nobody reads an answer', async () => {
    const server = await startTestServer({ RATE_SCALE: '1000' }, { maxBytesInTransit: 8000 * kilobytes });
    const publisher = await Publisher.create(server);
    const { hash } = await publisher.lay(random(5000 * kilobytes));
    const item = { said: hash, seenValidAt: clock(), recipient: 'hidden' as const };
    expect((await publisher.publish([item])).status).toBe(201);
    const deaf = connect(server.port, '127.0.0.1').on('error', () => undefined);
    opened.push(deaf);
    deaf.pause();
    deaf.write(`GET /d/${hash} HTTP/1.1\r\nhost: a\r\n\r\n`.repeat(4));
    while (!server.logText().includes('"path":"/d/:hash"')) await new Promise(setImmediate);
    let heard = 0;
    deaf.on('data', (chunk: Buffer) => {
      heard += chunk.length;
    });
    await once(deaf.resume(), 'close');
    expect(heard).toBeLessThan(4 * 5000 * kilobytes);
    // Nothing is left of it: whoever reads has all, one after another.
    for (let count = 0; count < 4; count += 1) {
      const answer = await fetch(`${server.address}/d/${hash}`);
      expect((await answer.arrayBuffer()).byteLength).toBe(5000 * kilobytes);
    }
  });

  it('are forgotten with their connection', async () => {
    const sockets: Socket[] = [];
    const server = await serveOnLoopback((request, response) => {
      sockets.push(request.socket);
      response.end();
    });
    for (let index = 0; index < 2; index += 1)
      await fetch(server.origin, { headers: { connection: 'close' } });
    const [gone, alive] = [sockets[0], connect(server.port, '127.0.0.1')];
    opened.push(alive);
    if (gone === undefined) throw new Error('no connection');
    if (!gone.destroyed) await once(gone, 'close');
    const bytes = inTransit(10);
    bytes.add(gone, 100);
    bytes.add(alive, 10);
    expect(alive.destroyed).toBe(false);
    bytes.done(alive, 4);
    bytes.add(alive, 4);
    expect(alive.destroyed).toBe(false);
    bytes.add(alive, 1);
    expect(alive.destroyed).toBe(true);
    await server.end();
  });
});
