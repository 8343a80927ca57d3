import { parentPort, workerData } from 'node:worker_threads';
import { isJsonObject, type JsonObject, parseJsonObject } from '../../shared/model/json.ts';
import { type Manifest, readCaseFile, readManifest } from './manifest.ts';
import { runCase } from './run-case.ts';
import type { Question, Reply } from './workbench.ts';

const manifest = readManifest(String(workerData.folder));
const contexts = contextsOf(manifest);

parentPort?.on('message', async ({ index }: Question) => {
  const one = manifest.cases[index];
  let reply: Reply = { problem: 'there is no such case' };
  try {
    if (one !== undefined) reply = await runCase(manifest, one, contexts);
  } catch (error) {
    // A throw is a fault of ours, never a verdict: it is reported as one and the next case goes on.
    reply = { problem: `ended in an error: ${error instanceof Error ? error.message : String(error)}` };
  }
  parentPort?.postMessage(reply);
});

/** The contexts of a folder by address; one that cannot be read is one that is not there. */
function contextsOf({ folder, contexts: files }: Manifest): (address: string) => JsonObject | undefined {
  const read = new Map<string, JsonObject | undefined>();
  return (address) => {
    const file = Object.hasOwn(files, address) ? files[address] : undefined;
    if (file === undefined) return undefined;
    if (!read.has(address)) {
      const parsed = parseJsonObject(readCaseFile(folder, file), 64);
      read.set(address, parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined);
    }
    return read.get(address);
  };
}
