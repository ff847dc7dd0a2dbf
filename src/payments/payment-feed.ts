import { EventEmitter, once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { aftermathIdFor, workflowIdFor, type OrderId } from '../domain/identity.ts';
import type { PaymentRecord } from '../domain/payment/payment-record.ts';
import type { PaymentReader } from './payment-reader.ts';
import { callWithin } from '../temporal/deadline.ts';
import { FeedStopped } from '../temporal/feed-stopped.ts';
import { progressOfRun } from '../temporal/runs.ts';

/** Longer than the server holds back the answer to a long poll. */
const longPollMs = 60_000;
const retryMs = 1_000;

/** What followers of one payment share: a watch on its history, which tells when that grew. */
class OrderWatch extends EventEmitter<{ news: [] }> {
  readonly #ended = new AbortController();
  #followers = 0;

  constructor() {
    super();
    this.setMaxListeners(0);
  }

  /** Aborts when nobody follows any more, or when nothing more can come. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  isOver(): boolean {
    return this.signal.aborted;
  }

  end(): void {
    this.#ended.abort();
    this.emit('news');
  }

  join(): void {
    this.#followers += 1;
  }

  leave(): void {
    this.#followers -= 1;
    if (this.#followers === 0) this.end();
  }
}

/**
 * Payments as they change, without a poll: one long poll of a payment's history in Temporal serves all who follow it,
 * and each growth costs one shared read.
 */
export class PaymentFeed {
  readonly #client: Client;
  readonly #reader: PaymentReader;
  readonly #watches = new Map<OrderId, OrderWatch>();
  #stopped = false;

  constructor(client: Client, reader: PaymentReader) {
    this.#client = client;
    this.#reader = reader;
  }

  /**
   * The payment now and after each change; ends when nothing of it runs any more, or at `signal`.
   *
   * @throws FeedStopped where the feed ends before that.
   */
  async *follow(orderId: OrderId, signal: AbortSignal): AsyncGenerator<PaymentRecord> {
    const watch = this.#watch(orderId);
    watch.join();
    try {
      let last = '';
      for (let over = false; !signal.aborted && !over;) {
        if (this.#stopped) throw new FeedStopped('the feed was stopped');
        // What is read after the end is the last word.
        over = watch.isOver();
        const news = over ? null : once(watch, 'news', { signal }).catch(() => undefined);
        const record = await this.#reader.record(orderId);
        const text = JSON.stringify(record);
        if (text !== last) yield record;
        last = text;
        await news;
      }
    } finally {
      watch.leave();
    }
  }

  /** Ends every `follow` before its payment is over. */
  stop(): void {
    this.#stopped = true;
    for (const watch of this.#watches.values()) watch.end();
  }

  #watch(orderId: OrderId): OrderWatch {
    const known = this.#watches.get(orderId);
    // One that its last follower left is still in its last call.
    if (known && !known.isOver()) return known;
    const watch = new OrderWatch();
    this.#watches.set(orderId, watch);
    const end = (): void => {
      if (this.#watches.get(orderId) === watch) this.#watches.delete(orderId);
      watch.end();
    };
    this.#run(orderId, watch).then(end, end);
    return watch;
  }

  /** The payment's history to its end, then its aftermath's where one runs. */
  async #run(orderId: OrderId, watch: OrderWatch): Promise<void> {
    for (const id of [workflowIdFor(orderId), aftermathIdFor(orderId)]) {
      while (!watch.isOver()) {
        const runId = await this.#openRun(id, watch).catch(() => 'unknown' as const);
        if (runId === null) break;
        const done = runId !== 'unknown' && (await this.#tail(id, runId, watch).catch(() => false));
        if (!done && !watch.isOver()) await retryPause(watch.signal);
      }
    }
  }

  /** The run that is open now, a continued one included; null where there is none. */
  async #openRun(workflowId: string, watch: OrderWatch): Promise<string | null> {
    const handle = this.#client.workflow.getHandle(workflowId);
    const progress = await this.#call(watch, () => progressOfRun(handle));
    return progress?.status === 'RUNNING' ? progress.runId : null;
  }

  /** Tells each growth of a run's history; true when the run is over. */
  async #tail(workflowId: string, runId: string, watch: OrderWatch): Promise<boolean> {
    const { namespace } = this.#client.options;
    let nextPageToken: Uint8Array = new Uint8Array();
    do {
      const request = { namespace, execution: { workflowId, runId }, waitNewEvent: true, nextPageToken };
      const answer = await this.#call(watch, () =>
        this.#client.workflowService.getWorkflowExecutionHistory(request),
      );
      nextPageToken = answer.nextPageToken;
      if ((answer.history?.events?.length ?? 0) > 0) watch.emit('news');
    } while (nextPageToken.length > 0);
    return true;
  }

  #call<Result>({ signal }: OrderWatch, call: () => Promise<Result>): Promise<Result> {
    // The SDK leaves its listener on the signal, so each call gets one of its own.
    const cancelable = () => this.#client.withAbortSignal(AbortSignal.any([signal]), call);
    return callWithin(this.#client, longPollMs, cancelable);
  }
}

const retryPause = (signal: AbortSignal): Promise<unknown> =>
  setTimeout(retryMs, undefined, { signal }).catch(() => undefined);
