import { readFileSync } from 'node:fs';
import { isAbsolute, join, normalize, sep } from 'node:path';
import { type Outcome, outcomes } from '../../shared/model/verdict.ts';

/** What the runner needs of one case; the form is described in the README of a conformance folder. */
export type Case = {
  readonly id: string;
  readonly generation: string;
  readonly format: string;
  readonly scope: string;
  readonly file: string;
  readonly address?: string;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly clock?: string;
  readonly recipient?: { readonly type: string; readonly values: readonly string[] };
  readonly expected: Expected;
};

export type Resource = {
  readonly status: number;
  readonly file?: string;
  readonly contentType?: string;
  readonly location?: string;
};

export type Expected = {
  readonly verdict: string;
  readonly alsoAcceptable: readonly string[];
  readonly recipientMatch?: boolean;
  readonly detectedGeneration?: string;
  readonly warnings?: boolean;
  readonly endorsements?: number;
  readonly extracted?: unknown;
  readonly extractedHas?: unknown;
};

export type Manifest = {
  readonly folder: string;
  readonly contexts: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
};

/** Largest file of a folder that is read, in bytes. */
const maxFileBytes = 32 * 1024 * 1024;

/** Reads `manifest.json` of a folder. Throws an Error with one plain sentence when it is not of the known form. */
export function readManifest(folder: string): Manifest {
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  } catch (cause) {
    throw new Error(`There is no readable manifest.json in ${folder}.`, { cause });
  }
  if (!isRecord(manifest) || !Array.isArray(manifest['cases']))
    throw new Error(`The manifest of ${folder} has no list of cases.`);
  const contexts = isRecord(manifest['contexts']) ? manifest['contexts'] : {};
  return {
    folder,
    contexts: Object.fromEntries(
      Object.entries(contexts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    cases: manifest['cases'].map(parseCase),
  };
}

/** The bytes of a file that the manifest names; a path that leaves the folder is refused. */
export function readCaseFile(folder: string, path: string): Uint8Array {
  const plain = normalize(path);
  if (isAbsolute(plain) || plain === '..' || plain.startsWith(`..${sep}`))
    throw new Error(`The manifest names a file outside its folder: ${path}.`);
  const bytes = readFileSync(join(folder, plain));
  if (bytes.length > maxFileBytes) throw new Error(`A file of the folder is too large: ${path}.`);
  return new Uint8Array(bytes);
}

/** A case that lacks what it needs is kept: it fails when it runs, and the others go on. */
function parseCase(value: unknown, index: number): Case {
  const one = isRecord(value) ? value : {};
  const { id, files, expected } = one;
  const input = isRecord(one['input']) ? one['input'] : {};
  const recipient = parseRecipient(one['recipient']);
  return {
    id: typeof id === 'string' ? id : `case ${index}`,
    generation: String(one['generation']),
    format: String(one['format']),
    scope: String(one['scope']),
    file: Array.isArray(files) ? String(files[0]) : '',
    ...(typeof input['url'] === 'string' ? { address: input['url'] } : {}),
    resources: parseResources(one['resources']),
    ...(typeof one['clock'] === 'string' ? { clock: one['clock'] } : {}),
    ...(recipient === undefined ? {} : { recipient }),
    expected: parseExpected(isRecord(expected) ? expected : {}),
  };
}

function parseRecipient(value: unknown): Case['recipient'] {
  if (!isRecord(value) || typeof value['type'] !== 'string') return undefined;
  const values = Array.isArray(value['value']) ? value['value'] : [value['value']];
  return { type: value['type'], values: values.filter((one) => typeof one === 'string') };
}

function parseResources(value: unknown): Readonly<Record<string, Resource>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([address, resource]) => [address, parseResource(resource)]),
  );
}

function parseResource(value: unknown): Resource {
  if (typeof value === 'string') return { status: 200, file: value };
  if (!isRecord(value)) return { status: 404 };
  return {
    status: typeof value['status'] === 'number' ? value['status'] : 200,
    ...(typeof value['file'] === 'string' ? { file: value['file'] } : {}),
    ...(typeof value['contentType'] === 'string' ? { contentType: value['contentType'] } : {}),
    ...(typeof value['location'] === 'string' ? { location: value['location'] } : {}),
  };
}

function parseExpected(value: Readonly<Record<string, unknown>>): Expected {
  return {
    verdict: String(value['verdict']),
    alsoAcceptable: Array.isArray(value['alsoAcceptable']) ? value['alsoAcceptable'].map(String) : [],
    ...(typeof value['recipientMatch'] === 'boolean' ? { recipientMatch: value['recipientMatch'] } : {}),
    ...(typeof value['detectedGeneration'] === 'string'
      ? { detectedGeneration: value['detectedGeneration'] }
      : {}),
    ...(typeof value['warnings'] === 'boolean' ? { warnings: value['warnings'] } : {}),
    ...(typeof value['endorsements'] === 'number' ? { endorsements: value['endorsements'] } : {}),
    ...('extracted' in value ? { extracted: value['extracted'] } : {}),
    ...('extractedHas' in value ? { extractedHas: value['extractedHas'] } : {}),
  };
}

export function isOutcome(value: unknown): value is Outcome {
  return outcomes.some((outcome) => outcome === value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
