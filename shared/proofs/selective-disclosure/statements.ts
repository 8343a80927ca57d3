import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../../model/bytes.ts';
import { type BaseValue, type DerivedValue, labelOf } from './proof-value.ts';

/** Subject, predicate, object and graph of one canonical statement; a literal may hold any text, also `_:c14n0`. */
const statement =
  /^(<[^>]*>|_:c14n\d+) (<[^>]*>) (<[^>]*>|_:c14n\d+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?)(?: (<[^>]*>|_:c14n\d+))? \.$/su;

/**
 * The canonical statements with their nodes named as in the signed ones, in order, each with its line break.
 *
 * Names without order tell nothing about what a holder leaves out. `undefined` when a node has no name, or when two
 * statements become one, for then the names are a lie.
 * Source: DI ECDSA §3.3.1 (labelReplacementCanonicalizeNQuads).
 */
export function signedStatements(
  quads: string,
  value: BaseValue | DerivedValue,
): readonly string[] | undefined {
  const nameOf = value.kind === 'base' ? hmacNames(value) : derivedNames(value);
  const lines: string[] = [];
  for (const line of quads.split('\n')) {
    if (line === '') continue;
    const renamed = rename(line, nameOf);
    if (renamed === undefined) return undefined;
    lines.push(renamed);
  }
  return new Set(lines).size === lines.length ? lines.sort() : undefined;
}

type NameOf = (canonical: string) => string | undefined;

function rename(line: string, nameOf: NameOf): string | undefined {
  const [, subject, predicate, object, graph] = statement.exec(line) ?? [];
  const terms = [subject, predicate, object, ...(graph === undefined ? [] : [graph])].map((term) =>
    term?.startsWith('_:') === true ? named(nameOf(term.slice(2))) : term,
  );
  return terms.includes(undefined) ? undefined : `${terms.join(' ')} .\n`;
}

function named(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `_:${name}`;
}

/** The issuer named each node by the HMAC of its canonical name. */
function hmacNames({ hmacKey }: BaseValue): NameOf {
  const known = new Map<string, string>();
  return (canonical) => {
    const name = known.get(canonical) ?? labelOf(hmac(sha256, hmacKey, utf8(canonical)));
    known.set(canonical, name);
    return name;
  };
}

/** The holder says what each node was called. */
function derivedNames({ labels }: DerivedValue): NameOf {
  return (canonical) => labels.get(Number(canonical.slice('c14n'.length)));
}
