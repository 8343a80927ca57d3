import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { briefUtf8, hexOf } from '../../model/bytes.ts';
import type { HashName, HostCryptography } from '../../model/effects.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { type ContextSource, type Effort, maxSteps, noEffort } from '../../model/session.ts';
import { beyond, type Canonical, maxBlankNodes, maxListLength, maxValues } from './canonical.ts';
import { walkDocument } from './fast-quads.ts';
import { loadLibrary } from './load-library.ts';
import { canonicalText } from './order-blank-nodes.ts';
import type { Hashing } from './tell-alike-apart.ts';
import { maxTables, openTables, type TermTables } from './term-table.ts';

export type CanonizeOptions = {
  /** names nodes without a name (RDFC-1.0 §4.1); suites over P-384 use SHA-384 */
  readonly hash?: HashName;
  readonly signal?: AbortSignal | undefined;
  /** steps taken before, none when left out; those of this document are added */
  readonly effort?: Effort | undefined;
  /** hashes in another way than the bundled one */
  readonly cryptography?: HostCryptography | undefined;
};

const digests = { 'SHA-256': sha256, 'SHA-384': sha384 } as const;

/**
 * The one text of a JSON-LD document that signatures are made over: RDFC-1.0 N-Quads.
 *
 * Runs in safe mode: a word or type that no context defines is refused by name, never dropped, for what is dropped
 * was not signed. Contexts come from `contexts` alone. A document of the usual form is walked once by compiled
 * contexts; anything else, every fault among it, goes to the libraries, whose answer is the same where both have one.
 * Source: JSON-LD 1.1 API, RDFC-1.0, DI EdDSA §3.2.3.
 */
export async function canonize(
  document: JsonObject,
  contexts: ContextSource,
  options: CanonizeOptions = {},
): Promise<Canonical> {
  const values = valuesIn(document);
  if (values === undefined) return beyond('values', maxValues);
  const hashing = hashingOf(options.hash ?? 'SHA-256', options.cryptography);
  const { effort = noEffort(), signal } = options;
  const usual = await canonizeUsual(document, contexts, hashing, effort);
  if (usual !== undefined) return usual;
  effort.steps += values;
  if (effort.steps > maxSteps) return beyond('work', maxSteps);
  return (await loadLibrary()).canonizeByLibrary(document, contexts, hashing.one, effort, signal);
}

/** The answer for a document of the usual form; `undefined` for any other. */
export async function canonizeUsual(
  document: JsonObject,
  contexts: ContextSource,
  hashing: Hashing = hashingOf('SHA-256'),
  effort: Effort = noEffort(),
): Promise<Canonical | undefined> {
  const walked = walkDocument(document, tablesOf(contexts));
  if (walked === undefined || walked.blanks > maxBlankNodes) return undefined;
  const quads = await canonicalText(walked.quads, walked.blanks, hashing, effort);
  return quads === undefined ? undefined : { ok: true, quads, tally: walked.tally };
}

/** Compiled contexts of one source. Documents may ask for ever new combinations: then it starts afresh. */
const compiled = new WeakMap<ContextSource, TermTables>();

function tablesOf(contexts: ContextSource): TermTables {
  const known = compiled.get(contexts);
  if (known !== undefined && known.made < maxTables) return known;
  const tables = openTables(contexts);
  compiled.set(contexts, tables);
  return tables;
}

/**
 * How many values there are; `undefined` when they, or those of one list, are too many. Judged before anything else
 * sees the document: the library's work grows by the square of the longest list.
 */
function valuesIn(document: JsonObject): number | undefined {
  let values = 0;
  const isTooWide = (value: Json): boolean => {
    values += 1;
    if (values > maxValues) return true;
    if (Array.isArray(value)) return value.length > maxListLength || value.some(isTooWide);
    return isJsonObject(value) && Object.values(value).some(isTooWide);
  };
  return isTooWide(document) ? undefined : values;
}

function hashingOf(name: HashName, cryptography?: HostCryptography): Hashing {
  if (cryptography !== undefined) {
    const one = (text: string) => hexOf(cryptography.digest(name, briefUtf8(text)));
    return { one, all: async (texts) => texts.map(one) };
  }
  const hash = digests[name];
  return {
    one: (text) => hexOf(hash(briefUtf8(text))),
    all: async (texts) => {
      const digests = await Promise.all(texts.map((text) => crypto.subtle.digest(name, briefUtf8(text))));
      return digests.map((bytes) => hexOf(new Uint8Array(bytes)));
    },
  };
}
