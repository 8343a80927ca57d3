import { parseSha256, type Sha256 } from '../../shared/model/brands.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/model/json.ts';
import { type Theme, themeOf } from '../../shared/model/themes.ts';
import type { ManifestHead } from '../../shared/publish/manifest.ts';
import { type Doc, type DocId, exists, fieldOf, isDocId } from '../../shared/sync/doc.ts';
import type { ShownCollection } from './shown-collections.ts';

/** The one document in which the learner's devices remember what is published. */
export const profileDocId: DocId = 'settings|profile';

/** What is published, as far as the devices know. */
export type KeptProfile = {
  readonly handle: string;
  readonly name: string;
  readonly about: string;
  /** badges that were chosen by themselves */
  readonly badges: readonly DocId[];
  /** collections as they were published */
  readonly collections: readonly ShownCollection[];
  /** those of them that are shown by description and result only */
  readonly said: readonly DocId[];
  /** search engines may list the page */
  readonly search: boolean;
  /** how the page looks */
  readonly theme: Theme;
  /** the picture across its head; the bytes lie in `blobs` */
  readonly cover?: Sha256;
  /** `sending`: the server may have it already; it counts as published, so that it can be ended */
  readonly state: 'sending' | 'published' | 'ended';
  /** the manifest that stood when this device looked last */
  readonly manifest?: ManifestHead;
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
  const manifest = headIn(fieldOf(doc, 'manifest'));
  const cover = parseSha256(text('cover'));
  return {
    handle: text('handle'),
    name: text('name'),
    about: text('about'),
    badges: ids('badges'),
    collections: collectionsIn(fieldOf(doc, 'collections')),
    said: ids('said'),
    search: fieldOf(doc, 'search') === true,
    theme: themeOf(text('theme')),
    ...(cover.ok ? { cover: cover.value } : {}),
    state: state === 'sending' || state === 'published' ? state : 'ended',
    ...(manifest === undefined ? {} : { manifest }),
  };
}

/** True for a badge that the learner's page shows now, or may show: whether it is still in the backpack plays no part. */
export function isShownOnPage(profile: KeptProfile | undefined, badge: DocId): boolean {
  if (profile === undefined || profile.state === 'ended') return false;
  return [profile, ...profile.collections].some(({ badges }) => badges.includes(badge));
}

/** The fields of a profile that is being published or was. */
export function profileFields(profile: KeptProfile, made: string): JsonObject {
  const { handle, name, about, badges, collections, said, search, theme, cover, state, manifest } = profile;
  return {
    made,
    handle,
    name,
    about,
    badges: [...badges],
    collections: collections.map((one) => ({ ...one, badges: [...one.badges] })),
    said: [...said],
    search,
    theme,
    cover: cover ?? null,
    state,
    manifest: manifest === undefined ? null : { ...manifest },
  };
}

function collectionsIn(value: Json | undefined): readonly ShownCollection[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((one) => {
    if (!isJsonObject(one)) return [];
    const { id, title, about, listed, name, badges } = one;
    if (!isDocId(id) || typeof title !== 'string' || typeof name !== 'string') return [];
    return [
      {
        id,
        title,
        about: typeof about === 'string' ? about : '',
        listed: listed === true,
        name,
        badges: Array.isArray(badges) ? badges.filter(isDocId) : [],
      },
    ];
  });
}

/*
 * Which unlisted collections a server may be showing: one field each, named by its secret name, so that what two devices
 * publish is all remembered and can be ended. The value is the manifest that stood when this device looked last.
 */
const unlistedPrefix = 's:';

/** The unlisted collections that may be readable now, with the manifest of each as far as it is known. */
export function unlistedIn(doc: Doc | undefined): ReadonlyMap<string, ManifestHead | undefined> {
  if (doc === undefined || !exists(doc)) return new Map();
  return new Map(
    Object.entries(doc.f).flatMap(([name, [value]]) =>
      name.startsWith(unlistedPrefix) && value !== null
        ? [[name.slice(unlistedPrefix.length), headIn(value)] as const]
        : [],
    ),
  );
}

/** What is remembered of one: its manifest, `sending` where the server may have it, `null` once it is ended. */
export function unlistedField(name: string, standing: ManifestHead | 'sending' | null): JsonObject {
  return {
    [unlistedPrefix + name]: standing === null || standing === 'sending' ? standing : { ...standing },
  };
}

function headIn(value: Json | undefined): ManifestHead | undefined {
  const seq = isJsonObject(value) ? value['seq'] : undefined;
  const hash = isJsonObject(value) ? parseSha256(String(value['h'])) : undefined;
  return typeof seq === 'number' && hash?.ok === true ? { seq, h: hash.value } : undefined;
}
