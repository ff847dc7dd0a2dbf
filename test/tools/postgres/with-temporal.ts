import { applySchemas, startPostgres, type Database } from './database.ts';
import { postgresPrograms, temporalPrograms } from './programs.ts';
import { startTemporal } from './server.ts';

export interface Stand {
  readonly database: Database;
  readonly temporal: Awaited<ReturnType<typeof startTemporal>>;
}

/** Does something with Temporal on PostgreSQL, and leaves nothing of both, however it ends. */
export async function withTemporal<Result>(use: (stand: Stand) => Promise<Result>): Promise<Result> {
  const [programs, bin] = [await temporalPrograms(), await postgresPrograms()];
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  // Ctrl-C, too: PostgreSQL would live on.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stopAll().finally(() => process.exit(130)));
  try {
    const database = await startPostgres(bin);
    stops.push(() => database.stop());
    await applySchemas(programs, database);
    const temporal = await startTemporal(programs.server, database);
    stops.push(() => temporal.stop());
    return await use({ database, temporal });
  } finally {
    await stopAll();
  }
}
