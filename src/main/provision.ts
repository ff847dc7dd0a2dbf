import { temporalConfig } from '../config.ts';
import { createLogger } from '../observability/logger.ts';
import { connectLazily } from '../temporal/connection.ts';
import { provisionNamespace } from '../temporal/provisioning.ts';

const logger = createLogger('provision');
try {
  const config = temporalConfig();
  const client = connectLazily(config);
  const { attributes, schedule } = await client.withDeadline(Date.now() + 30_000, () =>
    provisionNamespace(client, config.taskQueue),
  );
  logger.info({ attributes, schedule }, 'the namespace has the search attributes and the daily schedule');
  await client.connection.close();
} catch (error) {
  logger.fatal(error instanceof Error ? error.message : 'failed');
  process.exitCode = 1;
}
