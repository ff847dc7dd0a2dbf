import { TypedSearchAttributes } from '@temporalio/common';
import { referenceIdFor, toOrderId, workflowIdFor } from '../../src/domain/identity.ts';
import type { InvoiceSnapshot } from '../../src/domain/invoice/invoice.ts';
import { formatMoney, type Money } from '../../src/domain/money.ts';
import { apply } from '../../src/domain/payment/apply.ts';
import { decide } from '../../src/domain/payment/decide.ts';
import {
  currentAttempt,
  openPayment,
  type Payment,
  type PaymentInput,
} from '../../src/domain/payment/payment.ts';
import { nextDeadlineOf } from '../../src/domain/payment/expiry.ts';
import type { Continuation } from '../../workflows/messages.ts';
import { attributes, dateOf, initialMemo } from '../../workflows/search-attributes.ts';
import { invoiceIdOf, snapshotOf } from './payment-facts.ts';
import type { Rig } from './rig.ts';
import { policyIn } from './policy.ts';

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

function plantedSnapshot(
  planted: PlantedPayment,
  attempt: number,
  more: Partial<InvoiceSnapshot>,
): InvoiceSnapshot {
  const { orderId, amount, service, invoiceId, created } = planted;
  return snapshotOf({
    invoiceId: invoiceIdOf(invoiceId),
    referenceId: referenceIdFor(toOrderId(orderId), attempt),
    amount: formatMoney(amount),
    currency: amount.currency,
    service,
    created,
    updated: created,
    ...more,
  });
}

/**
 * The state of a payment that has lived already, by the product's own rules: all its questions were asked at `now`,
 * so that none is due by itself before the day is over.
 */
function stateOf(planted: PlantedPayment, input: PaymentInput, now: number): Payment {
  let payment = openPayment(input, planted.created * 1000);
  let attempt = 1;
  const create = (snapshot: InvoiceSnapshot): void => {
    const redirect = { url: 'https://pay.example/', method: 'GET' as const, fields: {}, hppUrl: null };
    const made = { at: now, invoice: { snapshot, redirect }, expiresAt: now + dayMs };
    payment = apply(payment, { kind: 'invoice_created', attempt, ...made });
  };
  const observe = (snapshot: InvoiceSnapshot): void => {
    const times = { askedAt: now, at: now };
    const answer = { kind: 'seen', snapshot } as const;
    payment = apply(payment, { kind: 'polled', attempt, ...times, answer, source: 'callback' });
  };
  if (planted.failedBefore) {
    const { invoiceId, created } = planted.failedBefore;
    const earlier = { ...planted, invoiceId, created };
    create(plantedSnapshot(earlier, attempt, {}));
    observe(plantedSnapshot(earlier, attempt, { status: 'process_failed', updated: created + 1 }));
    const choice = { service: planted.service, serviceFields: {} };
    payment = apply(payment, { kind: 'method_chosen', choice });
    attempt += 1;
  }
  create(plantedSnapshot(planted, attempt, {}));
  for (const seen of planted.seen) {
    observe(plantedSnapshot(planted, attempt, seen));
    payment = told(payment);
  }
  return payment;
}

/** With every outcome decided that it owes by then. */
function told(payment: Payment): Payment {
  const { action } = decide(payment);
  if (action?.kind !== 'decide_outcome') return payment;
  return told(apply(payment, { kind: 'outcome_decided', told: action.told }));
}

function attributesOf(payment: Payment): TypedSearchAttributes {
  const { status, attention } = decide(payment);
  const attempt = currentAttempt(payment);
  const invoice = attempt?.seen?.snapshot;
  return new TypedSearchAttributes([
    { key: attributes.account, value: payment.input.policy.account },
    { key: attributes.status, value: status },
    { key: attributes.currency, value: payment.input.terms.amount.currency },
    { key: attributes.expiresAt, value: dateOf(nextDeadlineOf(payment)) },
    ...(attention ? [{ key: attributes.attention, value: attention }] : []),
    ...(attempt ? [{ key: attributes.service, value: attempt.choice.service }] : []),
    ...(invoice
      ? [
          { key: attributes.invoiceId, value: invoice.invoiceId },
          { key: attributes.invoiceCreatedAt, value: dateOf(invoice.created * 1000) },
        ]
      : []),
  ]);
}

const continuationOf = ({ input: _, ...rest }: Payment): Continuation => rest;

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
      ...policyIn(environment),
      maxAttempts: failedBefore ? 2 : 1,
      pollPausesSeconds: [86_400],
      tellsOutcomes: false,
    },
  };
  const payment = stateOf(planted, input, Date.now());
  await temporal.workflow.start('payment', {
    workflowId: workflowIdFor(toOrderId(orderId)),
    taskQueue: environment['TEMPORAL_TASK_QUEUE'] ?? '',
    args: [input, continuationOf(payment)],
    memo: initialMemo(input),
    typedSearchAttributes: attributesOf(payment),
    ...(sleeps && { startDelay: '2 days' }),
  });
}
