import type { Kysely, Transaction } from 'kysely';

/** Rows as they lie in the database. Instants are text, so that they compare alike in every engine. */
export type Tables = {
  accounts: {
    id: string;
    /** the chain as JSON, without its head; rewritten by key commits and snapshots alone */
    chain: string;
    head_n: number;
    head_hash: string;
    used_bytes: number;
    live_records: number;
    opened_at: string;
  };
  signers: { account: string; kid: string; kind: string; public_key: string; revoked: number };
  mailboxes: { id: string; account: string; box: string; closes_at: string };
  unlockers: { account: string; id: string; unlocker: string };
  /** whose a recovery code is, asked by its own key */
  recovery_keys: { kid: string; account: string; unlocker: string };
  /** whose a passkey is, and how often it says it was used */
  passkeys: { credential: string; account: string; unlocker: string; uses: number };
  commits: { account: string; n: number; hash: string; token: string; length: number; appended_at: string };
  records: {
    account: string;
    id: string;
    rev: number;
    hash: string;
    n: number;
    length: number;
    bytes: Uint8Array;
  };
  /** the newest snapshot of an account's log; commits from `kept_from` on are all there */
  snapshots: { account: string; n: number; kept_from: number };
  /** the records as that snapshot found them */
  snapshot_records: { account: string; id: string; rev: number; hash: string; length: number };
  handles: {
    handle: string;
    owner: string | null;
    former_owner: string;
    released_at: string | null;
    /** when its owner took another in its place, for as long as it leads there */
    moved_at: string | null;
  };
  manifests: { account: string; slug: string; handle: string; seq: number; hash: string; token: string };
  manifest_names: { account: string; slug: string; hash: string };
  documents: {
    account: string;
    hash: string;
    media_type: string;
    length: number;
    bytes: Uint8Array;
    arrived_at: string;
  };
  /** profiles that the operator took down, or suspended */
  closed_profiles: { account: string; closure: string; closed_at: string };
  /** profiles that search engines may list */
  listed_profiles: { account: string; handle: string; changed_at: string };
  /** pages as they were last rendered, by the path at which they stand */
  pages: { account: string; path: string; version: string; tag: string; html: string };
  checks: {
    account: string;
    document: string;
    checked_at: string | null;
    result: string | null;
    due_at: string;
    leased_until: string | null;
  };
  /** `n`: 1 for the first that was found of a badge, then one more with each change */
  sightings: {
    account: string;
    document: string;
    n: number;
    outcome: string;
    times: number;
    first_at: string;
    last_at: string;
    first_statement: string | null;
    last_statement: string | null;
    unnamed_since: string | null;
  };
  seen_requests: { kid: string; jti: string; until: string };
  counters: { name: string; amount: number; window_ends: string };
  /** by blinded host, in milliseconds since 1970 */
  host_turns: { host: string; free_at: number };
};

/** The database, or one transaction on it. */
export type Db = Kysely<Tables> | Transaction<Tables>;
