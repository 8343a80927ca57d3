import type { JsonObject } from '../model/json.ts';
import type { Subject } from '../model/subject.ts';
import { bitstringStatusList } from './bitstring-status-list.ts';
import { oneEdTechRevocationList } from './one-edtech-revocation-list.ts';
import { revocationList } from './revocation-list.ts';
import { revocationList2020 } from './revocation-list-2020.ts';
import { revocationObject } from './revocation-object.ts';
import type { StatusKind } from './status-kind.ts';
import { statusList2021 } from './status-list-2021.ts';

/** Every kind of status that can be asked. */
export const statusKinds: readonly StatusKind[] = [
  revocationList,
  revocationObject,
  bitstringStatusList,
  statusList2021,
  revocationList2020,
  oneEdTechRevocationList,
];

export function statusKindOf(entry: JsonObject, subject: Subject): StatusKind | undefined {
  return statusKinds.find((kind) => kind.recognises(entry, subject));
}
