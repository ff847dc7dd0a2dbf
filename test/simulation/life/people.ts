import { refusalOfResolve } from '../../../src/domain/payment/refusal-of-resolve.ts';
import { judgmentFor } from '../../../src/domain/payment/resolve.ts';
import { refusalOfExtension } from '../../../src/domain/payment/extend-watch.ts';
import { owesDelivery, refusalOfRedelivery } from '../../../src/domain/payment/outcome-deliveries.ts';
import { attemptMadeBy } from '../../../src/domain/payment/choice.ts';
import { currentAttempt } from '../../../src/domain/payment/payment.ts';
import { unacknowledgedRefusals } from '../../../src/domain/payment/unacknowledged-refusals.ts';
import { refundFor } from '../../../src/domain/payment/register-refund.ts';
import { refusalOfCancel } from '../../../src/domain/payment/refusal-of-cancel.ts';
import { refusalOfRefund } from '../../../src/domain/payment/refusal-of-refund.ts';
import { mayChoose } from '../../../src/domain/payment/may-choose-method.ts';
import { successesOf } from '../../../src/domain/payment/attempt-state.ts';
import type { Act } from '../evidence.ts';
import { secondMs, startsAt, type Step } from '../plan.ts';
import { numberOf } from '../platform/platform.ts';
import type { Run } from './run.ts';
import { serviceCode } from './translate.ts';

type Of<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;
type Decision = Of<'resolve'>['decision'];

const noted: Readonly<Record<Decision, Act['kind']>> = {
  accept: 'accept',
  reject: 'reject',
  refund: 'give_back',
};
const mostTriesOfChoice = 120;

const referenceOf = (orderId: string, attempt: number): string =>
  attempt === 1 ? orderId : `${orderId}.${attempt}`;

/** The customer, the order service, operators and the ingress: whoever sends the payment messages. */
export class People {
  readonly #run: Run;
  #operatorsDone = 0;
  #isOperatorUnderWay = false;

  constructor(run: Run) {
    this.#run = run;
    run.onRest = () => this.#callOperator();
    run.world.onCallback = (change) => this.#callBack(change);
  }

  plan(): void {
    const { plan, clockwork, platform } = this.#run.world;
    for (const step of plan.steps) {
      const at = startsAt + step.at;
      if (step.kind === 'no_worker') clockwork.at(at, () => this.#run.caller.die());
      if (step.kind === 'pay') clockwork.at(at, () => platform.pay(step.attempt, step.share));
      if (step.kind === 'decline') clockwork.at(at, () => platform.decline(step.attempt, step.word));
      if (step.kind === 'dashboard_refund')
        clockwork.at(at, () => platform.dashboardRefund(step.attempt, step.share, step.fate));
      if (step.kind === 'chargeback') clockwork.at(at, () => platform.chargeBack(step.attempt, step.share));
      if (step.kind === 'death') clockwork.at(at, () => this.#run.caller.die());
      if (step.kind === 'stray')
        clockwork.at(at, () =>
          platform.plant(referenceOf(this.#run.world.evidence.orderId, step.attempt), step.isPaid),
        );
      const message = this.#messageOf(step);
      if (message) clockwork.at(at, () => this.#run.world.whenUp(() => this.#run.hear(message)));
    }
  }

  #messageOf(step: Step): (() => void) | null {
    switch (step.kind) {
      case 'choose':
        return () => this.#choose(step, mostTriesOfChoice);
      case 'visit':
        return () => this.wake('return');
      case 'cancel':
        return () => this.#cancel();
      case 'refund':
        return () => this.#refund(step);
      case 'resolve':
        return () => this.#resolve(step.decision);
      case 'extend':
        return () => this.#extend(step.hours);
      case 'acknowledge':
        return () => this.#acknowledge();
      case 'redeliver':
        return () => this.redeliver();
      case 'reconcile':
        return () => this.wake('operator');
      default:
        return null;
    }
  }

  #callBack(change: { reference: string; status: string; updated: number }): void {
    const { world } = this.#run;
    const at = world.ingressClock;
    world.evidence.callbacks.push({ ...change, at: world.now });
    world.note('callback', () => `${change.reference} is ${change.status}`);
    const { status, updated } = change;
    const wakeUp = { source: 'callback', status, updated, at } as const;
    world.whenUp(() => this.#run.take({ kind: 'woken', attempt: numberOf(change.reference), wakeUp }));
  }

  wake(source: 'return' | 'operator' | 'sweep', attempt = currentAttempt(this.#run.payment)?.number): void {
    if (attempt === undefined) return;
    this.#run.world.note(source, () => `has attempt ${attempt} looked at`);
    const at = this.#run.world.ingressClock;
    this.#run.take({ kind: 'woken', attempt, wakeUp: { source, status: null, updated: null, at } });
  }

  #act(kind: Act['kind'], detail?: { readonly refundId: string }): void {
    const { evidence, now } = this.#run.world;
    evidence.acts.push({ at: now, kind, status: this.#run.decision.status, ...detail });
    this.#run.world.note('person', () => `${kind} ${detail?.refundId ?? ''}`);
  }

  #choose({ service }: Of<'choose'>, triesLeft: number): void {
    const { payment, decision, world } = this.#run;
    const choice = { service: serviceCode(service), serviceFields: {} };
    if (attemptMadeBy(payment, { choice })) return;
    const { status } = decision;
    if (status === 'choosing' && payment.services === null && triesLeft > 0)
      return world.clockwork.at(world.now + secondMs, () =>
        world.whenUp(() => this.#choose({ kind: 'choose', at: 0, service }, triesLeft - 1)),
      );
    const isOpen = status === 'choosing' || status === 'awaiting_payment';
    if (!isOpen || !mayChoose(payment)) return;
    this.#act('choose');
    this.#run.take({ kind: 'method_chosen', choice });
  }

  #cancel(): void {
    const { payment, decision } = this.#run;
    if (refusalOfCancel(payment, decision.status)) return;
    this.#act('cancel');
    this.#run.take({ kind: 'cancel_requested', reason: 'gave up' });
  }

  #refund({ id, share }: Of<'refund'>): void {
    const { payment, decision } = this.#run;
    const [paid] = successesOf(payment);
    const { amount, currency } = this.#run.world.plan;
    const asking = {
      refundId: id,
      reason: 'returned',
      ...(share !== null && { amount: { minor: Math.max(1, Math.round(amount * share)), currency } }),
    };
    if (!paid || refusalOfRefund(payment, decision.status, asking)) return;
    this.#act('refund', { refundId: id });
    const refund = refundFor(payment, asking);
    if (refund) this.#run.take({ kind: 'refund_registered', refund });
  }

  #resolve(decision: Decision): void {
    const { payment } = this.#run;
    if (refusalOfResolve(payment, decision)) return;
    this.#act(noted[decision]);
    const judgment = judgmentFor(payment, { decision, by: 'olga', why: 'looked' });
    this.#run.take({ kind: 'resolved', judgment });
  }

  #extend(hours: number): void {
    if (refusalOfExtension(this.#run.payment)) return;
    this.#act('extend');
    this.#run.take({ kind: 'watch_extended', hours, from: this.#run.payment.clock });
  }

  #acknowledge(): void {
    const refundIds = unacknowledgedRefusals(this.#run.payment).map(({ refundId }) => refundId);
    if (refundIds.length === 0) return;
    this.#act('other');
    this.#run.take({ kind: 'refusals_acknowledged', refundIds });
  }

  redeliver(): void {
    const { payment } = this.#run;
    if (refusalOfRedelivery(payment)) return;
    // As well as an operator, it may be the watch over an order service that was down.
    if (owesDelivery(payment) && payment.told.length % 2 === 1)
      return this.#run.take({ kind: 'delivery_due' });
    this.#act('other');
    this.#run.take({ kind: 'redelivery_asked' });
  }

  /** Operators look at every review after a while, as long as the plan has any. */
  #callOperator(): void {
    const { plan, clockwork, now } = this.#run.world;
    const next = plan.operators[this.#operatorsDone];
    if (!next || this.#isOperatorUnderWay || this.#run.decision.status !== 'review') return;
    this.#isOperatorUnderWay = true;
    this.#operatorsDone += 1;
    clockwork.at(now + next.afterMs, () =>
      this.#run.world.whenUp(() => {
        this.#isOperatorUnderWay = false;
        this.#resolve(next.decision);
        this.#run.go();
      }),
    );
  }
}
