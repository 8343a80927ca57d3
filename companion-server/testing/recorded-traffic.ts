import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Target } from './learner.ts';

/** A way to a server on which every byte in both directions is written down. */
export async function recordTraffic({ address, origin }: Target) {
  const { hostname: host, port } = new URL(address);
  const recorded: Buffer[] = [];
  const open = new Set<Socket>();
  const listener = createServer((client) => {
    const server = connect({ host, port: Number(port) });
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(from);
      from.on('data', (bytes) => recorded.push(bytes));
      from.on('error', () => to.destroy());
      from.on('close', () => open.delete(from));
      from.pipe(to);
    }
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  const target: Target = { address: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`, origin };
  return {
    target,
    recorded: () => Buffer.concat(recorded),
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise<void>((done) => listener.close(() => done()));
    },
  };
}
