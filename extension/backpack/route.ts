import { percentDecoded } from '../../shared/model/percent.ts';
import type { CollectionId } from '../store/collection-doc.ts';
import type { CardRow } from '../store/database.ts';

/** Where the reader is in the backpack; each place has an address of its own, so that Back and bookmarks work. */
export type Route =
  | { readonly place: 'badges'; readonly issuer?: string; readonly badge?: CardRow['id'] }
  | { readonly place: 'sharing'; readonly badge?: CardRow['id'] }
  | { readonly place: 'collections'; readonly collection?: CollectionId }
  | { readonly place: 'import' | 'trash' | 'addresses' | 'settings' };

const plainPlaces = ['import', 'trash', 'addresses', 'settings'] as const;

/** Reads the fragment of the address; what is no place leads to all badges. */
export function parseRoute(fragment: string): Route {
  const [place = '', ...parts] = fragment.replace(/^#\/?/, '').split('/');
  const plain = plainPlaces.find((one) => one === place);
  if (plain !== undefined) return { place: plain };
  if (place === 'sharing') return { place, ...badgeIn(parts) };
  if (place === 'collections') {
    const [name = ''] = parts;
    return { place, ...(docName.test(name) ? { collection: `collection|${name}` } : {}) };
  }
  if (place === 'issuer') {
    const [issuer = '', ...rest] = parts;
    return {
      place: 'badges',
      ...(issuer === '' ? {} : { issuer: percentDecoded(issuer) }),
      ...badgeIn(rest),
    };
  }
  return { place: 'badges', ...badgeIn([place, ...parts]) };
}

/** The address of a place. */
export function addressOf(route: Route): string {
  switch (route.place) {
    case 'badges': {
      const list = route.issuer === undefined ? '#/' : `#/issuer/${encodeURIComponent(route.issuer)}/`;
      return route.badge === undefined ? list : `${list}${badgePath(route.badge)}`;
    }
    case 'sharing':
      return route.badge === undefined ? '#/sharing' : `#/sharing/${badgePath(route.badge)}`;
    case 'collections':
      return route.collection === undefined
        ? '#/collections'
        : `#/collections/${route.collection.slice('collection|'.length)}`;
    default:
      return `#/${route.place}`;
  }
}

const docName = /^[A-Za-z0-9_-]{1,64}$/;

function badgePath(badge: CardRow['id']): string {
  return badge.replace('|', '/');
}

function badgeIn(parts: readonly string[]): { readonly badge?: CardRow['id'] } {
  const [kind, name = ''] = parts;
  if ((kind !== 'badge' && kind !== 'offer') || !docName.test(name)) return {};
  return { badge: `${kind}|${name}` };
}
