import { setTimeout } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { LRUCache } from 'lru-cache';
import { workflowIdFor, type OrderId } from '../domain/identity.ts';
import { toRecord, type PaymentRecord } from '../domain/payment/payment-record.ts';
import { customerReturned } from '../../workflows/messages.ts';
import type { Archive } from './archive.ts';
import type { PaymentFeed } from './payment-feed.ts';
import type { PaymentReader } from './payment-reader.ts';
import { SingleFlight } from './single-flight.ts';

/** How long a customer waits for the platform's answer. */
const returnMs = 3_000;
/** Pauses between two messages about one order, doubling while visits go on; forgotten after a while without any. */
const pollPauses = { firstMs: 1_000, longestMs: 60_000, forgottenMs: 10 * 60_000 };
const longestTurnMs = 1_500;
const mostOrders = 10_000;

interface ReturnsParts {
  readonly reader: PaymentReader;
  readonly archive: Archive;
  readonly feed: PaymentFeed;
}

/**
 * Customers who come back. However many visits there are, and however many at once, a payment gets one message for
 * those of a moment, and those of a crowd ever more rarely: they are answered with what is known.
 */
export class Returns {
  readonly #client: Client;
  readonly #reader: PaymentReader;
  readonly #archive: Archive;
  readonly #feed: PaymentFeed;
  readonly #visits = new SingleFlight<PaymentRecord | null>();
  readonly #turns = new LRUCache<OrderId, { readonly nextAt: number; readonly pauseMs: number }>({
    max: mostOrders,
    ttl: pollPauses.forgottenMs,
  });

  constructor(client: Client, { reader, archive, feed }: ReturnsParts) {
    this.#client = client;
    this.#reader = reader;
    this.#archive = archive;
    this.#feed = feed;
  }

  /**
   * The payment after the platform was asked, or as it is known; null where there is none.
   *
   * @throws ArchiveError where only the platform could tell.
   */
  visit(orderId: OrderId): Promise<PaymentRecord | null> {
    return this.#visits.join(orderId, () => this.#visit(orderId));
  }

  async #visit(orderId: OrderId): Promise<PaymentRecord | null> {
    const before = await this.#reader.known(orderId);
    if (!before) return this.#archived(orderId);
    if (!isAwaiting(before)) return before;
    const turnMs = this.#takeTurn(orderId);
    if (turnMs === null) return before;
    await setTimeout(turnMs);
    if (!(await this.#signal(orderId))) return before;
    return (await this.#answer(orderId, before)) ?? before;
  }

  /** What the platform has of a payment that Temporal has forgotten, or an operator ended. */
  async #archived(orderId: OrderId): Promise<PaymentRecord | null> {
    const payment = await this.#archive.payment(orderId);
    return payment && toRecord(payment);
  }

  /** How long until this visit's message may go; null where that is longer than a customer waits. */
  #takeTurn(orderId: OrderId): number | null {
    const now = Date.now();
    const { nextAt, pauseMs } = this.#turns.get(orderId) ?? { nextAt: now, pauseMs: pollPauses.firstMs };
    const at = Math.max(now, nextAt);
    if (at - now > longestTurnMs) return null;
    this.#turns.set(orderId, { nextAt: at + pauseMs, pauseMs: Math.min(pauseMs * 2, pollPauses.longestMs) });
    return at - now;
  }

  async #signal(orderId: OrderId): Promise<boolean> {
    try {
      await this.#client.workflow
        .getHandle(workflowIdFor(orderId))
        .signal(customerReturned, { at: Date.now() });
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  /** What is known once the platform was asked; null where it was not in time. */
  async #answer(orderId: OrderId, before: PaymentRecord): Promise<PaymentRecord | null> {
    let last: PaymentRecord | null = null;
    for await (const record of this.#feed.follow(orderId, AbortSignal.timeout(returnMs))) {
      last = record;
      if (record.polls > before.polls || !isAwaiting(record)) return record;
    }
    return last;
  }
}

const isAwaiting = ({ payment: { status } }: PaymentRecord): boolean =>
  status === 'awaiting_payment' || status === 'canceling' || status === 'creating';
