import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

const variable = 'NAMED_HOSTS';
const ports = new Map<string, number>(Object.entries(JSON.parse(process.env[variable] ?? '{}')));
let isPatched = false;
if (ports.size > 0) leadNamedHosts();

/**
 * Gives a port of this machine a public name: for this process, and for each program of ours that it starts from now
 * on, which loads this file first. Answers the origin: a name without a port, as pages and badges then say it.
 */
export function nameHost(name: string, port: number): string {
  ports.set(name, port);
  leadNamedHosts();
  process.env[variable] = JSON.stringify(Object.fromEntries(ports));
  process.env['NODE_OPTIONS'] = `--import ${JSON.stringify(fileURLToPath(import.meta.url))}`;
  return `http://${name}`;
}

/** All names given so far, as a browser takes them among its `hosts`. */
export function namedHosts(): Readonly<Record<string, number>> {
  return Object.fromEntries(ports);
}

function leadNamedHosts(): void {
  if (isPatched) return;
  isPatched = true;
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    // `net.connect` hands on what it was given as one list, whose first is always an object.
    const [first] = given.flat() as { host?: string; port?: number | string }[];
    const port = ports.get(first?.host ?? '');
    if (first !== undefined && port !== undefined) Object.assign(first, { host: '127.0.0.1', port });
    return Reflect.apply(connect, this, given);
  } as typeof connect;
}
