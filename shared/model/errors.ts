/**
 * Every code of a failure that a person or a peer can meet. Codes never change meaning.
 * Each has its sentences in `shared/messages/errors.ts`, typed so that a code without words does not compile.
 */
export const errorCodes = [
  'unexpected',
  // addresses, fetching
  'address-not-allowed',
  'private-address',
  'access-withheld',
  'offline',
  'offer-unreachable',
  'offer-not-found',
  'offer-gone',
  'offer-refused',
  'offer-server-failed',
  'offer-timed-out',
  'offer-too-large',
  'redirect-not-allowed',
  // what arrived
  'malformed-json',
  'malformed-hash',
  'malformed-did',
  'not-a-badge',
  'not-an-archive',
  'archive-changed',
  'archive-too-large',
  'file-unreadable',
  'picture-without-badge',
  'malformed-picture',
  'drawing-with-declarations',
  'not-a-picture',
  'picture-too-large',
  'offer-kind-not-supported',
  'too-deep',
  'too-many-values',
  // names and handles
  'handle-not-allowed',
  'handle-taken',
  // the companion server's answers (shared/protocol/errors.ts gives each its status)
  'unauthorized',
  'revoked',
  'registration-closed',
  'stale',
  'compacted',
  'newer-version',
  'refused-commit',
  'malformed-request',
  'too-large',
  'too-many-requests',
  'quota',
  'not-found',
  'last-unlocker',
  'unlocker-taken',
  'mailbox-filled',
  'mailbox-closed',
  'manifest-stale',
  'manifest-refused',
  'document-differs',
  'document-missing',
  'profile-taken-down',
  'profile-suspended',
  'unavailable',
  // the learner's side of it
  'companion-unreachable',
  'companion-misbehaved',
  'recovery-code-mistyped',
  'recovery-code-unknown',
  'passkey-unknown',
  'passkey-refused',
  'passkey-without-prf',
  'passkey-not-possible',
  'sync-distrust',
  'locked',
  'no-account',
  'account-exists',
  'too-many-devices',
  'too-many-unlockers',
  'link-malformed',
  'link-other-server',
  'link-refused',
  'disclosure-differs',
  'too-many-collections',
  'collection-full',
  'backpack-full',
  'no-space',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** The values that a sentence about the failure needs; never secrets. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** The one error class. Between contexts only `{ code, facts }` travels. */
export class BackpackError extends Error {
  readonly code: ErrorCode;
  readonly facts: Facts;

  constructor(code: ErrorCode, facts: Facts = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'BackpackError';
    this.code = code;
    this.facts = facts;
  }
}

/**
 * Any thrown thing as a BackpackError: itself, `no-space` where a browser keeps no more, or else `unexpected`, with the
 * cause kept for the log.
 */
export function asBackpackError(thrown: unknown): BackpackError {
  if (thrown instanceof BackpackError) return thrown;
  return new BackpackError(isForWantOfSpace(thrown) ? 'no-space' : 'unexpected', {}, thrown);
}

/** How often the error of a store may be wrapped in others. */
const maxWrapped = 5;

/** A browser's store says so by the name of its error; what stands between may hand it on as the reason of another. */
function isForWantOfSpace(thrown: unknown): boolean {
  let error: { name?: unknown; inner?: unknown; cause?: unknown } | undefined = Object(thrown);
  for (let depth = 0; depth < maxWrapped && error !== undefined; depth += 1) {
    if (error.name === 'QuotaExceededError') return true;
    const reason: unknown = error.inner ?? error.cause;
    error = reason === undefined ? undefined : Object(reason);
  }
  return false;
}
