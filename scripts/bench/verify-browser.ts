import { gzipSync } from 'node:zlib';
import { buildVerifierChunks } from '../bundle/verifier-chunks.ts';
import { ceiling, type Row } from './measure.ts';

/** What a page loads to verify a badge of the usual form. */
export async function browserRows(): Promise<readonly Row[]> {
  const chunks = await buildVerifierChunks();
  const kilobytes = (code: string) => gzipSync(code, { level: 9 }).length / 1024;
  const whole = `the whole verifier, on demand, weighs ${kilobytes(chunks.whole).toFixed(1)} kB`;
  return [
    ceiling('verify', 'chunk of a page for the usual form, gzip', kilobytes(chunks.usual), 19, 'kB', whole),
  ];
}
