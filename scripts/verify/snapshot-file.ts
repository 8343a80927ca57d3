import * as v from 'valibot';
import type { Snapshot } from '../../shared/model/badge.ts';
import { instantOf, millisecondsOf, parseSha256 } from '../../shared/model/brands.ts';
import { base64Of, bytesOfLooseBase64, sha256Of, textOf } from '../../shared/model/bytes.ts';
import { parseZonedTime } from '../../shared/model/time.ts';
import { maxDocumentsInAll } from '../../shared/verify/session.ts';
import { Fault } from './fault.ts';

const text = v.pipe(v.string(), v.maxLength(4096));
const instant = v.pipe(
  text,
  v.check((value) => parseZonedTime(value) !== undefined),
  v.transform((value) => instantOf(millisecondsOf(parseZonedTime(value) ?? instantOf(0)))),
);

const fileShape = v.strictObject({
  taken: instant,
  documents: v.pipe(
    v.array(
      v.strictObject({
        address: text,
        finalAddress: text,
        status: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599)),
        mediaType: text,
        hash: text,
        bytes: v.string(),
        at: instant,
      }),
    ),
    v.maxLength(maxDocumentsInAll),
  ),
});

/** Reads a snapshot from its file: JSON, document bytes in base64, each of the hash that it names. */
export async function readSnapshotFile(file: Uint8Array): Promise<Snapshot> {
  const parsed = v.safeParse(fileShape, jsonOf(file));
  if (!parsed.success) throw new Fault('snapshot-unreadable', 'The snapshot file is not a snapshot.');
  const { taken, documents } = parsed.output;
  return {
    taken,
    documents: await Promise.all(
      documents.map(async (document) => {
        const bytes = bytesOfLooseBase64(document.bytes);
        const hash = parseSha256(document.hash);
        if (bytes === undefined || !hash.ok || (await sha256Of(bytes)) !== hash.value)
          throw new Fault('snapshot-damaged', `The snapshot file is damaged: ${document.address}`);
        return { ...document, hash: hash.value, bytes };
      }),
    ),
  };
}

/** The same file, for keeping. */
export function snapshotText({ taken, documents }: Snapshot): string {
  const rows = documents.map(({ bytes, ...rest }) => ({ ...rest, bytes: base64Of(bytes) }));
  return `${JSON.stringify({ taken, documents: rows }, null, 2)}\n`;
}

function jsonOf(file: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(file) ?? '');
  } catch {
    return undefined;
  }
}
