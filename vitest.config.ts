import { randomInt } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// What keeps anything asks `testing/databases.ts` or `testing/test-server.ts` for the database, and runs on each engine.
const keeping = globSync('companion-server/**/*.test.ts').filter((file) =>
  /testing\/(?:databases|test-server)\.ts'/.test(readFileSync(file, 'utf8')),
);
/** Tests of one engine alone are named after it. */
const ofOneEngine = (engine: string) => `companion-server/**/*.${engine}.test.ts`;
const globalSetup = ['companion-server/testing/global-postgres.ts'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    css: true,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    provide: {
      histories: {
        seed: Number(process.env['HISTORY_SEED'] ?? randomInt(2 ** 31)),
        minutes: Number(process.env['HISTORY_MINUTES'] ?? 0),
      },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'house',
          include: ['{extension,shared,companion-server,scripts,e2e}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', ofOneEngine('postgresql')],
          provide: { engine: 'sqlite' },
        },
      },
      {
        extends: true,
        test: {
          name: 'postgresql',
          include: keeping,
          exclude: [ofOneEngine('sqlite')],
          provide: { engine: 'postgresql' },
          globalSetup,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgresql-in-parts',
          include: ['accounts', 'commits-and-log', 'publishing', 'storage/storage'].map(
            (name) => `companion-server/${name}.test.ts`,
          ),
          provide: { engine: 'postgresql' },
          globalSetup,
        },
      },
    ],
  },
});
