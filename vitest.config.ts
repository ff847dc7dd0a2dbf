import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/quiet-temporal.ts'],
    sequence: { shuffle: { tests: true, files: false } },
    // Two cores; the longest files mostly wait.
    maxWorkers: 3,
    reporters: ['default', ['json', { outputFile: '.cache/vitest.json' }]],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
  },
});
