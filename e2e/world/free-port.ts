import { type AddressInfo, createServer } from 'node:net';

/** A port that was free a moment ago. Needed where an origin has to be known before the program listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
