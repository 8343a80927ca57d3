import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['{extension,shared,companion-server,scripts,e2e}/**/*.test.{ts,tsx}'],
    css: true,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
