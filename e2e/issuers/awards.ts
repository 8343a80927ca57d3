import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A badge that was given: what its page shows, and the file itself. */
export type Award = {
  readonly id: string;
  readonly slug: string;
  /** e-mail address it is made out to */
  readonly to?: string;
  /** a class mate's words */
  readonly why?: string;
  readonly issued: string;
  /** what the page's tag says */
  readonly offer: string;
  /** path of the badge's file */
  readonly file: string;
};

/** Something served at a path: a badge, or a document it rests on. */
export type Served = { readonly path: string; readonly mediaType: string; readonly body: Uint8Array };

/** All that was given. With a folder it outlives a restart, so that badges stay what they were. */
export type Awards = {
  readonly get: (id: string) => Award | undefined;
  readonly served: (path: string) => Served | undefined;
  readonly add: (award: Award, files: readonly Served[]) => void;
};

/** An id nobody can guess, or always the same one for the same words. */
export function awardId(...words: readonly string[]): string {
  if (words.length === 0) return randomBytes(9).toString('base64url');
  return createHash('sha256').update(words.join('\n')).digest('base64url').slice(0, 12);
}

export function openAwards(folder?: string): Awards {
  const awards = new Map<string, Award>();
  const files = new Map<string, Served>();
  const remember = (award: Award, served: readonly Served[]) => {
    awards.set(award.id, award);
    for (const file of served) files.set(file.path, file);
  };
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      const kept = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Kept;
      remember(
        kept.award,
        kept.files.map(({ path, mediaType, body }) => ({
          path,
          mediaType,
          body: Buffer.from(body, 'base64'),
        })),
      );
    }
  }
  return {
    get: (id) => awards.get(id),
    served: (path) => files.get(path),
    add: (award, served) => {
      remember(award, served);
      if (folder === undefined) return;
      const kept: Kept = {
        award,
        files: served.map(({ path, mediaType, body }) => ({
          path,
          mediaType,
          body: Buffer.from(body).toString('base64'),
        })),
      };
      // Written beside and moved, so that an end in between leaves no half file.
      const target = join(folder, `${award.id}.json`);
      writeFileSync(`${target}.new`, JSON.stringify(kept));
      renameSync(`${target}.new`, target);
    },
  };
}

type Kept = {
  readonly award: Award;
  readonly files: readonly { readonly path: string; readonly mediaType: string; readonly body: string }[];
};
