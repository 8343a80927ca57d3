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
