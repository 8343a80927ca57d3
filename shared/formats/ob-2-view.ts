import type { Achievement, Alignment, Badge, Endorsement, Evidence, Issuer } from '../model/badge.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import { parseZonedTime } from '../model/time.ts';
import { recipientsOf } from './recipients.ts';

/** Most entries of one list that are shown. */
const maxShown = 100;

/** The documents that together are one 2.0 badge. What could not be had is absent. */
export type Ob2Graph = {
  readonly assertion: JsonObject;
  readonly badgeClass?: JsonObject;
  readonly issuer?: JsonObject;
  readonly endorsements?: readonly JsonObject[];
};

/** The one view of a 2.0 badge, for display and search. */
export function badgeOfOb2(graph: Ob2Graph): Badge {
  const { assertion } = graph;
  const badge = assertion['badge'];
  const badgeClass = graph.badgeClass ?? (isJsonObject(badge) ? badge : {});
  const embeddedIssuer = badgeClass['issuer'];
  const issuer = graph.issuer ?? (isJsonObject(embeddedIssuer) ? embeddedIssuer : {});
  const awarded = timeOf(assertion['issuedOn']);
  const expires = timeOf(assertion['expires']);
  const narrative = textOf(assertion['narrative']);
  const picture = pictureOf(assertion['image']);
  return {
    generation: '2.0',
    id: idOf(assertion) ?? '',
    achievement: achievementOf(badgeClass, idOf(badgeClass) ?? linkOf(badge)),
    issuer: issuerOf(issuer, idOf(issuer) ?? linkOf(embeddedIssuer) ?? ''),
    recipients: recipientsOf(assertion),
    ...(awarded === undefined ? {} : { awarded }),
    ...(expires === undefined ? {} : { expires }),
    evidence: listOf(assertion['evidence'])
      .filter((entry) => entry !== null)
      .slice(0, maxShown)
      .map(evidenceOf),
    ...(narrative === undefined ? {} : { narrative }),
    endorsements: (graph.endorsements ?? []).slice(0, maxShown).map(endorsementOf),
    ...(picture === undefined ? {} : { picture }),
    document: assertion,
  };
}

/** `id` or `@id` of an object. */
export function idOf(object: JsonObject): string | undefined {
  return stringOf(object['id'] ?? object['@id']);
}

/** The address of what is linked or embedded. */
export function linkOf(value: Json | undefined): string | undefined {
  return isJsonObject(value) ? idOf(value) : stringOf(value);
}

function achievementOf(badgeClass: JsonObject, id: string | undefined): Achievement {
  const description = textOf(badgeClass['description']);
  const picture = pictureOf(badgeClass['image']);
  const criteria = criteriaOf(badgeClass['criteria']);
  return {
    ...(id === undefined ? {} : { id }),
    name: textOf(badgeClass['name']) ?? '',
    ...(description === undefined ? {} : { description }),
    ...(picture === undefined ? {} : { picture }),
    ...(criteria === undefined ? {} : { criteria }),
    tags: listOf(badgeClass['tags'])
      .slice(0, maxShown)
      .flatMap((tag) => textOf(tag) ?? []),
    alignments: listOf(badgeClass['alignment']).slice(0, maxShown).flatMap(alignmentOf),
  };
}

function criteriaOf(value: Json | undefined): Achievement['criteria'] {
  const address = linkOf(value);
  const narrative = isJsonObject(value) ? textOf(value['narrative']) : undefined;
  if (address === undefined && narrative === undefined) return undefined;
  return { ...(address === undefined ? {} : { address }), ...(narrative === undefined ? {} : { narrative }) };
}

function alignmentOf(value: Json): readonly Alignment[] {
  if (!isJsonObject(value)) return [];
  const name = textOf(value['targetName'] ?? value['name']);
  if (name === undefined) return [];
  const parts = {
    address: stringOf(value['targetUrl'] ?? value['url']),
    description: textOf(value['targetDescription'] ?? value['description']),
    framework: textOf(value['targetFramework']),
    code: textOf(value['targetCode']),
  };
  return [{ name, ...present(parts) }];
}

function issuerOf(issuer: JsonObject, id: string): Issuer {
  const parts = {
    name: textOf(issuer['name']),
    address: stringOf(issuer['url']),
    email: stringOf(issuer['email']),
    description: textOf(issuer['description']),
    picture: pictureOf(issuer['image']),
  };
  return { id, ...present(parts) };
}

function evidenceOf(value: Json): Evidence {
  if (!isJsonObject(value)) return present({ address: stringOf(value) });
  return present({
    address: idOf(value),
    name: textOf(value['name']),
    description: textOf(value['description']),
    narrative: textOf(value['narrative']),
    genre: textOf(value['genre']),
  });
}

function endorsementOf(document: JsonObject): Endorsement {
  const issuer = document['issuer'];
  const claim = document['claim'];
  const parts = {
    issuerName: isJsonObject(issuer) ? textOf(issuer['name']) : undefined,
    issuerId: linkOf(issuer),
    comment: isJsonObject(claim) ? textOf(claim['endorsementComment']) : undefined,
  };
  return { ...present(parts), document };
}

/** A text, or the text of one that carries its language. */
function textOf(value: Json | undefined): string | undefined {
  return isJsonObject(value) ? stringOf(value['@value']) : stringOf(value);
}

function pictureOf(value: Json | undefined): string | undefined {
  return linkOf(listOf(value)[0]);
}

function timeOf(value: Json | undefined) {
  return typeof value === 'string' ? parseZonedTime(value) : undefined;
}

/** Leaves out what is absent, as exact optional properties ask. */
function present<Parts extends Readonly<Record<string, string | undefined>>>(
  parts: Parts,
): { readonly [Name in keyof Parts]?: string } {
  const entries = Object.entries(parts).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries) as { readonly [Name in keyof Parts]?: string };
}
