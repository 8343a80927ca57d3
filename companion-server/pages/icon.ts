import { createHash } from 'node:crypto';
import text from '../../shared/components/backpack.svg?raw';

const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** The pages' one icon under an address made of its content. */
export const icon = {
  path: `/assets/${hash}.svg`,
  fileName: `${hash}.svg`,
  asset: { mediaType: 'image/svg+xml', plain: text },
} as const;
