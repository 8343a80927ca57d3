import { judgeBySchema } from '../formats/json-schema.ts';
import { textOf } from '../model/bytes.ts';
import { passed, warning } from '../model/check.ts';
import { isJsonObject, type JsonObject, listOf, parseJson, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';

const source = 'OB 3.0 §verification (credentialSchema); VC JSON Schema §3';

/** Kinds of schema that are plain JSON schemas at an address. */
const kinds = new Set(['1EdTechJsonSchemaValidator2019', 'JsonSchema', 'JsonSchemaValidator2018']);
/** Most schemas of one credential that are asked for. */
const maxSchemas = 3;

/**
 * Holds a credential to the schemas that it names. Our own rules of form decide what can be read; a schema beside them
 * is the issuer's own, so that breaking it, or not having it, is told and spoils nothing.
 * Source: OB 3.0 §verification 1; conformance rule 3.
 */
export async function judgeCredentialSchemas(
  { document }: Subject,
  session: Session,
): Promise<readonly Check[]> {
  const schemas = listOf(document['credentialSchema']).filter(isJsonObject).slice(0, maxSchemas);
  return Promise.all(schemas.map((schema) => judgeOne(schema, document, session)));
}

async function judgeOne(named: JsonObject, document: JsonObject, session: Session): Promise<Check> {
  const address = stringOf(named['id']) ?? '';
  const facts = { address: address.slice(0, 200) };
  const unavailable = warning('schema', 'schema-unavailable', source, facts);
  if (!listOf(named['type']).some((type) => typeof type === 'string' && kinds.has(type))) return unavailable;
  const answer = await session.read(address, 'application/schema+json, application/json;q=0.9');
  if (!answer.ok || answer.value.status !== 200) return unavailable;
  const schema = parseJson(textOf(answer.value.bytes) ?? '');
  if (!schema.ok) return unavailable;
  const judged = judgeBySchema(document, schema.value);
  if (judged.kind === 'cannot-judge') return unavailable;
  const [broken] = judged.broken;
  if (broken !== undefined)
    return warning('schema', 'schema-broken', source, { ...facts, field: broken.slice(0, 200) });
  return judged.isWhole ? passed('schema', 'schema-kept', source, facts) : unavailable;
}
