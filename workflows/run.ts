import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { OutcomeStatus } from '../src/domain/outcome.ts';
import { openPayment, type Attempt, type Payment, type PaymentInput } from '../src/domain/payment.ts';
import type { PaymentRecord } from '../src/domain/record.ts';
import { reduce, type PaymentEvent } from '../src/domain/reduce.ts';
import { isNews } from '../src/domain/standing.ts';
import { finalStatusOf, statusOf } from '../src/domain/status.ts';
import { viewOf } from '../src/domain/view.ts';
import type { CallbackHint } from './messages.ts';
import { attributesOf, detailsOf, type Attention } from './visibility.ts';

export type Hint = CallbackHint & { readonly source: 'callback' | 'return' | 'operator' };

/** What is carried over when a long history is continued as new. */
export interface Carried {
  readonly payment: Payment;
  readonly told: readonly OutcomeStatus[];
  readonly looks: Looks;
}

export interface Looks {
  readonly before: number;
  readonly after: number;
  readonly done: number;
  readonly lastAt: number;
  /** In a row, without an answer. */
  readonly failed: number;
  /** The platform asked not to be asked before (Retry-After): epoch milliseconds. */
  readonly notBefore: number;
}

/** One run of a payment: what is known, what woke it, and how it shows itself. Decides nothing. */
export class PaymentRun {
  payment: Payment;
  looks: Looks;
  /** Outcomes in the order in which they are told. */
  told: readonly OutcomeStatus[];
  outcomesWaiting = 0;
  redeliveriesAsked = 0;
  lookInFlight = false;
  #hints: readonly Hint[] = [];
  #attention: Attention | null = null;
  #lastLook: string | null = null;
  #waiting: string | null = null;
  #published = '';
  #telling: Promise<void> = Promise.resolve();

  constructor(input: PaymentInput, now: number, carried?: Carried) {
    this.payment = carried?.payment ?? openPayment(input, now);
    this.looks = carried?.looks ?? { before: 0, after: 0, done: 0, failed: 0, lastAt: now, notBefore: 0 };
    this.told = carried?.told ?? [];
    this.#published = carried ? '' : this.#statusKey();
  }

  apply(event: PaymentEvent): void {
    this.payment = reduce(this.payment, event);
    this.show({});
  }

  /** Publishes what changed; search attributes only where they differ, since each upsert is an event. */
  show(news: { attention?: Attention | null; lastLook?: string; waiting?: string | null }): void {
    if (news.attention !== undefined) this.#attention = news.attention;
    if (news.lastLook !== undefined) this.#lastLook = news.lastLook;
    if (news.waiting !== undefined) this.#waiting = news.waiting;
    const picture = {
      payment: this.payment,
      attention: this.#attention,
      lastLook: this.#lastLook,
      waiting: this.#waiting,
    };
    setCurrentDetails(detailsOf(picture));
    const key = this.#statusKey();
    if (key === this.#published) return;
    this.#published = key;
    upsertSearchAttributes(attributesOf(picture));
  }

  #statusKey(): string {
    return JSON.stringify([statusOf(this.payment), this.#attention, viewOf(this.payment).invoiceId]);
  }

  hint(hint: Hint): void {
    this.#hints = [...this.#hints, hint];
  }

  /** Attempts that something happened to which the platform has not been asked about yet, the oldest first. */
  get news(): { attempt: Attempt; source: Hint['source'] } | null {
    for (const hint of this.#hints) {
      const attempt = this.payment.attempts.find(({ number }) => number === hint.attempt);
      if (attempt && (attempt.seen === null || isNews(hint, attempt.seen)))
        return { attempt, source: hint.source };
    }
    return null;
  }

  hasNewsOf({ number }: Attempt): boolean {
    return this.#hints.some((hint) => hint.attempt === number);
  }

  /** Whether there is news of an attempt, which counts as answered by what the caller does next. */
  takeNewsOf(attempt: Attempt): boolean {
    const has = this.hasNewsOf(attempt);
    this.#forget(attempt.number);
    return has;
  }

  #forget(attempt: number): void {
    this.#hints = this.#hints.filter((hint) => hint.attempt !== attempt);
  }

  /** A new invoice: its schedule of looks begins, and whatever was wrong while it was made is over. */
  restartLooks(now: number): void {
    this.looks = { ...this.looks, before: 0, after: 0, failed: 0, lastAt: now };
    this.show({ attention: null });
  }

  countLook(overdue: boolean): void {
    const { before, after } = this.looks;
    this.looks = { ...this.looks, before: before + (overdue ? 0 : 1), after: after + (overdue ? 1 : 0) };
  }

  /** A look that begins now answers every hint received until now. */
  beginLook(attempt: number): void {
    this.lookInFlight = true;
    this.#forget(attempt);
  }

  endLook(now: number, unanswered: { readonly retryAfterMs: number | null } | null): void {
    this.lookInFlight = false;
    this.looks = {
      ...this.looks,
      done: this.looks.done + 1,
      failed: unanswered ? this.looks.failed + 1 : 0,
      lastAt: now,
      notBefore: now + (unanswered?.retryAfterMs ?? 0),
    };
  }

  /** Outcomes of a payment arrive in the order in which they were told. */
  enqueueOutcome(deliver: () => Promise<void>): void {
    this.outcomesWaiting += 1;
    this.#telling = this.#telling.then(deliver).then(() => {
      this.outcomesWaiting -= 1;
    });
  }

  carry(): Carried {
    return { payment: this.payment, told: this.told, looks: this.looks };
  }

  /** Something to answer an order service with: a redirect, services to choose from, or the end. */
  get hasAnswer(): boolean {
    const status = statusOf(this.payment);
    return status !== 'creating' && (status !== 'choosing' || this.payment.services !== null);
  }

  get isOver(): boolean {
    return finalStatusOf(this.payment) !== null;
  }

  record(): PaymentRecord {
    const { owner, requestId, terms } = this.payment.input;
    const seen = this.payment.attempts.flatMap(({ number, seen: snapshot }) =>
      snapshot ? [{ attempt: number, status: snapshot.status, updated: snapshot.updated }] : [],
    );
    return { owner, requestId, terms, payment: viewOf(this.payment), seen };
  }
}
