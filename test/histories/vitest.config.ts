import { defineConfig } from 'vitest/config';

/** Records the histories of a release; not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/histories/record.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    sequence: { shuffle: false },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
