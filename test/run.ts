// `npm test` after its checks: every test, and once more, one file after another, the few files that failed beside
// others on a busy machine. What fails twice has failed; what was repeated is said.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { argv, cwd, exit, stdout } from 'node:process';
import { z } from 'zod';

const report = '.cache/vitest.json';
/** More than that is no accident. */
const mostRepeated = 3;

const results = z.looseObject({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

const first = run(argv.slice(2));
if (first.status === 0) exit(0);
const failed = first.results.testResults.filter(({ status }) => status === 'failed');
const names = failed.map(({ name }) => relative(cwd(), name));
if (failed.length === 0 || failed.length > mostRepeated) exit(first.status);
stdout.write(`\nFailed beside others, run again alone: ${names.join(', ')}\n\n`);
const second = run([...names, '--no-file-parallelism']);
const passedBefore = failed
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status === 'passed').length;
const whole = {
  ...first.results,
  numPassedTests: first.results.numPassedTests - passedBefore + second.results.numPassedTests,
  numFailedTests: second.results.numFailedTests,
};
writeFileSync(report, JSON.stringify(whole));
stdout.write(
  second.status === 0
    ? `\nPassed alone: ${names.join(', ')}. Every other file passed at once.\n`
    : '\nFailed twice: see above.\n',
);
exit(second.status);

function run(words: readonly string[]) {
  // A run that is killed writes none, and must not be taken for the one before.
  rmSync(report, { force: true });
  const { status } = spawnSync('npx', ['vitest', 'run', ...words], { stdio: 'inherit' });
  return { status: status ?? 1, results: results.parse(JSON.parse(readFileSync(report, 'utf8'))) };
}
