import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const longest = [
  'alerts-live',
  'sequences/strangers',
  'sequences/outages',
  'sequences/silence',
  'shop.test',
  'receiver-down',
  'docs-page',
  'temporal-ui',
  'bad-weather',
  'sequences/workers',
  'system/secrets',
  'workflows/unknown-reference',
  'key-rotation',
  'system/accounts',
  'simulation/workflow',
  'wrong-credentials',
  'outage',
  'releases',
  'forgotten',
  'command-line',
  'stopped-payment',
  'metrics',
  'any-answers',
  'directive-table',
  'flood',
  'start',
  'killed',
];

/** The longest files first, so that no core waits for them at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = longest.findIndex((name) => moduleId.includes(`/${name}`));
      return index === -1 ? longest.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    sequence: { shuffle: { tests: true, files: false }, sequencer: LongestFirst },
    // Two cores; the longest files mostly wait.
    maxWorkers: 4,
    reporters: ['default', ['json', { outputFile: '.cache/vitest.json' }]],
    // Generous: a test fails by what it sees, not by how fast the machine is.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    teardownTimeout: 20_000,
  },
});
