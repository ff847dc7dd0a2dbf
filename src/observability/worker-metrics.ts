import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface WorkerMetrics {
  readonly started: Counter<'service'>;
  /** Payments that ended, by how and by what showed it. */
  readonly closed: Counter<'status' | 'decided_by' | 'service'>;
  /** Seconds from a payment's start until its customer could be sent to the payment page. */
  readonly redirectLag: Histogram;
  /** Outcomes sent to the order service, by its answer. */
  readonly deliveries: Counter<'answer'>;
  /** 1 while an order service takes no outcomes. */
  readonly serviceDown: Gauge<'order_service'>;
  /** Seconds from a callback's arrival until the order service took the outcome that it led to. */
  readonly callbackLag: Histogram;
  /** Workflows that an operator should look at, by reason. */
  readonly attention: Gauge<'reason'>;
  readonly oldestOpen: Gauge;
  readonly oldestUntold: Gauge;
  /** Unix seconds; 0 where the namespace knows of none. */
  readonly sweptAt: Gauge;
  /** Unix seconds of the last time that the gauges above were read. */
  readonly surveyedAt: Gauge;
  readonly findings: Counter<'kind'>;
  readonly sweeps: Counter<'result'>;
}

/** Classes of answers to an outcome; `none`: it did not answer. */
const deliveryAnswers = ['2xx', '3xx', '410', '4xx', '5xx', 'none'] as const;

/** What a worker measures beside its calls; of several workers, the gauges say the same, the counters add up. */
export function createWorkerMetrics(registry: Registry, findingKinds: readonly string[]): WorkerMetrics {
  const registers = [registry];
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
  const counters = createCounters(registry, findingKinds);
  return {
    ...counters,
    closed: new Counter({
      name: 'paytone_payments_closed_total',
      help: 'Payments that ended, by status, by what decided it and by the method of payment',
      labelNames: ['status', 'decided_by', 'service'],
      registers,
    }),
    started: new Counter({
      name: 'paytone_payments_started_total',
      help: 'Payments that began, by the method they began with; none where the customer chooses',
      labelNames: ['service'],
      registers,
    }),
    redirectLag: new Histogram({
      name: 'paytone_start_to_redirect_seconds',
      help: "Seconds from a payment's start until its customer could be sent to the payment page",
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
      registers,
    }),
    callbackLag: new Histogram({
      name: 'paytone_callback_to_outcome_seconds',
      help: "Seconds from a callback's arrival until the order service took its outcome",
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600, 86_400],
      registers,
    }),
    serviceDown: new Gauge({
      name: 'paytone_order_service_down',
      help: '1 while an order service takes no outcomes, as far as this worker has tried',
      labelNames: ['order_service'],
      registers,
    }),
    attention: new Gauge({
      name: 'paytone_attention',
      help: 'Payments that need an operator, by reason',
      labelNames: ['reason'],
      registers,
    }),
    oldestOpen: gauge(
      'paytone_oldest_open_payment_age_seconds',
      'Age of the oldest payment that is neither over nor in review, to within 5 %; 0 where there is none',
    ),
    oldestUntold: gauge(
      'paytone_oldest_untold_payment_age_seconds',
      'Age of the oldest payment with an outcome that was not taken, to within 5 %; 0 where there is none',
    ),
    sweptAt: gauge(
      'paytone_sweep_last_finished_timestamp_seconds',
      'When the last daily sweep finished; 0 where the namespace knows of none',
    ),
    surveyedAt: gauge('paytone_survey_timestamp_seconds', 'When the counts of payments were last read'),
  };
}

/** Each begins at 0: a rate is blind to a series that begins with its first event. */
function createCounters(registry: Registry, findingKinds: readonly string[]) {
  const registers = [registry];
  const findings = new Counter({
    name: 'paytone_sweep_findings_total',
    help: 'Differences that daily sweeps found, by kind',
    labelNames: ['kind'],
    registers,
  });
  const sweeps = new Counter({
    name: 'paytone_sweeps_total',
    help: 'Daily sweeps that this worker finished, by result: complete, incomplete',
    labelNames: ['result'],
    registers,
  });
  const deliveries = new Counter({
    name: 'paytone_outcome_deliveries_total',
    help: 'Outcomes sent to the order service, by its answer',
    labelNames: ['answer'],
    registers,
  });
  for (const answer of deliveryAnswers) deliveries.inc({ answer }, 0);
  for (const kind of findingKinds) findings.inc({ kind }, 0);
  for (const result of ['complete', 'incomplete']) sweeps.inc({ result }, 0);
  return { findings, sweeps, deliveries };
}
