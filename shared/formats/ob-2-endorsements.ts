import { hostOf } from '../model/host-of.ts';
import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import { type CarriedEndorsement, maxEndorsements, type Subject } from '../model/subject.ts';
import { webAddressOf } from './linked.ts';
import { idOf, linkOf } from './ob-2-view.ts';

/** Endorsements of the assertion or endorsement, of its badge class and of its issuer. Source: OB 2.0 §Endorsement. */
export function endorsementsOf(subject: Subject): readonly CarriedEndorsement[] {
  return [subject.document, subject.badgeClass, subject.issuer]
    .flatMap((endorsed) =>
      endorsed === undefined
        ? []
        : listOf(endorsed['endorsement']).flatMap((value) => carried(value, endorsed, subject)),
    )
    .slice(0, maxEndorsements + 1);
}

function carried(value: Json, endorsed: JsonObject, subject: Subject): readonly CarriedEndorsement[] {
  const endorses = nameOf(endorsed, subject);
  if (isJsonObject(value) && Object.keys(value).length > 1) {
    // Inside a document it speaks in that document's vocabulary; taken out of it, it must say so.
    const context = endorsed['@context'] ?? 'https://w3id.org/openbadges/v2';
    return [{ kind: 'document', endorses, document: { '@context': context, ...value } }];
  }
  const address = linkOf(value);
  return address === undefined ? [] : [{ kind: 'link', endorses, address }];
}

/**
 * The id under which something may be endorsed. What was read at its address bears it by right; what a badge brings
 * along could bear a stranger's, and with it all that was ever said of the stranger's: it has to name a host that stands
 * behind the badge (threat T49).
 */
function nameOf(endorsed: JsonObject, { document, hosted, issuer, token }: Subject): string | undefined {
  const id = idOf(endorsed);
  const isBroughtAlong = endorsed === document['badge'] || (endorsed === document && token !== undefined);
  if (id === undefined || !isBroughtAlong || webAddressOf(id) === undefined) return id;
  const behind = [hosted?.requested, issuer === undefined ? undefined : idOf(issuer)];
  return behind.some((address) => address !== undefined && hostOf(address) === hostOf(id)) ? id : undefined;
}
