import { TypedSearchAttributes } from '@temporalio/common';
import { ingressConfig } from '../../src/config.ts';
import { isInvoiceId, referenceIdFor, toOrderId, workflowIdFor } from '../../src/domain/identity.ts';
import type { InvoiceSnapshot } from '../../src/domain/invoice/invoice.ts';
import { formatMoney, type Money } from '../../src/domain/money.ts';
import { openPayment, type Payment, type PaymentInput } from '../../src/domain/payment/payment.ts';
import { reduce } from '../../src/domain/payment/apply.ts';
import { finalStatusOf } from '../../src/domain/payment/status.ts';
import { attributesOf, initialMemo } from '../../workflows/visibility.ts';
import type { Rig } from './rig.ts';

/** What a payment had seen of its invoice. */
export interface Seen {
  readonly status: string;
  /** Unix seconds. */
  readonly updated: number;
  readonly refundedAmount?: string | null;
}

export interface PlantedPayment {
  readonly orderId: string;
  readonly amount: Money;
  readonly service: string;
  readonly invoiceId: string;
  /** Unix seconds, of the invoice. */
  readonly created: number;
  /** One after the other. */
  readonly seen: readonly Seen[];
  /** Seen of an earlier attempt, which failed. */
  readonly failedBefore?: { readonly invoiceId: string; readonly created: number };
}

type Settings = Pick<Rig, 'environment' | 'temporal'>;

const dayMs = 24 * 60 * 60 * 1000;

function snapshotOf(
  planted: PlantedPayment,
  attempt: number,
  more: Partial<InvoiceSnapshot>,
): InvoiceSnapshot {
  const { orderId, amount, service, invoiceId, created } = planted;
  if (!isInvoiceId(invoiceId)) throw new Error(invoiceId);
  return {
    invoiceId,
    referenceId: referenceIdFor(toOrderId(orderId), attempt),
    status: 'process_pending',
    resolution: 'ok',
    amount: formatMoney(amount),
    currency: amount.currency,
    paymentAmount: null,
    processedAmount: null,
    fee: null,
    refundedAmount: null,
    chargedBackAmount: null,
    serviceCurrency: null,
    service,
    testMode: true,
    created,
    updated: created,
    processed: null,
    owner: null,
    ...more,
  };
}

/** The state of a payment that has lived already, by the product's own rules. */
function stateOf(planted: PlantedPayment, input: PaymentInput): Payment {
  let payment = openPayment(input, planted.created * 1000);
  let attempt = 1;
  const create = (snapshot: InvoiceSnapshot): void => {
    const redirect = { url: 'https://pay.example/', method: 'GET' as const, fields: {}, hppUrl: null };
    const invoice = { snapshot, redirect };
    payment = reduce(payment, { kind: 'invoice_created', attempt, invoice, expiresAt: Date.now() + dayMs });
  };
  const observe = (snapshot: InvoiceSnapshot): void => {
    payment = reduce(payment, { kind: 'observed', attempt, snapshot, source: 'callback' });
  };
  if (planted.failedBefore) {
    const { invoiceId, created } = planted.failedBefore;
    const earlier = { ...planted, invoiceId, created };
    create(snapshotOf(earlier, attempt, {}));
    observe(snapshotOf(earlier, attempt, { status: 'process_failed', updated: created + 1 }));
    const choice = { service: planted.service, serviceFields: {} };
    payment = reduce(payment, { kind: 'method_chosen', choice });
    attempt += 1;
  }
  create(snapshotOf(planted, attempt, {}));
  for (const seen of planted.seen) {
    observe(snapshotOf(planted, attempt, seen));
    const final = finalStatusOf(payment);
    if (final && payment.settled !== final) payment = reduce(payment, { kind: 'settled', status: final });
  }
  return payment;
}

/** Starts a payment in the middle of its life. `sleeps`: it is there, and no worker is asked to run it. */
export async function plantPayment(
  { environment, temporal }: Settings,
  planted: PlantedPayment,
  { sleeps = false } = {},
): Promise<void> {
  const { orderId, amount, service, failedBefore } = planted;
  const input: PaymentInput = {
    orderId: toOrderId(orderId),
    owner: 'rig',
    requestId: orderId,
    terms: { amount, service, flow: 'charge', channel: 'private', locale: 'en' },
    policy: {
      ...ingressConfig(environment).policy,
      maxAttempts: failedBefore ? 2 : 1,
      pollPausesSeconds: [86_400],
      tellsOutcomes: false,
    },
  };
  const payment = stateOf(planted, input);
  const lastAt = Date.now();
  const looks = { before: 0, after: 0, done: 0, failed: 0, fruitless: 0, lastAt, notBefore: 0 };
  const known = attributesOf({ payment, attention: null, lastLook: null, waiting: null, operators: [] });
  await temporal.workflow.start('payment', {
    workflowId: workflowIdFor(toOrderId(orderId)),
    taskQueue: environment['TEMPORAL_TASK_QUEUE'] ?? '',
    args: [input, { payment, told: [], looks, hints: [] }],
    memo: initialMemo(input),
    typedSearchAttributes: new TypedSearchAttributes(
      known.flatMap(({ key, value }) => (value === null ? [] : [{ key, value }])) as never,
    ),
    ...(sleeps && { startDelay: '2 days' }),
  });
}
