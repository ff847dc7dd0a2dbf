// `npm run test:postgres`: the tests of the whole system, or those named, on a Temporal server with PostgreSQL.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { argv, env, stdout } from 'node:process';
import { withTemporal } from './with-temporal.ts';

const tests = argv.length > 2 ? argv.slice(2) : ['test/system'];

process.exitCode = await withTemporal(async ({ temporal }) => {
  stdout.write(`Temporal with PostgreSQL: ${temporal.address}\n`);
  const vitest = spawn('npx', ['vitest', 'run', ...tests], {
    stdio: 'inherit',
    env: { ...env, TEMPORAL_ADDRESS: temporal.address, TEMPORAL_STORE: 'postgres' },
  });
  const [status] = (await once(vitest, 'exit')) as [number | null];
  return status ?? 1;
});
