import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { openPayment, type Payment, type PaymentInput } from '../../../src/domain/payment/payment.ts';
import type { Decision } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import { stateOfAttempt } from '../../../src/domain/payment/attempt-state.ts';
import { mostRefunds } from '../plan.ts';
import { Caller } from './caller.ts';
import { perform } from './perform.ts';
import type { World } from './world.ts';

/** More facts in a row without a moment passing are a payment that turns in circles. */
const mostFactsAtOnce = 60;
/** More facts in a life are a payment that asks without end: a 429 of 60 hours that asks for 20 s brings some 25,000. */
const mostFacts = 40_000;

/** One payment, lived as workflows/payment/drive.ts lives it: decide, do one thing, learn, wait. */
export class Run {
  readonly world: World;
  readonly caller: Caller;
  #payment: Payment;
  #decision: Decision | null = null;
  #facts = 0;
  #allFacts = 0;
  #registered = 0;
  /** True times at which timers fire, by the instants that they were set for. */
  #alarms = new Set<number>();
  #isBusy = false;
  #isClosed = false;
  #isStopped = false;
  #movedAt = 0;
  #atOnce = 0;
  /** What operators look at after everything that happens. */
  onRest: () => void = () => undefined;

  constructor(world: World, input: PaymentInput) {
    this.world = world;
    this.caller = new Caller(world);
    this.#payment = openPayment(input, world.workerClock);
  }

  get payment(): Payment {
    return this.#payment;
  }

  get decision(): Decision {
    return (this.#decision ??= this.world.core.decide(this.#payment));
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Somebody has a say: a payment that is over goes on in its aftermath. */
  hear(message: () => void): void {
    if (this.#isStopped) return;
    if (this.#isClosed) this.#begin();
    this.#isClosed = false;
    message();
    this.go();
  }

  take(event: PaymentEvent): void {
    this.hear(() => this.#learn(event));
  }

  go(): void {
    if (!this.#isFree()) return;
    while (this.#step());
    if (this.#isFree()) this.onRest();
  }

  #isFree(): boolean {
    return !this.#isBusy && !this.#isStopped && !this.#isClosed;
  }

  /** False when there is nothing to do at this moment. */
  #step(): boolean {
    const { action, next, isOver } = this.decision;
    if (next) this.#wakeAt(next.at);
    if (this.#facts >= this.world.plan.factsPerRun) {
      this.world.note('worker', () => 'continues as new');
      this.#begin();
      return true;
    }
    if (action) {
      const instant = perform(this, action, (event) => {
        this.#isBusy = false;
        this.#learn(event);
        this.go();
      });
      if (instant) this.#learn(instant);
      else this.#isBusy = true;
      return instant !== null && !this.#isStopped;
    }
    if (isOver) this.#isClosed = true;
    else if (!next) this.#stop(`is ${this.decision.status} without a next deadline`);
    return false;
  }

  /** A new run knows what was carried over, and no timer. */
  #begin(): void {
    this.#payment = this.world.core.carry(this.#payment);
    this.#facts = 0;
    this.#alarms = new Set();
    this.#learn({ kind: 'time_passed', at: this.world.workerClock });
    this.#facts = 0;
  }

  #learn(event: PaymentEvent): void {
    try {
      this.#payment = this.world.core.apply(this.#payment, event);
      this.#decision = null;
      this.#facts += 1;
      this.#allFacts += 1;
      this.#watch(event);
    } catch (error) {
      this.#stop(`throws: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #watch(event: PaymentEvent): void {
    const { evidence, now } = this.world;
    const { status } = this.decision;
    if (evidence.statuses.at(-1)?.status !== status) {
      evidence.statuses.push({ at: now, status });
      this.world.note('payment', () => `is ${status}${event.kind === 'polled' ? ' by a poll' : ''}`);
    }
    for (; this.#registered < this.#payment.refunds.length; this.#registered += 1) {
      const refund = toPaymentView(this.#payment, this.decision).refunds[this.#registered];
      if (refund)
        evidence.registered.push({ at: now, refundId: refund.refundId, amount: refund.amount.value });
    }
    this.world.states.add(stateKeyOf(this.#payment, this.decision));
    this.#atOnce = now === this.#movedAt ? this.#atOnce + 1 : 0;
    this.#movedAt = now;
    if (this.#atOnce > mostFactsAtOnce) this.#stop(`turns in circles at ${event.kind}`);
    if (this.#registered > mostRefunds) this.#stop(`has asked for more than ${mostRefunds} refunds`);
    if (this.#allFacts > mostFacts) this.#stop(`has learnt more than ${mostFacts} facts`);
  }

  #stop(fault: string): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.world.evidence.faults.push(fault);
    this.world.note('payment', () => fault);
  }

  #wakeAt(at: number): void {
    for (const set of this.#alarms) if (set <= at) return;
    const alarms = this.#alarms;
    alarms.add(at);
    // A timer lasts as long as it was set for, whatever the clock that set it.
    const firesAt = this.world.now + Math.max(1, at - this.#payment.clock);
    this.world.clockwork.at(firesAt, () =>
      this.world.whenUp(() => {
        if (alarms !== this.#alarms || this.#isClosed) return;
        alarms.delete(at);
        this.#learn({ kind: 'time_passed', at });
        this.go();
      }),
    );
  }
}

/** What tells one state of a payment from another, whatever its amounts and times. */
function stateKeyOf(payment: Payment, { status, attention, reviewReasons, action }: Decision): string {
  let key = `${status} ${attention} ${action?.kind}`;
  for (const reviewReason of reviewReasons)
    key += ` !${reviewReason.key.slice(0, reviewReason.key.indexOf('/'))}`;
  for (const { life, askedBy } of payment.refunds) key += ` r${life.state} ${askedBy}`;
  for (const attempt of payment.attempts)
    key += ` a${stateOfAttempt(payment, attempt)} ${attempt.creation.step} ${attempt.wakeUps.length}`;
  for (const stray of payment.strays) key += ` s${stray.seen?.snapshot.status}`;
  return key;
}
