import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type ServedIssuer, serveIssuer } from '../companion-server/testing/served-issuer.ts';
import { until } from '../e2e/browsers/browser.ts';
import { type Companion, startCompanion } from '../e2e/world/companion.ts';
import { nameHost } from '../e2e/world/named-hosts.ts';
import type { Sha256 } from '../shared/model/brands.ts';
import { textOf } from '../shared/model/bytes.ts';
import type { ManifestItem } from '../shared/publish/manifest.ts';
import { type Documents, mergeDocuments } from '../shared/testing/documents.ts';
import {
  adaPublishes,
  evePublishes,
  kimPublishes,
  laylaPublishes,
  type Stage,
  zoePublishes,
} from './published-learners.ts';

/** Profiles of a real companion server, published as any learner does, for whoever looks at every kind of page. */
export type PublishedWorld = {
  readonly companion: Companion;
  /** addresses of all pages that show something, by what they show */
  readonly pages: Readonly<Record<string, string>>;
  /** address of a profile that its operator took down */
  readonly takenDown: string;
  /** address of a profile that has another one now */
  readonly moved: string;
  /** all that issuers have said, as one text */
  readonly said: string;
  readonly end: () => Promise<void>;
};

/** `name`: of the server, and its issuers have public names then too; a browser needs the `namedHosts`. */
export async function publishWorld(name?: string): Promise<PublishedWorld> {
  const issuer = await serveIssuer();
  const mortal = await serveIssuer();
  const originOf = (server: ServedIssuer, host: string): string =>
    name === undefined ? server.origin : nameHost(host, server.port);
  const origins = {
    issuer: originOf(issuer, 'academy.example'),
    mortal: originOf(mortal, 'harbour.example'),
  };
  const companion = await startCompanion(Object.values(origins), name === undefined ? {} : { name });
  let served: Documents = new Map();
  const stage: Stage = {
    origin: companion.origin,
    ...origins,
    serve: (documents) => {
      served = mergeDocuments(served, documents);
      for (const one of [issuer, mortal]) one.serve(served);
    },
  };
  const { gone, pages: ofAda } = await adaPublishes(stage);
  const ofLayla = await laylaPublishes(stage);
  await Promise.all(['ada-builds', 'layla'].map((handle) => allChecked(companion, handle)));
  await mortal.end();
  await letIssuerVanish(companion, gone);
  const ofKim = await kimPublishes(stage);
  const eve = await evePublishes(stage);
  await companion.tell('takedown', eve.handle);
  return {
    companion,
    pages: { ...ofAda, ...ofLayla, ...ofKim },
    takenDown: eve.profile,
    moved: await zoePublishes(stage),
    said: [...served.values()].map(({ bytes }) => textOf(bytes)).join('\n'),
    end: async () => {
      await companion.remove();
      await issuer.end();
    },
  };
}

async function allChecked(companion: Companion, handle: string): Promise<void> {
  await until(
    'the server has checked every badge',
    async () => !(await (await fetch(`${companion.origin}/@${handle}.json`)).text()).includes('"recorded"'),
  );
}

/** Writes half a year into the server's database, in which the issuer of one badge falls silent. */
async function letIssuerVanish(companion: Companion, item: ManifestItem): Promise<void> {
  await companion.stop();
  const database = new Database(join(companion.dataDirectory, 'backpack.sqlite'));
  const document = ('doc' in item ? item.doc : item.said) as Sha256;
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000).toISOString();
  database
    .prepare('update sightings set first_at = ?, last_at = ?, times = 14 where document = ?')
    .run(daysAgo(400), daysAgo(40), document);
  database
    .prepare(
      `insert into sightings (account, document, n, outcome, times, first_at, last_at)
       select account, document, n + 1, 'unreachable', 9, ?, ? from sightings where document = ?`,
    )
    .run(daysAgo(39), daysAgo(1), document);
  database.prepare('update checks set checked_at = ? where document = ?').run(daysAgo(40), document);
  database.prepare('delete from pages').run();
  database.close();
  await companion.start();
}
