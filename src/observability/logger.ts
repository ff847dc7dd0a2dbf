import { stdout } from 'node:process';
import { pino, type Logger } from 'pino';
import { aboutRequest } from './request-context.ts';

export type { Logger } from 'pino';

/** All that a line may hold beside its fixed text: names and ids of ours, never a body, a header or a message. */
const allowed: ReadonlySet<string> = new Set([
  ...[
    'orderId',
    'requestId',
    'workflowId',
    'runId',
    'workflowType',
    'activityType',
    'attempt',
    'buildId',
    'taskQueue',
    'namespace',
  ],
  ...[
    'sdkComponent',
    'operation',
    'answer',
    'error',
    'stack',
    'signal',
    'port',
    'url',
    'attributes',
    'schedule',
  ],
  // Who read payments, from where, and of which workflows.
  ...['reader', 'address', 'payloads', 'workflows'],
]);

// Payments go on when the collector of logs is gone.
stdout.on('error', () => undefined);

/** JSON lines on standard output. Only named fields of plain values pass; whatever else is given is dropped. */
export function createLogger(
  process: string,
  level = 'info',
  output?: { write(line: string): void },
): Logger {
  return pino(
    {
      name: process,
      level,
      formatters: { log: permitted },
      // A copy, since pino writes into it.
      mixin: () => ({ ...aboutRequest() }),
      hooks: {
        // Neither an error's message nor values to be put into the text reach a line.
        logMethod([given, text], method) {
          if (typeof given === 'string') method.call(this, given);
          else if (given instanceof Error)
            method.call(this, { error: given.name, stack: given.stack }, text ?? 'failed');
          else method.call(this, given, text);
        },
      },
    },
    // Not pino's own destination: once nobody reads any more (EPIPE), a fatal line keeps it writing for ever.
    output ?? stdout,
  );
}

function permitted(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(fields).filter(([name, value]) => allowed.has(name) && isPlain(value));
  return Object.fromEntries(kept.map(([name, value]) => [name, name === 'stack' ? framesOf(value) : value]));
}

const isPlain = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(isPlain) : ['string', 'number', 'boolean'].includes(typeof value);

/** A stack begins with the error's message, which may quote anything. */
const framesOf = (stack: unknown): string =>
  String(stack)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
