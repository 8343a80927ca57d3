import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ask, clock } from '../../companion-server/testing/learner.ts';
import { Publisher } from '../../companion-server/testing/publisher.ts';
import type { ServerProgram } from '../../companion-server/testing/server-process.ts';
import type { ManifestItem } from '../../shared/publish/manifest.ts';
import { buildBadge } from '../../shared/testing/build-badge.ts';

/** Badges of a profile. */
export const badgesEach = 30;
/** All handles are of this form, so that any of them can be drawn by its number. */
export const handleOf = (number: number): string => `h${String(number).padStart(6, '0')}`;
/** Every page answers to it, so that whoever has it is answered 304. */
export const tag = '"bench"';

export type Published = { readonly html: string; readonly dataFile: string };

/**
 * Publishes one real profile of 30 signed badges, takes the page that the server keeps of it, and keeps it once more for
 * each of `count` handles. `folder`: the server's own. What is timed afterwards is a server that knows no difference.
 */
export async function publishMany(program: ServerProgram, folder: string, count: number): Promise<Published> {
  const server = await program.start({ PORT: '0', DATA_DIR: folder, RATE_SCALE: '1000' });
  const mia = await Publisher.create(server, handleOf(0));
  const items: ManifestItem[] = [];
  for (let index = 0; index < badgesEach; index += 1) {
    const { bytes } = await buildBadge({ name: `Badge number ${index}` });
    const { hash } = await mia.lay(bytes);
    items.push({ doc: hash, with: [], seenValidAt: clock(), recipient: 'hidden' });
  }
  await mia.publish(items);
  const get = async (path: string) => (await ask(server.address, 'GET', path)).body.toString();
  const data = async () => {
    const text = await get(`/@${mia.handle}.json`);
    return text.includes('"standing":"recorded"') ? undefined : text;
  };
  let json = await data();
  for (; json === undefined; json = await data()) await new Promise((resolve) => setTimeout(resolve, 50));
  const html = await get(`/@${mia.handle}`);
  await server.end('SIGTERM');
  copyPages(join(folder, 'backpack.sqlite'), count);
  const dataFile = join(folder, 'profile.json');
  writeFileSync(dataFile, json);
  return { html, dataFile };
}

function copyPages(file: string, count: number): void {
  const database = new Database(file);
  const kept = database.prepare('select version, html from pages where path = ?').get(`/@${handleOf(0)}`) as {
    version: string;
    html: string;
  };
  const page = database.prepare(
    'insert or replace into pages (account, path, version, tag, html) values (?, ?, ?, ?, ?)',
  );
  const handle = database.prepare(
    'insert or ignore into handles (handle, owner, former_owner) values (?, ?, ?)',
  );
  database.transaction(() => {
    for (let number = 0; number < count; number += 1) {
      const name = handleOf(number);
      const account = number === 0 ? undefined : name.padEnd(43, 'A');
      if (account === undefined) database.prepare('update pages set tag = ?').run(tag);
      else {
        handle.run(name, account, account);
        page.run(account, `/@${name}`, kept.version, tag, kept.html.replaceAll(handleOf(0), name));
      }
    }
  })();
  database.close();
}
