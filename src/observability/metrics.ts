import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  /** Callbacks by what became of them: `durable`, `forged`, `elsewhere`, `unreadable`, `unavailable`. */
  readonly callbacks: Counter<'result' | 'secret'>;
  /** Requests to the order API with a wrong key. */
  readonly wrongKeys: Counter;
  /** Seconds of the platform's answers by operation and answer; `held_back` by an open breaker took none. */
  readonly platform: Histogram<'operation' | 'answer'>;
  /** 1 while the platform rejects an account's credentials for an operation: the breaker is open. */
  readonly breaker: Gauge<'account' | 'operation'>;
}

/** Whether the process can do its work, asked whenever the metrics are read. */
export function showReadiness(
  { registry }: Metrics,
  process: string,
  isReady: () => boolean | Promise<boolean>,
): void {
  new Gauge({
    name: 'paytone_ready',
    help: '1 while the process can do its work (as /readyz says)',
    labelNames: ['process'],
    registers: [registry],
    async collect() {
      this.set({ process }, (await isReady()) ? 1 : 0);
    },
  });
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const callbacks = new Counter({
    name: 'paytone_callbacks_total',
    help: 'Callbacks by what became of them; secret is the place of the matching secret in the list',
    labelNames: ['result', 'secret'],
    registers,
  });
  // A rate is blind to a series that begins with its first event.
  callbacks.inc({ result: 'forged' }, 0);
  return {
    callbacks,
    registry,
    wrongKeys: new Counter({
      name: 'paytone_wrong_keys_total',
      help: 'Requests to the order API with a wrong key',
      registers,
    }),
    platform: new Histogram({
      name: 'paytone_platform_seconds',
      help: "Seconds of the platform's answers by operation and answer",
      labelNames: ['operation', 'answer'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    breaker: new Gauge({
      name: 'paytone_credentials_rejected',
      help: '1 while the platform rejects our credentials of an account for an operation',
      labelNames: ['account', 'operation'],
      registers,
    }),
  };
}
