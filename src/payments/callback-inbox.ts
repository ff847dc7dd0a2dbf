import { createHash } from 'node:crypto';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { LRUCache } from 'lru-cache';
import {
  aftermathIdFor,
  referenceIdFor,
  toForeignReference,
  workflowIdFor,
  type AccountId,
  type OrderId,
  type Reference,
  type ReferenceId,
} from '../domain/identity.ts';
import { isNews } from '../domain/invoice/money-beats-none.ts';
import { stateOf } from '../domain/invoice/invoice-state.ts';
import type { UnmatchedMoney } from '../domain/unmatched-money/unmatched-money.ts';
import type { Payment } from '../domain/payment/payment.ts';
import { bringsNews } from '../domain/payment/wake-ups.ts';
import {
  aftermathWorkflow,
  callbackReceived,
  unknownReferenceWorkflow,
  type CallbackHint,
  type UnknownReferenceInput,
} from '../../workflows/messages.ts';
import { callWithin } from '../temporal/deadline.ts';
import { falseWhileSilent, type Archive } from './archive.ts';
import type { AftermathWorkflow, PaymentReader } from './payment-reader.ts';
import { aftermathOptions } from './start-options.ts';

/** What a callback tells, and of which invoice where it names one. */
export type CallbackNews = Omit<CallbackHint, 'attempt'> & { readonly invoiceId?: string };

/** News, and the account whose secret signed it, or whose list of invoices it is from. */
interface Signed {
  readonly account: AccountId;
  readonly news: CallbackNews;
}

type UnknownReferenceWorkflow = (input: UnknownReferenceInput) => Promise<UnmatchedMoney>;

/** The callback of a creation often comes before the answer of the create, and the platform waits 10 s for ours. */
const answerOfCreateMs = 500;

interface InboxParts {
  readonly reader: PaymentReader;
  /** Accounts beside that of the environment: without any, no payment is on another. */
  readonly others: () => readonly AccountId[];
  /** Null where no payment is taken up again. */
  readonly archive: Archive | null;
  /** How long the sender waits until its callback is durable; absent: as long as it takes. */
  readonly waitMs?: number;
}

/** Where signed callbacks become durable. */
export class CallbackInbox {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #reader: PaymentReader;
  readonly #archive: Archive | null;
  readonly #others: InboxParts['others'];
  readonly #within: <Result>(call: () => Promise<Result>) => Promise<Result>;
  /** Callbacks that this process has made durable a moment ago: the platform repeats them by the thousand. */
  readonly #taken = new LRUCache<string, true>({ max: 10_000, ttl: 60_000 });

  constructor(client: Client, taskQueue: string, { reader, archive, others, waitMs }: InboxParts) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#reader = reader;
    this.#archive = archive;
    this.#others = others;
    this.#within = (call) => (waitMs === undefined ? call() : callWithin(client, waitMs, call));
  }

  /**
   * On the payment, or where that is over, in its aftermath. Where Temporal knows neither, the payment is taken up again,
   * or a person sees it.
   */
  async receive(reference: Reference, news: CallbackNews, account: AccountId): Promise<void> {
    const key = JSON.stringify([account, reference, news]);
    if (news.source === undefined && this.#taken.has(key)) return;
    await this.#within(() => this.#take(reference, { account, news }));
    this.#taken.set(key, true);
  }

  async #take(reference: Reference, { account, news }: Signed): Promise<void> {
    const { orderId, attempt } = reference;
    const hint = { ...hintOf(news), attempt };
    if (await this.#isDurable(reference, news)) return;
    if (await this.#isOnAnother(account, orderId))
      return this.#park({ account, orderId: null, referenceId: referenceIdFor(orderId, attempt) }, hint);
    if (await this.#signal(workflowIdFor(orderId), hint)) return;
    if (await this.#signal(aftermathIdFor(orderId), hint)) return;
    const ended = await this.#reader.ended(orderId);
    if (ended === 'running') return this.#take(reference, { account, news });
    if (ended === null) return this.#takeUnknown(reference, { account, news, hint });
    if (bringsNews(ended, hint)) await this.#resume(ended, hint);
  }

  /** Of an order that Temporal has forgotten, or of nobody's. */
  async #takeUnknown(
    reference: Reference,
    { account, news, hint }: Signed & { readonly hint: CallbackHint },
  ): Promise<void> {
    const { orderId, attempt } = reference;
    if (await this.#archive?.reopenWith({ account, orderId }, hint).catch(falseWhileSilent)) return;
    // Another callback may have done so meanwhile.
    if ((await this.#reader.ended(orderId)) !== null) return this.#take(reference, { account, news });
    await this.#park({ account, orderId, referenceId: referenceIdFor(orderId, attempt) }, hint);
  }

  /** Whether the history already holds all that a callback about an open invoice, such as of its creation, tells. */
  async #isDurable({ orderId, attempt }: Reference, news: CallbackNews): Promise<boolean> {
    if (attempt !== 1 || !isAboutOpen(news)) return false;
    try {
      const seen = await this.#reader.firstInvoices.invoice(workflowIdFor(orderId), answerOfCreateMs);
      return !!seen && seen.invoiceId === news.invoiceId && !isNews(news, seen);
    } catch (error) {
      if (isGrpcServiceError(error)) return false;
      throw error;
    }
  }

  /**
   * To the order's payment, or its aftermath, where there is one by now, or was one that Temporal has forgotten; false
   * where there is none, or only one on another account.
   *
   * @throws ArchiveError where only the platform could tell, and does not answer.
   */
  async handOver({ orderId, attempt }: Reference, account: AccountId): Promise<boolean> {
    if (await this.#isOnAnother(account, orderId)) return false;
    const hint = { attempt, status: null, updated: null, source: 'sweep' } as const;
    for (const workflowId of [workflowIdFor(orderId), aftermathIdFor(orderId)])
      if (await this.#signal(workflowId, hint)) return true;
    const ended = await this.#reader.ended(orderId);
    if (ended === 'running') return this.handOver({ orderId, attempt }, account);
    if (ended === null) return (await this.#archive?.reopenWith({ account, orderId }, hint)) ?? false;
    if (bringsNews(ended, hint)) await this.#resume(ended, hint);
    return true;
  }

  /** A reference that this product never makes: kept where an operator sees it. */
  async receiveForeign(reference: string, account: AccountId): Promise<void> {
    const input = { account, orderId: null, referenceId: toForeignReference(reference) };
    await this.#within(() => this.#park(input, { attempt: 1, status: null, updated: null }));
  }

  /** Whether the order has a payment, but on another account: then what is on this one is nobody's. */
  async #isOnAnother(account: AccountId, orderId: OrderId): Promise<boolean> {
    if (this.#others().length === 0) return false;
    const own = await this.#reader.accountOf(orderId);
    return own !== null && own !== account;
  }

  async #resume(ended: Payment, hint: CallbackHint): Promise<void> {
    await this.#client.workflow.signalWithStart<AftermathWorkflow, [CallbackHint]>(aftermathWorkflow, {
      ...aftermathOptions(this.#taskQueue, ended),
      signal: callbackReceived,
      signalArgs: [hint],
    });
  }

  /** In an id space of its own: it must never take the place of an order's payment or aftermath. */
  async #park(input: UnknownReferenceInput, hint: CallbackHint): Promise<void> {
    await this.#client.workflow.signalWithStart<UnknownReferenceWorkflow, [CallbackHint]>(
      unknownReferenceWorkflow,
      {
        workflowId: unknownReferenceIdFor(
          input.referenceId,
          this.#others().find((it) => it === input.account),
        ),
        taskQueue: this.#taskQueue,
        args: [input],
        signal: callbackReceived,
        signalArgs: [hint],
      },
    );
  }

  async #signal(workflowId: string, hint: CallbackHint): Promise<boolean> {
    try {
      await this.#client.workflow.getHandle(workflowId).signal(callbackReceived, hint);
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }
}

/** A reference may be anything; ids are in clear. `account`: another than that of the environment. */
export function unknownReferenceIdFor(reference: ReferenceId, account?: AccountId): string {
  const named = account === undefined ? reference : `${account}\n${reference}`;
  return `unknown-reference-${createHash('sha256').update(named).digest('hex').slice(0, 32)}`;
}

const isAboutOpen = ({ status }: CallbackNews): boolean =>
  status !== null && stateOf({ status, resolution: null }) === 'open';

/** What may travel on, whatever else a caller's value holds. */
const hintOf = ({ status, updated, source, day }: CallbackNews) => ({
  status,
  updated,
  ...(day !== undefined && { day }),
  ...(source ? { source } : { receivedAt: Date.now() }),
});
