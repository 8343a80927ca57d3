import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import { type CarriedEndorsement, maxEndorsements, type Subject } from '../model/subject.ts';
import { idOf, linkOf } from './ob-2-view.ts';

/** Endorsements of the assertion or endorsement, of its badge class and of its issuer. Source: OB 2.0 §Endorsement. */
export function endorsementsOf(subject: Subject): readonly CarriedEndorsement[] {
  return [subject.document, subject.badgeClass, subject.issuer]
    .flatMap((endorsed) =>
      endorsed === undefined
        ? []
        : listOf(endorsed['endorsement']).flatMap((value) => carried(value, endorsed)),
    )
    .slice(0, maxEndorsements + 1);
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
