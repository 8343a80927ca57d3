import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { nonceHeader } from '../shared/protocol/call.ts';
import type { InTransit } from './in-transit.ts';
import { type Log, nameOf } from './log.ts';
import { headersOf } from './routes/headers.ts';
import type { Answer, Surface } from './routes/route.ts';
import type { Nonces } from './use-cases/nonces.ts';

/** Shorter ones a connection holds by itself. */
const worthCounting = 16 * 1024;

/** How an answer goes out: what its surface asks for, and the header that names what the client has already. */
export type Sending = {
  readonly surface: Surface;
  readonly isCall: boolean;
  readonly ifNoneMatch: string | undefined;
};

/** Writes an answer, all of it at once unless it comes in pieces. */
export function sendAnswer(
  answer: Answer,
  { surface, isCall, ifNoneMatch }: Sending,
  outgoing: ServerResponse,
  deps: { readonly nonces: Nonces; readonly log: Log; readonly inTransit: InTransit },
): void {
  const { body } = answer;
  const headers: OutgoingHttpHeaders = { ...headersOf[surface], ...answer.headers };
  if (isCall) headers[nonceHeader.toLowerCase()] = deps.nonces.fresh();
  if (answer.closes === true) headers['connection'] = 'close';
  const tag = headers['etag'];
  if (answer.status === 200 && typeof tag === 'string' && matches(ifNoneMatch, tag)) {
    delete headers['content-type'];
    outgoing.writeHead(304, headers).end();
  } else if (body === undefined) outgoing.writeHead(answer.status, headers).end();
  else if (typeof body === 'string' || body instanceof Uint8Array) {
    const length = Buffer.byteLength(body);
    headers['content-length'] = length;
    if (length >= worthCounting) {
      deps.inTransit.add(outgoing.req.socket, length);
      outgoing.once('close', () => deps.inTransit.done(outgoing.req.socket, length));
    }
    outgoing.writeHead(answer.status, headers).end(body);
  } else {
    outgoing.writeHead(answer.status, headers);
    // Where it fails the connection breaks off: whoever reads knows that it is not all. A reader may leave before.
    pipeline(Readable.from(body, { highWaterMark: 1 }), outgoing).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'ERR_STREAM_PREMATURE_CLOSE') deps.log('failed', nameOf(thrown));
    });
  }
}

function matches(header: string | undefined, tag: string): boolean {
  return (header ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === tag || each === '*');
}
