import type { Handle } from '../../shared/model/brands.ts';
import type { Clock, Fetcher } from '../../shared/model/effects.ts';
import type { SignerKind } from '../../shared/protocol/call.ts';
import type { PageScripts } from '../pages/page-scripts.ts';
import type { AdmissionDeps, Admitted, Signer } from '../use-cases/admit-request.ts';
import type { FailureRate } from '../use-cases/attempts.ts';
import type { Rate } from '../use-cases/rates.ts';
import type { Witness } from '../use-cases/state-seen.ts';
import type { PasskeyDeps } from '../use-cases/unlock-by-passkey.ts';

/** What a kind of answer always carries; see `headers.ts`. */
export type Surface = 'api' | 'page' | 'check' | 'document' | 'asset' | 'health';

/**
 * One address of the server. Who may call it, how large its body and how frequent its calls may be are data, so that
 * one test proves that no route lacks them.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** each `:name` is one part, of any form or of that in braces; see `find-route.ts` */
  readonly path: string;
  /** whose signature it asks for; empty: open to anyone */
  readonly signers: readonly SignerKind[];
  readonly surface: Surface;
  readonly maxBodyBytes: number;
  /** empty only for public pages and documents, which are static and cacheable (design §16) */
  readonly rates: readonly Rate[];
  /** counts what is refused with 401, and refuses all once it is used up */
  readonly failures?: FailureRate;
  /**
   * Whether the answer remembers its request `once` with what it does, and until then has no effect: the signature is
   * looked at while it begins. Otherwise it is remembered before.
   */
  readonly remembersItself?: true;
  readonly answer: (asked: Asked, deps: RouteDeps) => Promise<Answer>;
};

export type Asked = {
  /** as it came, without its query */
  readonly path: string;
  readonly names: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
  /** throws where the route asks for no signature */
  readonly signer: () => Signer;
  readonly admitted: () => Admitted;
};

export type Answer = {
  readonly status: number;
  /** in pieces: each is made when the one before is on its way */
  readonly body?: string | Uint8Array<ArrayBuffer> | AsyncIterable<string>;
  readonly headers?: Readonly<Record<string, string>>;
  /** the connection ends with it, because the rest of a body was left unread */
  readonly closes?: boolean;
  /** what kept the server from it; for the log alone */
  readonly cause?: unknown;
};

export type RouteDeps = AdmissionDeps &
  PasskeyDeps & {
    readonly clock: Clock;
    /** the guarded way out, past every cache */
    readonly readNow: Fetcher;
    readonly scripts: PageScripts;
    readonly witness: Witness;
    readonly publicOrigin: string;
    readonly blockedHandles: ReadonlySet<Handle>;
    /** how the operator is reached; `undefined` where he does not say */
    readonly reportContact: { readonly text: string; readonly address: string } | undefined;
    readonly software: string;
    /** tells the worker that there is something to check */
    readonly wakeWorker: () => void;
  };
