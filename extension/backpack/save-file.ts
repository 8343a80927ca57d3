import type { Bytes } from '../../shared/model/bytes.ts';

/** Hands bytes over as a download, exactly as they are. */
export function saveFile(bytes: Uint8Array, name: string, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([bytes as Bytes], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken the bytes once the click is through.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
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
