import type { IncomingMessage } from 'node:http';
import { BackpackError } from '../shared/model/errors.ts';
import { failed, ok, type Result } from '../shared/model/result.ts';

/**
 * Reads a body to its end, or to the piece with which it is more than it may be: the rest is left unread.
 * `took`: told of each piece that it holds from then on. Errors: `too-large`, `malformed-request` where it breaks off,
 * which is nobody's fault here.
 */
export async function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
  took: (bytes: number) => void,
): Promise<Result<Uint8Array>> {
  const { 'content-length': said, 'transfer-encoding': coded } = incoming.headers;
  const tooLarge = () => failed(new BackpackError('too-large', { limit: maxBytes }));
  if (Number(said ?? 0) > maxBytes) return tooLarge();
  if (Number(said ?? 0) === 0 && coded === undefined) return ok(new Uint8Array());
  const brokenOff = () => failed(new BackpackError('malformed-request', { member: 'body' }));
  // Its sender may have left while it waited for its turn, and nothing would tell of that any more.
  if (incoming.destroyed) return brokenOff();
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const take = (chunk: Uint8Array) => {
      length += chunk.length;
      chunks.push(chunk);
      took(chunk.length);
      if (length <= maxBytes) return;
      incoming.off('data', take).pause();
      resolve(tooLarge());
    };
    incoming
      .on('data', take)
      .once('end', () => resolve(ok(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))))
      .once('error', () => resolve(brokenOff()));
  });
}
