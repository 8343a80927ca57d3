import type { Bytes } from '../../shared/model/bytes.ts';

/** Hands bytes over as a download, exactly as they are. */
export function saveFile(bytes: Uint8Array | Blob, name: string, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([bytes as Bytes | Blob], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken the bytes once the click is through.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
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

/** A name that every file system takes. */
export function fileName(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return plain === '' ? 'badge' : plain;
}
