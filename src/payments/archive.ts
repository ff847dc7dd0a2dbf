import { randomUUID } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { LRUCache } from 'lru-cache';
import type { AccountId, OrderId } from '../domain/identity.ts';
import type { Invoice } from '../domain/invoice/invoice.ts';
import { decide } from '../domain/payment/decide.ts';
import { isWorthRecalling, recalled, type Recalling } from '../domain/payment/forgotten.ts';
import type { Payment, PaymentInput, Policy } from '../domain/payment/payment.ts';
import {
  callbackReceived,
  paymentWorkflow,
  type CallbackHint,
  type Continuation,
} from '../../workflows/messages.ts';
import { attributesOf, lifelongAttributes } from '../../workflows/search-attributes.ts';
import { within } from '../temporal/deadline.ts';
import type { OrderKey } from './api-answer.ts';
import { startOptions } from './start-options.ts';

export interface ArchiveSource {
  /** Ids of all accounts, the first the one of the environment. */
  readonly accountIds: () => readonly [AccountId, ...AccountId[]];
  /** An order's invoices on an account, one for each attempt, as the platform has them. */
  readonly find: (account: AccountId, orderId: OrderId) => Promise<readonly Invoice[]>;
  readonly policyFor: (owner: string) => Policy;
  /** Whether the name that an invoice carries is that of an order service. */
  readonly isOwner: (name: string) => boolean;
}

/** Where the platform is asked about an order. */
interface OrderPlace {
  readonly account: AccountId;
  readonly orderId: OrderId;
}

const orderPlaceKey = ({ account, orderId }: OrderPlace): string => `${account} ${orderId}`;

type Opening = (input: PaymentInput, continuation: Continuation) => Promise<Payment>;

/** One question a minute and order, whatever its answer. */
const rememberedMs = 60_000;
const mostAnswers = 10_000;
/** How long an order service, or the platform with its callback, waits for the platform's answer. */
const archiveMs = 4_000;
/** The same for an order that goes on without it. */
const holdsMs = 400;

/** The platform has not said whether it has the order. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** After Temporal's retention the platform is the archive: payments as their invoices tell of them. */
export class Archive {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #source: ArchiveSource;
  readonly #questions = new LRUCache<string, Promise<readonly Invoice[]>>({
    max: mostAnswers,
    ttl: rememberedMs,
  });
  /** What is asked of each account in a rush, and until when it is asked nothing: epoch milliseconds. */
  readonly #rushes = new Map<AccountId, { turn: Promise<unknown>; silentUntil: number }>();

  constructor(client: Client, taskQueue: string, source: ArchiveSource) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#source = source;
  }

  /**
   * Null where there is none, or where nobody can say whose it is.
   *
   * @throws ArchiveError where the platform does not answer, as all that asks it here.
   */
  async payment(orderId: OrderId): Promise<Payment | null> {
    const places = this.#source.accountIds().map((account) => ({ account, orderId }));
    const answers = await Promise.allSettled(places.map((place) => this.paymentOn(place)));
    const found = answers.flatMap((it) => (it.status === 'fulfilled' && it.value ? [it.value] : []));
    const silent = answers.find((it) => it.status === 'rejected');
    if (found.length === 0 && silent) throw silent.reason;
    return found[0] ?? null;
  }

  /** The same on one account. */
  paymentOn(place: OrderPlace): Promise<Payment | null> {
    return this.#recall({ ...place, requestId: randomUUID(), asked: null });
  }

  /** The same of one order service's own; no trouble of another account than the one that it charges matters to it. */
  async paymentOf({ owner, orderId }: OrderKey): Promise<Payment | null> {
    const isOwn = (payment: Payment | null): boolean => payment?.input.owner === owner;
    const { account: own } = this.#source.policyFor(owner);
    const payment = await this.paymentOn({ account: own, orderId });
    if (isOwn(payment)) return payment;
    for (const account of this.#source.accountIds().filter((it) => it !== own)) {
      const other = await this.paymentOn({ account, orderId }).catch(nullWhileSilent);
      if (isOwn(other)) return other;
    }
    return null;
  }

  /**
   * The same in a rush of orders that no worker takes: one question at a time of each account, and none for a minute
   * after one that the platform did not answer. Null also where it was not asked.
   */
  async earlier(place: OrderPlace): Promise<Payment | null> {
    const rush = this.#rushes.get(place.account) ?? { turn: Promise.resolve(), silentUntil: 0 };
    this.#rushes.set(place.account, rush);
    const turn = rush.turn.then(() => (Date.now() < rush.silentUntil ? null : this.paymentOn(place)));
    rush.turn = turn.catch(() => {
      rush.silentUntil = Date.now() + rememberedMs;
    });
    return within(holdsMs, turn).catch(() => null);
  }

  /** Whether the platform has said a moment ago that it has the order. */
  async holds(place: OrderPlace): Promise<boolean> {
    const known = this.#questions.get(orderPlaceKey(place));
    const invoices = known && (await within(holdsMs, known).catch(() => null));
    return invoices ? invoices.length > 0 : false;
  }

  /** Has the payment that was asked for go on where there was one. */
  async reopenFor({ orderId, requestId, ...asked }: PaymentInput): Promise<void> {
    const { account } = asked.policy;
    const payment = await this.#recall({ account, orderId, requestId, asked });
    if (payment) await this.open(payment);
  }

  /** Has an order service's payment go on, unless an operator ended it; false where it has none. */
  async reopen(key: OrderKey): Promise<boolean> {
    const payment = await this.paymentOf(key);
    if (payment) await this.open(payment);
    return payment !== null;
  }

  /** The same with what came of an order of ours that was paid. */
  async reopenWith(place: OrderPlace, hint: CallbackHint): Promise<boolean> {
    const payment = await this.paymentOn(place);
    if (!payment || !isWorthRecalling(payment)) return false;
    if (!this.#source.isOwner(payment.input.owner)) return false;
    return this.open({ ...payment, decidedBy: hint.source ?? 'callback' }, hint);
  }

  /** False where the order has a payment already. */
  async open({ input, ...continuation }: Payment, hint?: CallbackHint): Promise<boolean> {
    const payment = { ...continuation, input };
    const shown = attributesOf(payment, decide(payment));
    const options = {
      ...startOptions(this.#taskQueue, input),
      args: [input, continuation] as [PaymentInput, Continuation],
      typedSearchAttributes: new TypedSearchAttributes(lifelongAttributes(payment)).updateCopy(shown),
    };
    try {
      if (hint)
        await this.#client.workflow.signalWithStart<Opening, [CallbackHint]>(paymentWorkflow, {
          ...options,
          signal: callbackReceived,
          signalArgs: [hint],
        });
      else await this.#client.workflow.start<Opening>(paymentWorkflow, options);
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }

  async #recall({ account, ...asking }: OrderPlace & Omit<Recalling, 'policyFor'>): Promise<Payment | null> {
    const { orderId } = asking;
    // Where its invoices are is where it stays, whatever its order service charges today.
    const policyFor = (owner: string): Policy => ({ ...this.#source.policyFor(owner), account });
    const key = orderPlaceKey({ account, orderId });
    const known = this.#questions.get(key);
    const question = known ?? this.#source.find(account, orderId);
    if (!known) this.#questions.set(key, question);
    const invoices = await within(archiveMs, question).catch((cause: unknown) => {
      throw new ArchiveError('the platform does not answer', { cause });
    });
    return recalled({ ...asking, policyFor }, invoices, Date.now());
  }
}

const nullWhileSilent = (error: unknown): null => {
  falseWhileSilent(error);
  return null;
};

/** For a `catch`: while the platform is silent nothing is known of the order. */
export function falseWhileSilent(error: unknown): false {
  if (error instanceof ArchiveError) return false;
  throw error;
}
