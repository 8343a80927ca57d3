import type { Fetched } from './effects.ts';

/** A host that answered for one of its own addresses; `encrypted`: asked and answered over https. */
export type AnsweringHost = { readonly host: string; readonly encrypted: boolean };

/**
 * The host whose word an answer is; `undefined` when a redirect led to another host.
 *
 * Many hosts have an address that redirects wherever it is told. Whoever finds one could otherwise serve documents
 * in that host's name. A leading `www.` is by custom the same house. Ours; threats T43, T49.
 */
export function answeringHost({
  requested,
  url,
}: Pick<Fetched, 'requested' | 'url'>): AnsweringHost | undefined {
  const asked = new URL(requested);
  const final = new URL(url);
  if (withoutWww(asked.host) !== withoutWww(final.host)) return undefined;
  return { host: asked.host, encrypted: asked.protocol === 'https:' && final.protocol === 'https:' };
}

function withoutWww(host: string): string {
  return host.startsWith('www.') ? host.slice('www.'.length) : host;
}
