import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { Outcome, Told } from '../src/domain/payment/outcome.ts';
import { withNote, type OperatorNote } from '../src/domain/payment/operator.ts';
import type { InvoiceSnapshot } from '../src/domain/invoice/invoice.ts';
import { openPayment, type Attempt, type Payment, type PaymentInput } from '../src/domain/payment/payment.ts';
import type { PaymentRecord, Swept } from '../src/domain/payment/record.ts';
import { reduce, type PaymentEvent } from '../src/domain/payment/apply.ts';
import { isNews } from '../src/domain/invoice/invoice-state.ts';
import { storyOf, type Story } from '../src/domain/payment/operator-view.ts';
import { finalStatusOf, statusOf } from '../src/domain/payment/status.ts';
import { viewOf } from '../src/domain/payment/view.ts';
import type { Carried, Hint, Looks } from './carried.ts';
import { publishesLate } from './versions.ts';
import { attributesOf, detailsOf, type Attention, type Picture } from './visibility.ts';

/** A payment has two: its invoice was made, and what became of it. */
const mostCallbacks = 2;

/** One run of a payment: what is known, what woke it, and how it shows itself. Decides nothing. */
export class PaymentRun {
  payment: Payment;
  looks: Looks;
  /** Outcomes in the order in which they are told. */
  told: readonly Told[];
  outcomesWaiting = 0;
  redeliveriesAsked = 0;
  lookInFlight = false;
  /** When the callback came that the last look answers: epoch milliseconds. */
  wokenAt: number | null = null;
  #operators: readonly OperatorNote[];
  #swept: readonly Swept[];
  #sweepDay: string | null = null;
  #parked = false;
  #hints: readonly Hint[] = [];
  #attention: Attention | null = null;
  #lastLook: string | null;
  #waiting: string | null = null;
  #published = '';
  /** Nothing has happened yet that the search attributes of the start do not tell. */
  #onCourse: boolean;
  /** Hints that the last look answered. */
  #answered = 0;
  #telling: Promise<void> = Promise.resolve();

  constructor(input: PaymentInput, now: number, carried?: Carried) {
    const state = carried ?? opened(input, now);
    this.payment = state.payment;
    this.looks = state.looks;
    this.told = state.told;
    this.#hints = state.hints;
    this.#operators = state.operators ?? [];
    this.#swept = state.swept ?? [];
    this.#lastLook = state.lastLook ?? null;
    this.#attention = state.attention ?? null;
    this.#published = carried ? '' : this.#statusKey();
    this.#onCourse = !carried && publishesLate(input);
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
    setCurrentDetails(detailsOf(this.#picture));
    if (this.#onCourse && this.#isUnremarkable) return;
    if (this.#statusKey() !== this.#published) this.publish();
  }

  publish(): void {
    this.#onCourse = false;
    this.#published = this.#statusKey();
    upsertSearchAttributes(attributesOf(this.#picture));
  }

  get #picture(): Picture {
    return {
      payment: this.payment,
      attention: this.#shownAttention,
      lastLook: this.#lastLook,
      waiting: this.#waiting,
      operators: this.#operators,
    };
  }

  /** As every payment is that takes its course: an operator who searches has nothing to find. */
  get #isUnremarkable(): boolean {
    const status = statusOf(this.payment);
    const isOpen = status === 'creating' || status === 'awaiting_payment';
    return isOpen && this.payment.attempts.length === 1 && this.#shownAttention === null;
  }

  /** Something did not go as planned, or took longer: from now on the search attributes tell. */
  leaveCourse(): void {
    if (this.#onCourse) this.publish();
  }

  /**
   * A signal that comes meanwhile voids a workflow task that would end the payment, and what its local activities
   * did is done again: where callbacks crowd in, regular activities keep what they have done.
   */
  get #isCrowded(): boolean {
    return this.#answered + this.#hints.length > mostCallbacks;
  }

  get looksLocally(): boolean {
    const { localActivities = 'off' } = this.payment.input.policy;
    return localActivities !== 'off' && !this.#isCrowded;
  }

  /** Before the history holds what is told: so only what any later look would say again. */
  tellsLocally({ type }: Outcome): boolean {
    const isLasting = type === 'payment.paid' || type === 'payment.verified';
    return isLasting && this.payment.input.policy.localActivities === 'all' && !this.#isCrowded;
  }

  #statusKey(): string {
    const { invoiceId } = viewOf(this.payment);
    return JSON.stringify([statusOf(this.payment), this.#shownAttention, invoiceId]);
  }

  /** A review is found by its status, too; a parked outcome by this alone. */
  get #shownAttention(): Attention | null {
    return this.#parked ? 'outcome-parked' : this.#attention;
  }

  /** An outcome that an operator has to ask for again. */
  get isParked(): boolean {
    return this.#parked || this.#attention === 'outcome-parked';
  }

  park(parked: boolean): void {
    this.#parked = parked;
    this.show({});
  }

  /** The last question to the platform was left unanswered. */
  get isSilent(): boolean {
    return this.#attention === 'platform-silent' || this.#attention === 'credentials';
  }

  note(note: OperatorNote): void {
    this.#operators = withNote(this.#operators, note);
    this.show({});
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
    this.looks = { ...this.looks, before: 0, after: 0, failed: 0, fruitless: 0, lastAt: now };
    this.show({ attention: null });
  }

  countLook(overdue: boolean): void {
    const { before, after } = this.looks;
    this.looks = { ...this.looks, before: before + (overdue ? 0 : 1), after: after + (overdue ? 1 : 0) };
  }

  /** A look that begins now answers every hint received until now. */
  beginLook(attempt: number): void {
    this.lookInFlight = true;
    const came = this.#hints.flatMap((hint) => (hint.attempt === attempt ? (hint.receivedAt ?? []) : []));
    this.wokenAt = came.length > 0 ? Math.min(...came) : null;
    const hints = this.#hints.length;
    const days = this.#hints.flatMap((hint) => (hint.attempt === attempt ? (hint.day ?? []) : []));
    this.#sweepDay = days.toSorted()[0] ?? null;
    this.#forget(attempt);
    this.#answered = hints - this.#hints.length;
  }

  /** What the platform said to the look that a sweep asked for, so that later sweeps need not tell it again. */
  sawForSweep(attempt: number, seen: Pick<InvoiceSnapshot, 'status' | 'updated'> | null): void {
    if (this.#sweepDay === null) return;
    const { status, updated } = seen ?? { status: null, updated: null };
    const earlier = this.#swept.filter((it) => it.attempt === attempt);
    if (earlier.some((it) => it.status === status && it.updated === updated)) return;
    const others = this.#swept.filter((it) => it.attempt !== attempt);
    this.#swept = [...others, { attempt, day: this.#sweepDay, status, updated }];
  }

  /** What was learned tells whether hints come for nothing. */
  countFruit(learned: boolean): void {
    this.looks = { ...this.looks, fruitless: learned ? 0 : this.looks.fruitless + 1 };
    this.leaveCourse();
  }

  /** Somebody waits for the answer: a customer who came back, an operator. */
  get isAwaited(): boolean {
    return this.#hints.some(({ source }) => source === 'return' || source === 'operator');
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
    return {
      payment: this.payment,
      told: this.told,
      looks: this.looks,
      hints: this.#hints,
      operators: this.#operators,
      lastLook: this.#lastLook,
      attention: this.#attention,
      swept: this.#swept,
    };
  }

  story(): Story {
    return storyOf({ ...this.carry(), waiting: this.#waiting, attention: this.#shownAttention });
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
    return { owner, requestId, terms, payment: viewOf(this.payment), seen, swept: this.#swept };
  }
}

const opened = (input: PaymentInput, now: number): Carried => ({
  payment: openPayment(input, now),
  looks: { before: 0, after: 0, done: 0, failed: 0, fruitless: 0, lastAt: now, notBefore: 0 },
  told: [],
  hints: [],
});
