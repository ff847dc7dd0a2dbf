import type { Action } from '../../src/domain/payment/agenda.ts';
import { apply } from '../../src/domain/payment/apply.ts';
import { decide, type Decision } from '../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../src/domain/payment/events.ts';
import { recalledBy } from '../../src/domain/payment/forgotten.ts';
import { currentAttempt, type Payment } from '../../src/domain/payment/payment.ts';
import { runStartedAt } from '../clock.ts';
import { Loop } from '../loop.ts';
import { measures } from '../measures.ts';
import { Display } from './display.ts';
import { perform, serviceLabel } from './perform.ts';

/** A payment in one of its runs. */
export class Run extends Loop<Payment, PaymentEvent> {
  #decision: Decision | null = null;
  #lingersUntil = 0;
  readonly #display: Display;
  /** When the callback came that the last poll answers: epoch milliseconds; only measured. */
  wokenAt: number | null = null;

  /** The run's start is a fact, too: after an outage it may be the latest. */
  constructor(payment: Payment) {
    super(apply(payment, { kind: 'time_passed', at: runStartedAt() }));
    this.#display = new Display(payment, decide(payment));
  }

  get payment(): Payment {
    return this.state;
  }

  get decision(): Decision {
    return (this.#decision ??= decide(this.payment));
  }

  /** Stays awake until then though nothing be left to do: epoch milliseconds. */
  linger(until: number): void {
    this.#lingersUntil = until;
    this.go();
  }

  protected override stateAfter(event: PaymentEvent): Payment {
    this.#decision = null;
    return recalledBy(this.payment, event) ?? apply(this.payment, event);
  }

  protected override timePassed(at: number): PaymentEvent {
    return { kind: 'time_passed', at };
  }

  protected override show(): void {
    this.#display.show(this.payment, this.decision);
  }

  protected override nextWake() {
    const { next } = this.decision;
    if (next) return next;
    const isLingering = this.#lingersUntil > this.payment.clock;
    return isLingering ? { at: this.#lingersUntil, what: 'news of an order that is over' } : null;
  }

  protected override conclusion(): PaymentEvent | null {
    const { action, decidedBy } = this.decision;
    switch (action?.kind) {
      case 'begin_creation':
        return { kind: 'creation_begun', attempt: action.attempt.number };
      case 'register_refund':
        return { kind: 'refund_registered', refund: action.refund };
      case 'decide_outcome': {
        const { status } = action.told;
        if (status !== 'review') {
          const service = serviceLabel(currentAttempt(this.payment)?.choice.service);
          measures.closed({ status, decidedBy: decidedBy ?? 'rule', service });
        }
        return { kind: 'outcome_decided', told: action.told };
      }
      default:
        return null;
    }
  }

  protected override dueCall() {
    const { action } = this.decision;
    return action && isCall(action) ? () => perform(this, action) : null;
  }
}

/** What takes a call; the others are facts, kept as they are decided. */
const isCall = (action: Action): action is Parameters<typeof perform>[1] =>
  !['begin_creation', 'register_refund', 'decide_outcome'].includes(action.kind);
