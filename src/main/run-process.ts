import closeWithGrace from 'close-with-grace';
import { ConfigError, isTraced } from '../config/config.ts';
import { createLogger, type Logger } from '../observability/logger.ts';

/** docs/contract.md §1: drained within 30 s. */
const drainMs = 30_000;

export interface RunningProcess {
  /** Fails when the process cannot go on; never ends by itself otherwise. */
  readonly finished?: Promise<void>;
  /** What SIGHUP asks for; where there is nothing to read anew, it ends the process like SIGTERM. */
  readonly reload?: (() => void) | null;
  stop(): Promise<void>;
}

/** Starts a process of ours, drains it on SIGTERM or SIGINT, and says in one message why it cannot start. */
export async function runProcess(
  { name, level = 'info' }: { name: string; level?: 'info' | 'warn' },
  start: (logger: Logger) => Promise<RunningProcess>,
): Promise<void> {
  const logger = createLogger(name, level);
  // Listens for signals before anything is started: the first process of a container has no default for them.
  const starting = Promise.resolve().then(async () => {
    const tracing = isTraced()
      ? (await import('../observability/start-tracing.ts')).startTracing(name)
      : null;
    return { running: await start(logger), tracing };
  });
  closeWithGrace({ delay: drainMs, logger: false, skip: ['SIGHUP'] }, async ({ err, signal }) => {
    if (err) logger.fatal({ error: err.name, stack: err.stack }, 'ended by an error');
    else logger.info({ signal }, 'draining');
    const { running, tracing } = await starting;
    await running.stop();
    await tracing?.stop();
    logger.info('drained');
  });
  process.on('SIGHUP', () => {
    starting.then(
      ({ running: { reload } }) => (reload ? reload() : process.kill(process.pid, 'SIGTERM')),
      // It is told below that it cannot start.
      () => undefined,
    );
  });
  const { running } = await starting.catch((error: unknown) => {
    logger.fatal(messageOf(error));
    process.exit(1);
  });
  await running.finished?.catch((error: unknown) => {
    const { name: kind, stack } = error instanceof Error ? error : new Error(String(error));
    logger.fatal({ error: kind, stack }, 'cannot go on');
    process.exit(1);
  });
}

const messageOf = (error: unknown): string =>
  error instanceof ConfigError || error instanceof StartError ? error.message : describe(error);
const describe = (error: unknown): string =>
  error instanceof Error ? `cannot start: ${error.name}: ${error.message}` : 'cannot start';

/** A process cannot start for a reason that a person can mend; the message says how. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
