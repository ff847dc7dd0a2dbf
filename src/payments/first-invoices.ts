import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { createInvoiceActivity } from '../../workflows/messages.ts';
import type { CreatedInvoice, InvoiceSnapshot } from '../domain/invoice/invoice.ts';
import { currentAttempt, openPayment, type Payment, type PaymentInput } from '../domain/payment/payment.ts';
import { redirectFaultOf } from '../domain/invoice/redirect.ts';
import { apply } from '../domain/payment/apply.ts';
import { callWithin } from '../temporal/deadline.ts';
import { isDeadline } from '../temporal/errors.ts';
import { decodeOne, type HistoryEvent } from '../temporal/payloads.ts';
import { openedAtOf } from './start-event.ts';

/** How a payment began, and where its first create left it. */
export interface FirstAnswer {
  /** Epoch milliseconds; null where its history could not be read in time. */
  readonly openedAt: number | null;
  /** Null where something else came first, or nothing in time: then the payment itself has to say. */
  readonly payment: Payment | null;
}

/** More than a payment writes until its first create is answered. */
const eventsAPage = 16;

/** Invoices that a process remembers, so that the callback of a creation, which soon follows, costs no read. */
const mostRemembered = 1_000;

/**
 * Payments as the platform's answers to their first creates leave them, read from their histories, for which a payment
 * need not be asked: no event, no billable action, no workflow task.
 */
export class FirstInvoices {
  readonly #client: Client;
  readonly #seen = new Map<string, InvoiceSnapshot>();

  constructor(client: Client) {
    this.#client = client;
  }

  async read(workflowId: string, waitMs: number): Promise<FirstAnswer> {
    const first = await firstAnswer(this.#client, workflowId, waitMs);
    const seen = first.payment && currentAttempt(first.payment)?.seen?.snapshot;
    if (seen) this.#remember(workflowId, seen);
    return first;
  }

  /** The invoice of that answer: what a history has held it holds from then on. */
  async invoice(workflowId: string, waitMs: number): Promise<InvoiceSnapshot | null> {
    if (!this.#seen.has(workflowId)) await this.read(workflowId, waitMs);
    return this.#seen.get(workflowId) ?? null;
  }

  #remember(workflowId: string, seen: InvoiceSnapshot): void {
    this.#seen.set(workflowId, seen);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > mostRemembered && oldest !== undefined) this.#seen.delete(oldest);
  }
}

async function firstAnswer(client: Client, workflowId: string, waitMs: number): Promise<FirstAnswer> {
  const until = Date.now() + waitMs;
  const events: HistoryEvent[] = [];
  for (let nextPageToken: Uint8Array = new Uint8Array(); ;) {
    const page = await nextPage(client, { workflowId, nextPageToken, until });
    events.push(...(page?.events ?? []));
    const openedAt = events.length > 0 ? openedAtOf(events) : null;
    const answer = answerIn(events);
    if (answer.kind === 'created')
      return { openedAt, payment: await paymentOf(client, workflowId, { events, result: answer.result }) };
    if (answer.kind === 'other' || !page || page.nextPageToken.length === 0)
      return { openedAt, payment: null };
    ({ nextPageToken } = page);
  }
}

interface Position {
  readonly workflowId: string;
  readonly nextPageToken: Uint8Array;
  readonly until: number;
}

/** What is there at once, else what comes next; null where nothing came in time. */
async function nextPage(client: Client, { workflowId, nextPageToken, until }: Position) {
  const { namespace } = client.options;
  const left = until - Date.now();
  if (left <= 0) return null;
  try {
    const answer = await callWithin(client, left, () =>
      client.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution: { workflowId },
        maximumPageSize: eventsAPage,
        waitNewEvent: true,
        nextPageToken,
      }),
    );
    return { events: answer.history?.events ?? [], nextPageToken: answer.nextPageToken };
  } catch (error) {
    if (isDeadline(error)) return null;
    throw error;
  }
}

type Result = temporal.api.common.v1.IPayloads | null | undefined;

type CreationAnswer =
  | { readonly kind: 'created'; readonly result: Result }
  | { readonly kind: 'pending' }
  /** Something that only the payment can judge. */
  | { readonly kind: 'other' };

function answerIn(events: readonly HistoryEvent[]): CreationAnswer {
  for (const event of events) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled && scheduled.activityType?.name !== createInvoiceActivity) return { kind: 'other' };
    const completed = event.activityTaskCompletedEventAttributes;
    if (completed) return { kind: 'created', result: completed.result };
    if (event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes)
      return { kind: 'other' };
  }
  return { kind: 'pending' };
}

/** By the same rules as the workflow's; an invoice that nobody can be sent to is its own to look into. */
async function paymentOf(
  client: Client,
  workflowId: string,
  { events, result }: { readonly events: readonly HistoryEvent[]; readonly result: Result },
): Promise<Payment | null> {
  const [first] = events;
  const start = first?.workflowExecutionStartedEventAttributes;
  const input = await decodeOne<PaymentInput>(client, { workflowId, payloads: start?.input?.payloads });
  const made = await decodeOne<CreatedInvoice & { at: number }>(client, {
    workflowId,
    payloads: result?.payloads,
  });
  if (redirectFaultOf(made.invoice.redirect, input.policy.redirects) !== null) return null;
  const opened = openPayment(input, openedAtOf(events));
  return apply(opened, { kind: 'invoice_created', attempt: 1, ...made });
}
