import { defineConfig } from 'vitest/config';

/** Long runs for people who want figures; not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/tools/bench/**/*.bench.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
