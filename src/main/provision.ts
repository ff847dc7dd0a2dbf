import { temporalConfig } from '../config.ts';
import { createLogger } from '../observability/logger.ts';
import { connectLazily } from '../temporal/connection.ts';
import { provisionAttributes } from '../temporal/search-attributes.ts';

const logger = createLogger('provision');
try {
  const client = connectLazily(temporalConfig());
  const added = await client.withDeadline(Date.now() + 30_000, () => provisionAttributes(client));
  logger.info({ added }, added.length > 0 ? 'search attributes registered' : 'nothing was missing');
  await client.connection.close();
} catch (error) {
  logger.fatal(error instanceof Error ? error.message : 'failed');
  process.exitCode = 1;
}
