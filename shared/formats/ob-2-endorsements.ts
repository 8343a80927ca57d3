import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import type { CarriedEndorsement, Subject } from '../model/subject.ts';
import { ob2ClassOf } from './ob-2-structure.ts';
import { idOf, linkOf } from './ob-2-view.ts';

/** Most endorsements of one badge that are looked at. */
export const maxEndorsements = 10;

/** Endorsements of the assertion, of its badge class and of its issuer. Source: OB 2.0 §Endorsement. */
export function endorsementsOf(subject: Subject): readonly CarriedEndorsement[] {
  // Endorsements of endorsers are theirs to show; following them would have no end.
  if (ob2ClassOf(subject.document) === 'Endorsement') return [];
  return [subject.document, subject.badgeClass, subject.issuer]
    .flatMap((endorsed) =>
      endorsed === undefined
        ? []
        : listOf(endorsed['endorsement']).flatMap((value) => carried(value, endorsed)),
    )
    .slice(0, maxEndorsements);
}

function carried(value: Json, endorsed: JsonObject): readonly CarriedEndorsement[] {
  const endorses = idOf(endorsed);
  if (isJsonObject(value) && Object.keys(value).length > 1) {
    // Inside a document it speaks in that document's vocabulary; taken out of it, it must say so.
    const context = endorsed['@context'] ?? 'https://w3id.org/openbadges/v2';
    return [{ kind: 'document', endorses, document: { '@context': context, ...value } }];
  }
  const address = linkOf(value);
  return address === undefined ? [] : [{ kind: 'link', endorses, address }];
}
