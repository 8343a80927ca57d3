import { parseSha256, type Sha256 } from '../../shared/model/brands.ts';
import { isJsonObject, type JsonObject } from '../../shared/model/json.ts';
import { type Doc, type DocId, exists, fieldOf, isDocId } from '../../shared/sync/doc.ts';

/** The one document in which the learner's devices remember what is published. */
export const profileDocId: DocId = 'settings|profile';

/** What is published, as far as the devices know. */
export type KeptProfile = {
  readonly handle: string;
  readonly name: string;
  readonly about: string;
  readonly badges: readonly DocId[];
  /** those of them that are shown by description and result only */
  readonly said: readonly DocId[];
  /** search engines may list the page */
  readonly search: boolean;
  /** `sending`: the server may have it already; it counts as published, so that it can be ended */
  readonly state: 'sending' | 'published' | 'ended';
  /** the manifest that stood when this device looked last */
  readonly manifest?: { readonly seq: number; readonly h: Sha256 };
};

/** Reads the profile's document; `undefined` when nothing was ever published. */
export function keptProfileOf(doc: Doc | undefined): KeptProfile | undefined {
  if (doc === undefined || !exists(doc)) return undefined;
  const text = (name: string): string => {
    const value = fieldOf(doc, name);
    return typeof value === 'string' ? value : '';
  };
  const ids = (name: string): readonly DocId[] => {
    const value = fieldOf(doc, name);
    return Array.isArray(value) ? value.filter(isDocId) : [];
  };
  const state = text('state');
  const manifest = fieldOf(doc, 'manifest');
  const seq = isJsonObject(manifest) ? manifest['seq'] : undefined;
  const hash = isJsonObject(manifest) ? parseSha256(String(manifest['h'])) : undefined;
  return {
    handle: text('handle'),
    name: text('name'),
    about: text('about'),
    badges: ids('badges'),
    said: ids('said'),
    search: fieldOf(doc, 'search') === true,
    state: state === 'sending' || state === 'published' ? state : 'ended',
    ...(typeof seq === 'number' && hash?.ok === true ? { manifest: { seq, h: hash.value } } : {}),
  };
}

/** True for a badge that the learner's page shows now, or may show: whether it is still in the backpack plays no part. */
export function isShownOnPage(profile: KeptProfile | undefined, badge: DocId): boolean {
  return profile !== undefined && profile.state !== 'ended' && profile.badges.includes(badge);
}

/** The fields of a profile that is being published or was. */
export function profileFields(profile: KeptProfile, made: string): JsonObject {
  const { handle, name, about, badges, said, search, state, manifest } = profile;
  return {
    made,
    handle,
    name,
    about,
    badges: [...badges],
    said: [...said],
    search,
    state,
    manifest: manifest ?? null,
  };
}
