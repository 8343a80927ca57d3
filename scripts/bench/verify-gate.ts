import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isJsonObject, type JsonObject, listOf, parseJsonObject } from '../../shared/model/json.ts';
import { buildBadge, jsonOf } from '../../shared/testing/build-badge.ts';
import { type Agreement, compareWithLibrary, mutantsOf } from './canonical-gate.ts';
import { ceiling, type Row } from './measure.ts';

const corpus = resolve(import.meta.dirname, '..', '..', '..', 'shared', 'conformance');
const mutants = 20_000;
const seed = 7;

/** Whether the fast walk says what the libraries say: over the corpus when it is at hand, and over changed documents. */
export async function gateRows(): Promise<readonly Row[]> {
  const badges = await Promise.all([
    buildBadge(),
    buildBadge({ status: { set: false } }),
    buildBadge({ proof: 'Ed25519Signature2020' }),
  ]);
  const documents = [...badges.map(jsonOf), ...corpusDocuments()].flatMap(partsOf);
  return [
    row('N-Quads of the corpus that differ from the libraries', await compareWithLibrary(documents)),
    row(
      `N-Quads of changed documents that differ from the libraries (seed ${seed})`,
      await compareWithLibrary(mutantsOf(documents, mutants, seed)),
    ),
  ];
}

function row(measure: string, { asked, answered, differences }: Agreement): Row {
  const note = `${asked} documents, ${answered} answered by the fast walk, the others by the libraries`;
  const sound = answered > 0 ? differences.length : Number.NaN;
  return ceiling('verify', measure, sound, 0, 'differences', note);
}

function corpusDocuments(): readonly JsonObject[] {
  if (!existsSync(corpus)) return [];
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.includes('json'))
    .flatMap((entry) => {
      const parsed = parseJsonObject(readFileSync(join(entry.parentPath, entry.name)));
      return parsed.ok && '@context' in parsed.value ? [parsed.value] : [];
    });
}

/** A document, what its proofs sign of it, and what they sign of themselves. */
function partsOf(document: JsonObject): readonly JsonObject[] {
  const { proof, ...unsecured } = document;
  const proofs = listOf(proof).filter(isJsonObject);
  if (proofs.length === 0) return [document];
  const context = document['@context'] ?? [];
  return [document, unsecured, ...proofs.map((one) => ({ ...one, '@context': context }))];
}
