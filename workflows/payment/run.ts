import { CancellationScope, sleep } from '@temporalio/workflow';
import type { Action } from '../../src/domain/payment/agenda.ts';
import { apply } from '../../src/domain/payment/apply.ts';
import { decide, type Decision } from '../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../src/domain/payment/events.ts';
import { recalledBy } from '../../src/domain/payment/forgotten.ts';
import type { Payment } from '../../src/domain/payment/payment.ts';
import { dayMs } from '../../src/domain/time.ts';
import { runStartedAt } from '../clock.ts';
import { measures } from '../measuring.ts';
import { Display } from './display.ts';
import { perform } from './perform.ts';

/**
 * A run is continued as new after so many facts, of which one costs up to eight events and some 2 KB of history, and
 * after a day, so that a review of months does not stay with the workers of the version it began with.
 */
const most = { facts: 150, ms: dayMs };

/**
 * A payment, and what has become known of it in this run. After each fact it does at once what was decided: a task
 * that a query has begun early, and its replay, come to the same commands in the same order only then (ADR 11).
 */
export class Run {
  #payment: Payment;
  #decision: Decision | null = null;
  #facts = 0;
  readonly #begunAt: number;
  #state: 'new' | 'idle' | 'busy' = 'new';
  #lingersUntil = 0;
  readonly #display: Display;
  /** When the timers fire that are set: epoch milliseconds. */
  readonly #alarms = new Set<number>();
  /** What is under way is seen to its end, though the workflow be canceled. */
  readonly #scope = new CancellationScope({ cancellable: false });
  /** When the callback came that the last poll answers: epoch milliseconds; only measured. */
  wokenAt: number | null = null;

  /** The run's start is a fact, too: after an outage it may be the latest. */
  constructor(payment: Payment) {
    this.#payment = apply(payment, { kind: 'time_passed', at: runStartedAt() });
    this.#begunAt = this.#payment.clock;
    this.#display = new Display(this.#payment, this.decision);
  }

  get payment(): Payment {
    return this.#payment;
  }

  get decision(): Decision {
    return (this.#decision ??= decide(this.#payment));
  }

  /** It has to go on in a new run: nothing is begun any more. */
  get isLong(): boolean {
    return this.#facts >= most.facts || this.#payment.clock - this.#begunAt >= most.ms;
  }

  /** Nothing is under way, and nothing is to be done before more is known. */
  get isIdle(): boolean {
    return this.#state === 'idle';
  }

  /** Stays awake until then though nothing be left to do: epoch milliseconds. */
  linger(until: number): void {
    this.#lingersUntil = until;
    this.#go();
  }

  start(): void {
    this.#state = 'idle';
    this.#go();
  }

  apply(event: PaymentEvent): void {
    this.#payment = recalledBy(this.#payment, event) ?? apply(this.#payment, event);
    this.#decision = null;
    this.#facts += 1;
    this.#go();
  }

  /** Does the next thing, one at a time. */
  #go(): void {
    if (this.#state !== 'idle') return;
    const { action, next } = this.decision;
    this.#display.show(this.#payment, this.decision);
    if (next) this.#wakeAt(next.at, next.what);
    else if (this.#lingersUntil > this.#payment.clock)
      this.#wakeAt(this.#lingersUntil, 'news of an order that is over');
    if (action && !this.isLong) this.#do(action);
  }

  #do(action: Action): void {
    if (action.kind === 'begin_creation')
      return this.apply({ kind: 'creation_begun', attempt: action.attempt.number });
    if (action.kind === 'register_refund')
      return this.apply({ kind: 'refund_registered', refund: action.refund });
    if (action.kind === 'decide_outcome') {
      const { status } = action.told;
      if (status !== 'review') measures.closed({ status, decidedBy: this.decision.decidedBy ?? 'rule' });
      return this.apply({ kind: 'outcome_decided', told: action.told });
    }
    this.#state = 'busy';
    this.#scope
      .run(() => perform(this, action))
      .then((event) => {
        this.#state = 'idle';
        this.apply(event);
      }, this.#fail);
  }

  /** Only a fault of ours gets here: the workflow task fails, and is tried again until it is mended. */
  #fault: { readonly error: unknown } | null = null;
  readonly #fail = (error: unknown): void => void (this.#fault = { error });

  /** @throws what went wrong with what was under way. */
  assertSound(): void {
    if (this.#fault) throw this.#fault.error;
  }

  /**
   * Has the payment woken at an instant, unless it is woken before. A timer that is set is never canceled: whether it
   * was may be decided in one task and recorded in another.
   */
  #wakeAt(at: number, what: string): void {
    if ([...this.#alarms].some((set) => set <= at)) return;
    this.#alarms.add(at);
    const fire = (): void => {
      this.#alarms.delete(at);
      this.apply({ kind: 'time_passed', at });
    };
    this.#scope
      .run(() => sleep(Math.max(1, at - this.#payment.clock), { summary: what }))
      .then(fire, this.#fail);
  }
}
