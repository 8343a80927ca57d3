import { type Kid, parseUrl, type Sha256 } from '../model/brands.ts';
import type { Fetcher } from '../model/effects.ts';
import { parseWitnessKeys, readStatement, type WitnessFile, type WitnessStatement } from './witness.ts';

/**
 * Whether the server that a statement names says that its key is its own: `confirmed` or `denied` when it was asked just
 * now, `unasked` when it does not answer. Then the statement is the word of that key, and nobody can say whose it was.
 */
export type KeyStanding = 'confirmed' | 'denied' | 'unasked';

export type HeardWitness = {
  /** origin that the statements name */
  readonly origin: string;
  readonly standing: KeyStanding;
  /** those whose signature holds and that speak of this very document and for this origin, in order */
  readonly statements: readonly (WitnessStatement & { readonly kid: Kid })[];
  /** of how many that is not so */
  readonly refused: number;
};

const maxKeysBytes = 64 * 1024;

/** Hears what a server has stated of a document. Asks that server for its keys, and nobody else. */
export async function hearWitness(file: WitnessFile, doc: Sha256, fetch: Fetcher): Promise<HeardWitness> {
  const read = await Promise.all(file.statements.map((token) => readStatement(token, file)));
  const statements = read.flatMap((one) =>
    one.ok && one.value.statement.doc === doc && one.value.statement.iss === file.iss
      ? [{ ...one.value.statement, kid: one.value.kid }]
      : [],
  );
  return {
    origin: file.iss,
    standing: await standingOf(
      file.iss,
      statements.map(({ kid }) => kid),
      fetch,
    ),
    statements: statements.sort((a, b) => (a.at < b.at ? -1 : 1)),
    refused: file.statements.length - statements.length,
  };
}

async function standingOf(origin: string, kids: readonly Kid[], fetch: Fetcher): Promise<KeyStanding> {
  const address = parseUrl('/.well-known/jwks.json', origin);
  // What names no origin of its own names nobody.
  if (!address.ok || new URL(address.value).origin !== origin) return 'denied';
  const answer = await fetch({ url: address.value, maxBytes: maxKeysBytes });
  if (!answer.ok || answer.value.status !== 200) return 'unasked';
  const keys = parseWitnessKeys(answer.value.bytes);
  if (!keys.ok) return 'denied';
  const own = new Set(keys.value.keys.map(({ kid }) => kid));
  return kids.every((kid) => own.has(kid)) ? 'confirmed' : 'denied';
}
