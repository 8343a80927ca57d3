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
  /** ceiling of the answer in bytes */
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
    if (request.asFile === true && response.ok)
      return ok({ status, header, bytes: new Uint8Array(), file: await response.blob() });
    const bytes = await readBounded(response.body, request.maxBytes);
    if (bytes === undefined) return failed(new BackpackError('companion-misbehaved', { member: 'size' }));
    return ok({ status, header, bytes });
  } catch (cause) {
    return failed(new BackpackError('companion-unreachable', { host: new URL(request.address).host }, cause));
  }
};
