import { routes } from './registry.ts';
import type { Asked, Route } from './route.ts';

/** Where a request goes: its path without the query, and what stands there in the places that its route names. */
export type Found = Pick<Asked, 'path' | 'names'> & { readonly route: Route };

/** Most paths are named as they are. */
const asWritten = new Map(
  routes.filter(({ path }) => !path.includes(':')).map((route) => [`${route.method} ${route.path}`, route]),
);
/** The others by method and number of parts; of two whose form fits the first. */
const byForm = Map.groupBy(
  routes.filter(({ path }) => path.includes(':')).map((route) => ({ route, form: formOf(route.path) })),
  ({ route }) => kindOf(route.method, route.path),
);

/**
 * The route that a request is for, by its target as it came; `HEAD` asks what `GET` does.
 * `/healthz/` is not `/healthz`: what is signed is the address as it was sent.
 */
export function findRoute(method: string, target: string): Found | { path: string; route?: undefined } {
  // A proxy may write the whole address (RFC 9112 §3.2.2).
  const local = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const [written = ''] = local.split('?', 1);
  const path = decoded(written, decodeURI);
  const asked = method === 'HEAD' ? 'GET' : method;
  const itself = asWritten.get(`${asked} ${path}`);
  if (itself !== undefined) return { path, route: itself, names: {} };
  for (const { route, form } of byForm.get(kindOf(asked, path)) ?? []) {
    const found = form.exec(path)?.groups;
    if (found === undefined) continue;
    const names = Object.entries(found).map(([name, value]) => [name, decoded(value, decodeURIComponent)]);
    // It stands in no name of ours, and one database looks for it where another fails.
    if (names.some(([, value]) => value?.includes('\0'))) return { path };
    return { path, route, names: Object.fromEntries(names) };
  }
  return { path };
}

function kindOf(method: string, path: string): string {
  return `${method} ${path.split('/').length}`;
}

/** `:name` is one part of a path, whatever stands in it, or what its pattern in braces allows. */
function formOf(path: string): RegExp {
  const form = path.replace(
    /:([a-z]+)(?:\{([^}]+)\})?/g,
    (_, name: string, pattern = '[^/]+') => `(?<${name}>${pattern})`,
  );
  return new RegExp(`^${form}$`);
}

/** What stands in the query of a request; of two values of one name the first. */
export function queryOf(target: string): Asked['query'] {
  const at = target.indexOf('?');
  if (at === -1) return {};
  const pairs = [...new URLSearchParams(target.slice(at + 1))];
  return Object.fromEntries(pairs.reverse());
}

/** As it stands where it cannot be decoded: then it is nobody's name. */
function decoded(text: string, decode: (text: string) => string): string {
  if (!text.includes('%')) return text;
  try {
    return decode(text);
  } catch {
    return text;
  }
}
