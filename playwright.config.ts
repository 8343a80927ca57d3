import { defineConfig } from '@playwright/test';

/** The stories in real browsers. Those in Firefox are the ones that say so in their file. */
export default defineConfig({
  globalSetup: './scripts/refuse-old-builds.ts',
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 600_000,
  reporter: [
    ['line'],
    ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ?? 'test-results/stories.json' }],
  ],
  projects: [
    { name: 'chromium' },
    {
      name: 'firefox',
      testMatch: ['claim', 'restore', 'link', 'toolbar-popup', 'first-screen'].map(
        (name) => `**/${name}.spec.ts`,
      ),
    },
  ],
});
