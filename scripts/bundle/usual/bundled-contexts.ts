import credentialsV2 from '../../../shared/contexts/credentials-v2.json' with { type: 'json' };
import openBadges303 from '../../../shared/contexts/ob-v3p0-3.0.3.json' with { type: 'json' };
import type { JsonObject } from '../../../shared/model/json.ts';
import type { ContextSource } from '../../../shared/model/session.ts';
import { unusual } from './unusual.ts';

const usual: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['https://www.w3.org/ns/credentials/v2', credentialsV2],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json', openBadges303],
]);

/** The contexts of a credential as it is issued today. */
export const contextOf: ContextSource = (address) => usual.get(address) ?? unusual();
