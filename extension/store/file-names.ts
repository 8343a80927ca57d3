/** A name that every file system takes. */
export function fileName(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    // Half of a letter of two code units is no letter, and would read back as another name.
    .replace(/[\uD800-\uDBFF]?-*$/, '');
  return plain === '' ? 'badge' : plain;
}

export type FileKind = { readonly ending: string; readonly mediaType: string };

/** How each container is called as a file; others are saved without an ending of ours. */
const kinds: Readonly<Record<string, FileKind>> = {
  json: { ending: '.json', mediaType: 'application/json' },
  png: { ending: '.png', mediaType: 'image/png' },
  svg: { ending: '.svg', mediaType: 'image/svg+xml' },
  jws: { ending: '.jws', mediaType: 'text/plain' },
};

/** How a badge of this container is saved. */
export function fileKindOf(container: string): FileKind {
  return kinds[container] ?? { ending: '', mediaType: 'application/octet-stream' };
}

/** How a picture of this media type is called as a file. */
export function pictureEndingOf(mediaType: string): string {
  return pictureEndings[mediaType] ?? '';
}

const pictureEndings: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/svg+xml': '.svg',
  'image/jpeg': '.jpg',
  'image/webp': '.webp',
  'image/gif': '.gif',
};
