import { ConfigError, temporalConfig } from '../config/config.ts';
import { createLogger } from '../observability/logger.ts';
import { connectLazily, disconnect } from '../temporal/connection.ts';
import { provisionNamespace, whyUnusable } from '../temporal/provisioning.ts';
import { StartError } from './run-process.ts';

const logger = createLogger('provision');
try {
  const config = temporalConfig();
  const client = connectLazily(config);
  const { attributes, schedule } = await client
    .withDeadline(Date.now() + 30_000, () => provisionNamespace(client, config.taskQueue))
    .catch((error: unknown) => {
      throw new StartError(whyUnusable(error, config));
    });
  logger.info({ attributes, schedule }, 'the namespace has the search attributes and the daily schedule');
  await disconnect(client);
} catch (error) {
  logger.fatal(error instanceof ConfigError || error instanceof StartError ? error.message : 'failed');
  process.exitCode = 1;
}
