/** One thing that anybody can fetch from a published profile. */
export type PublicThing = { readonly address: string; readonly bytes: Uint8Array };

/** Most things that are followed; a profile of a story has some twenty. */
const mostThings = 200;

/**
 * Everything of a profile that a stranger can reach without knowing more than its address: the page, the data, the
 * signed list, and whatever is named by a link or a hash in any of them, and in what these name.
 */
export async function everythingPublic(profile: string): Promise<readonly PublicThing[]> {
  const { origin, pathname } = new URL(profile);
  const waiting = [profile, `${profile}.json`, `${profile}.jws`];
  const met = new Set(waiting);
  const things: PublicThing[] = [];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (things.length >= mostThings) throw new Error('More is public than a story can have.');
    const answer = await fetch(address);
    if (!answer.ok) continue;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    things.push({ address, bytes });
    for (const next of namedIn(readableTexts(bytes), origin, pathname))
      if (!met.has(next)) {
        met.add(next);
        waiting.push(next);
      }
  }
  return things;
}

/** The things in which a text can be read, as it is or in one of the disguises that anybody can take off. */
export function thingsSaying(things: readonly PublicThing[], text: string): readonly string[] {
  const wanted = [text, encodeURIComponent(text), text.replace('@', '&#64;')].map((one) => one.toLowerCase());
  return things
    .filter(({ bytes }) => {
      const said = readableTexts(bytes).join('\n').toLowerCase();
      return wanted.some((one) => said.includes(one));
    })
    .map(({ address }) => new URL(address).pathname);
}

/** The bytes as text, and every part of a token in them unwrapped. */
function readableTexts(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes).toString('latin1');
  const parts = text.match(/[A-Za-z0-9_-]{40,}/g) ?? [];
  return [text, ...parts.map((part) => Buffer.from(part, 'base64url').toString('latin1'))];
}

function namedIn(texts: readonly string[], origin: string, profile: string): readonly string[] {
  return texts.flatMap((text) => {
    const hashes = [...text.matchAll(/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g)];
    const links = [...text.matchAll(/(?:href|src)="(\/[^"#]*)"/g)].map(([, path = '']) => path);
    return [
      ...hashes.map(([hash]) => `${origin}/d/${hash}`),
      ...links
        .filter((path) => path.startsWith(profile) || path.startsWith('/d/'))
        .map((path) => `${origin}${path}`),
    ];
  });
}
