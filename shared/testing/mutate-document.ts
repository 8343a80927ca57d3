import { bundledContexts } from '../contexts/bundled.ts';
import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import { seeded } from './seeded.ts';

type Open = Json | Open[] | { [name: string]: Open };
type OpenObject = { [name: string]: Open };

/** A dice that falls the same way for the same seed. */
export class Dice {
  readonly #random: ReturnType<typeof seeded>;
  constructor(seed: number) {
    this.#random = seeded(seed);
  }
  below(limit: number): number {
    const [a = 0, b = 0] = this.#random(2);
    return (a * 256 + b) % limit;
  }
  of<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  }
}

/** A JSON-LD document changed in one to four places, in ways that a processor has to get right or refuse. */
export function mutateDocument(document: JsonObject, dice: Dice): JsonObject {
  const copy = structuredClone(document) as OpenObject;
  for (let times = 1 + dice.below(dice.of([1, 2, 4])); times > 0; times -= 1) mutateOnce(copy, dice);
  return copy as JsonObject;
}

function mutateOnce(root: OpenObject, dice: Dice): void {
  const objects = objectsIn(root);
  const object = dice.of(objects);
  const names = Object.keys(object);
  const name = names.length === 0 ? 'name' : dice.of(names);
  dice.of(mutations)({ root, objects, object, name, dice });
}

type Spot = {
  readonly root: OpenObject;
  readonly objects: readonly OpenObject[];
  readonly object: OpenObject;
  readonly name: string;
  readonly dice: Dice;
};

const mutations: readonly ((spot: Spot) => void)[] = [
  ({ object, name }) => delete object[name],
  ({ object, name, dice }) => set(object, name, dice.of(strangeValues)),
  ({ object, name, dice }) => set(object, name, dice.of(strangeTexts)),
  ({ object, name, dice }) => set(object, dice.of(words), object[name] ?? null),
  ({ object, dice }) => set(object, dice.of(words), dice.of(strangeValues)),
  ({ object, dice }) => set(object, dice.of(words), dice.of(strangeTexts)),
  ({ object, name, dice }) => {
    const value = object[name] ?? null;
    delete object[name];
    set(object, dice.of(words), value);
  },
  ({ object, name }) => set(object, name, [object[name] ?? null]),
  ({ object, name }) => set(object, name, [object[name] ?? null, structuredClone(object[name] ?? null)]),
  ({ object, name, dice }) => set(object, name, [object[name] ?? null, dice.of(strangeTexts)]),
  ({ object, name, dice }) => set(object, name, wrap(object[name] ?? null, dice)),
  ({ object, dice }) => set(object, 'type', dice.of(words)),
  ({ object, dice }) =>
    set(object, 'type', [...listOf((object['type'] ?? null) as Json), dice.of(words)] as Open),
  ({ object, dice }) => set(object, dice.of(['id', '@id', 'type', '@type']), dice.of(strangeTexts)),
  ({ objects, object, dice }) => set(object, 'id', dice.of(objects)['id'] ?? 'urn:uuid:same'),
  ({ object, objects, dice }) => set(object, dice.of(words), structuredClone(dice.of(objects)) as Open),
  ({ object, name, dice }) => {
    const value = object[name];
    if (Array.isArray(value) && value.length > 1) value.splice(dice.below(value.length), 1);
    else if (Array.isArray(value)) value.reverse();
    else set(object, name, { id: 'urn:uuid:moved', name: value ?? null });
  },
  ({ object }) => {
    const turned = Object.entries(object).reverse();
    for (const [key] of turned) delete object[key];
    for (const [key, value] of turned) object[key] = value;
  },
  (spot) => mutateContext(spot),
  (spot) => mutateContext(spot),
];

function mutateContext({ root, object, dice }: Spot): void {
  const at = dice.below(3) === 0 ? object : root;
  const contexts = [...listOf((at['@context'] ?? null) as Json)] as Open[];
  const kind = dice.below(8);
  if (kind === 0) contexts.splice(dice.below(contexts.length + 1), 1);
  else if (kind === 1) contexts.reverse();
  else if (kind <= 4) contexts.splice(dice.below(contexts.length + 1), 0, dice.of(addresses));
  else if (kind === 5) contexts.push(structuredClone(dice.of(inlineContexts)) as Open);
  else if (kind === 6) contexts.push(dice.of([null, 'https://t.example/unknown', '', 7, []] as Open[]));
  set(at, '@context', contexts.length === 1 && dice.below(2) === 0 ? (contexts[0] ?? null) : contexts);
}

function wrap(value: Open, dice: Dice): Open {
  return dice.of<Open>([
    { '@value': value },
    { '@value': value, '@language': 'en' },
    { '@value': value, '@type': 'http://www.w3.org/2001/XMLSchema#string' },
    { '@id': value },
    { id: value },
    { '@list': [value] },
    { '@set': [value] },
    { '@graph': value },
    { '@included': value },
    { '@reverse': { creator: value } },
    { '@index': 'one', id: 'urn:uuid:indexed' },
    { en: value, de: value },
    { type: dice.of(words), name: value },
    { '@context': dice.of<Open>([...addresses, ...inlineContexts]), name: value },
    [[value]],
  ]);
}

function set(object: OpenObject, name: string, value: Open): void {
  object[name] = structuredClone(value) as Open;
}

function objectsIn(value: Open): OpenObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isJsonObject(value as Json)) return [];
  const object = value as OpenObject;
  return [
    object,
    ...Object.entries(object).flatMap(([name, inner]) => (name === '@context' ? [] : objectsIn(inner))),
  ];
}

const addresses: readonly string[] = bundledContexts.map(({ address }) => address);

/** Every word that some bundled context defines, and some that none does. */
const words: readonly string[] = [
  ...new Set([
    ...bundledContexts.flatMap(({ document }) => wordsOf(document['@context'])),
    ...['@id', '@type', '@value', '@graph', '@nest', '@index', '@language', '@none', '@any'],
    ...['undefinedWord', 'schema:name', 'xsd:date', 'cred:issuer', 'sec:proof', 'https://t.example/word'],
    ...[
      'http://www.w3.org/1999/02/22-rdf-syntax-ns#type',
      'https://t.example/a b',
      '_:b0',
      'a:b',
      ':a',
      'a:',
    ],
    ...['https://www.w3.org/2018/credentials#issuer', 'https://www.w3.org/2018/credentials#validUntil'],
  ]),
];

function wordsOf(context: Json | undefined): string[] {
  return listOf(context).flatMap((entry) =>
    isJsonObject(entry)
      ? Object.entries(entry).flatMap(([name, value]) => [
          ...(name.startsWith('@') ? [] : [name]),
          ...(isJsonObject(value) ? wordsOf(value['@context']) : []),
        ])
      : [],
  );
}

const strangeTexts: readonly string[] = [
  ...['', ' ', 'plain', 'two words', 'line\nend', 'tab\t"quoted" \\ back', '\u007f\u0000\b\f\r', '\u2028é𝄞'],
  ...[
    '\ud800',
    'a\udc00b',
    '@type',
    '@id',
    '@json',
    '@strange',
    '_:b0',
    '_:c14n0',
    'relative',
    '/path',
    '#part',
  ],
  ...['https://t.example/', 'https://t.example/a b', 'https://t.example/<x>', 'https://t.example/"', 'urn:a'],
  ...[
    'did:example:x',
    'mailto:a@b.example',
    'a:b',
    'schema:x',
    'xsd:date',
    'http://[',
    'é:x',
    'https://é.example/',
  ],
  ...[
    '2026-01-01T00:00:00Z',
    '1.50',
    'NaN',
    '1e3',
    'true',
    'assertionMethod',
    'Achievement',
    'Profile',
    'name',
  ],
];

const strangeValues: readonly Open[] = [
  ...[null, true, false, 0, -0, 1, -1, 1.5, 1e21, 1e-7, 123456789012345680000, 0.1, 5e-324, 100],
  ...[{}, [], [null], [[]], [1, 1], [1, 1.0, '1'], ['a', 'a'], [0, 1e-7], [true, 'true'], { id: 'urn:a' }],
  ...[
    { type: 'Profile' },
    { name: 'a' },
    [{ name: 'a' }, { name: 'a' }],
    [{ id: 'urn:a' }, 'urn:a'],
    [{}, {}],
  ],
  ...[
    { id: 'urn:a', name: 'one' },
    { narrative: 'x', id: null },
    { '@context': {} },
    { proof: [] },
    { id: 'a b' },
  ],
] as Open[];

const inlineContexts: readonly Open[] = [
  {},
  { name: 'https://t.example/name' },
  { '@vocab': 'https://t.example/vocab#' },
  { '@base': 'https://t.example/' },
  { '@language': 'en' },
  { '@protected': true, word: 'https://t.example/word' },
  { word: { '@id': 'https://t.example/word', '@type': '@id', '@container': '@list' } },
  { name: null },
  { kind: '@type' },
  { '@propagate': false, name: 'https://t.example/name' },
] as Open[];
