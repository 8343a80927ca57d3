import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** What the built command says of a file, as whoever is handed it asks; `origin` is a host of our own network. */
export function verdictOnFile(path: string, origin: string): Promise<unknown> {
  const command = join(import.meta.dirname, '../../dist/verify/verify.mjs');
  return new Promise((resolve, reject) => {
    const env = { ...process.env, FETCH_ALLOW: origin };
    execFile(process.execPath, [command, '--json', path], { env }, (error, out) => {
      // It ends by verdict: another code than 0 is an answer as well.
      if (out === '') reject(error ?? new Error('The command said nothing.'));
      else resolve((JSON.parse(out) as { readonly verdict: unknown }).verdict);
    });
  });
}
