import { BackpackError } from '../shared/model/errors.ts';
import { readBounded } from '../shared/model/read-bounded.ts';
import { failed, ok, type Result } from '../shared/model/result.ts';

/** One call to the learner's server as it goes out. */
export type CompanionRequest = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** origin, path and query */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** ceiling of the answer in bytes, of a file too */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
  /** the answer comes as a file, which may be larger than memory */
  readonly asFile?: boolean;
};

/** What the server answered, whatever its status. `header` takes names in any case. */
export type CompanionAnswer = {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly bytes: Uint8Array;
  /** where it was asked for and given */
  readonly file?: Blob;
};

/** The extension's way to the learner's own server. Errors: `companion-unreachable`, `companion-misbehaved`. */
export type Exchange = (request: CompanionRequest) => Promise<Result<CompanionAnswer>>;

/** Long enough for 4 MiB on a slow line. */
const exchangeTimeoutMs = 60_000;
/** For all that a server keeps. */
const fileTimeoutMs = 60 * 60_000;

/**
 * Speaks with the server: no cookies, no referrer, no cache, and no redirect, since what is signed is signed for one
 * address.
 */
export const exchange: Exchange = async (request) => {
  const giveUp = AbortSignal.timeout(request.asFile === true ? fileTimeoutMs : exchangeTimeoutMs);
  const signal = request.signal === undefined ? giveUp : AbortSignal.any([request.signal, giveUp]);
  try {
    const response = await fetch(request.address, {
      method: request.method,
      headers: request.headers,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      cache: 'no-store',
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const { status } = response;
    const header = (name: string) => response.headers.get(name) ?? undefined;
    const tooLarge = () => failed(new BackpackError('companion-misbehaved', { member: 'size' }));
    if (request.asFile === true && response.ok) {
      const file = await readFile(response.body, request.maxBytes);
      return file === undefined ? tooLarge() : ok({ status, header, bytes: new Uint8Array(), file });
    }
    const bytes = await readBounded(response.body, request.maxBytes);
    return bytes === undefined ? tooLarge() : ok({ status, header, bytes });
  } catch (cause) {
    return failed(new BackpackError('companion-unreachable', { host: new URL(request.address).host }, cause));
  }
};

/** Bytes that are in memory at once: what is in a `Blob` the browser keeps where it has room. */
const pieceBytes = 8 * 1024 * 1024;

/** A body up to `maxBytes` as a file; `undefined` when there is more. */
async function readFile(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  maxBytes: number,
): Promise<Blob | undefined> {
  const files: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let [length, waiting] = [0, 0];
  // Leaving the loop early cancels the rest.
  for await (const piece of body ?? []) {
    length += piece.length;
    waiting += piece.length;
    if (length > maxBytes) return undefined;
    pieces.push(piece);
    if (waiting < pieceBytes) continue;
    files.push(new Blob(pieces));
    [pieces, waiting] = [[], 0];
  }
  return new Blob([...files, ...pieces]);
}
