// `npm run test:postgres`: the tests of the whole system, or those named, on a Temporal server with PostgreSQL.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { argv, env, exit, stdout } from 'node:process';
import { applySchemas, startPostgres } from './database.ts';
import { postgresPrograms, temporalPrograms } from './programs.ts';
import { startTemporal } from './server.ts';

const [programs, bin] = [await temporalPrograms(), await postgresPrograms()];
const database = await startPostgres(bin);
await applySchemas(programs, database);
const temporal = await startTemporal(programs.server, database);
stdout.write(`Temporal with PostgreSQL: ${temporal.address}\n`);
const tests = argv.length > 2 ? argv.slice(2) : ['test/system'];
const vitest = spawn('npx', ['vitest', 'run', ...tests], {
  stdio: 'inherit',
  env: { ...env, TEMPORAL_ADDRESS: temporal.address, TEMPORAL_STORE: 'postgres' },
});
const [status] = (await once(vitest, 'exit')) as [number | null];
await temporal.stop();
await database.stop();
exit(status ?? 1);
