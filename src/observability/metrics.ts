import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  /** Callbacks by what became of them: `durable`, `forged`, `unreadable`, `too_large`, `unavailable`. */
  readonly callbacks: Counter<'result' | 'secret'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    callbacks: new Counter({
      name: 'paytone_callbacks_total',
      help: 'Callbacks by what became of them; secret is the place of the matching secret in the list',
      labelNames: ['result', 'secret'],
      registers: [registry],
    }),
  };
}
