import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/payment/apply.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { refundStatusOf } from '../../../src/domain/payment/refund.ts';
import { remainderOf } from '../../../src/domain/payment/refundable.ts';
import { refundFor } from '../../../src/domain/payment/register-refund.ts';
import { refusalOfRefund } from '../../../src/domain/payment/refusal-of-refund.ts';
import {
  atRest,
  createdAt,
  failureOf,
  inputOf,
  lived,
  polled,
  refundRefused,
} from '../../support/payment-facts.ts';

const total = 10_055;
const usd = (minor: number) => ({ minor, currency: 'USD' });
const text = (minor: number): string => (minor / 100).toFixed(2);

/** The platform's side: what went back and what is under way there, one refund after the other. */
class Ledger {
  returned = 0;
  chargedBack = 0;
  readonly #underWay = new Map<string, number>();
  readonly #known = new Set<string>();
  #failed = false;
  #ends = 0;
  #said = '';
  /** Seconds: of the answers, and of what changed last. */
  #second = createdAt / 1000 + 60;
  #changed = this.#second;

  get left(): number {
    const underWay = [...this.#underWay.values()].reduce((sum, minor) => sum + minor, 0);
    return total - this.returned - this.chargedBack - underWay;
  }

  /** False where it is refused; the same refund again is the one that is there (409). */
  take(refundId: string, minor: number): boolean {
    if (this.#known.has(refundId)) return true;
    if (minor > this.left) return false;
    this.#known.add(refundId);
    this.#underWay.set(refundId, minor);
    this.#failed = false;
    return true;
  }

  knows = (refundId: string): boolean => this.#known.has(refundId);

  /** The oldest under way ends; which it was. */
  end(succeeds: boolean): string | null {
    const [first] = this.#underWay;
    if (!first) return null;
    const [refundId, minor] = first;
    this.#underWay.delete(refundId);
    this.#ends += 1;
    if (succeeds) this.returned += minor;
    this.#failed = !succeeds;
    return refundId;
  }

  move(by: 'dashboard' | 'bank', minor: number): void {
    const moved = Math.min(minor, this.left);
    if (by === 'dashboard') this.returned += moved;
    else this.chargedBack += moved;
    if (moved > 0) this.#failed = false;
  }

  /** What an answer says of it; each change has a second of its own. */
  answer(): PaymentEvent {
    this.#second += 60;
    const before = this.#said;
    this.#said = JSON.stringify([this.returned, this.chargedBack, this.#status(), this.#ends]);
    if (before !== this.#said) this.#changed = this.#second;
    const amounts = { refundedAmount: text(this.returned), chargedBackAmount: text(this.chargedBack) };
    return polled(
      { status: this.#status(), updated: this.#changed, processedAmount: text(total), ...amounts },
      { at: this.#second * 1000 },
    );
  }

  #status(): string {
    if (this.#underWay.size > 0) return 'refunding';
    if (this.#failed) return 'refund_failed';
    const isWhole = this.returned + this.chargedBack === total;
    if (this.chargedBack > 0) return isWhole ? 'charged_back' : 'partially_charged_back';
    if (this.returned === 0) return 'processed';
    return isWhole ? 'refunded' : 'partially_refunded';
  }
}

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('ask' as const),
      minor: fc.option(fc.integer({ min: 0, max: total + 500 })),
    }),
    fc.record({
      kind: fc.constantFrom('dashboard' as const, 'bank' as const),
      minor: fc.integer({ min: 1, max: 4_000 }),
    }),
    fc.record({
      kind: fc.constantFrom('call' as const, 'lose' as const, 'swallow' as const, 'refuse' as const),
    }),
    fc.record({ kind: fc.constantFrom('succeed' as const, 'fail' as const, 'look' as const) }),
  ),
  { maxLength: 25 },
);
type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never;

class Life {
  payment: Payment = lived(
    inputOf({ maxAttempts: 1 }),
    polled({ status: 'processed', processedAmount: text(total) }),
  );
  readonly ledger = new Ledger();
  /** What really went back of each refund of ours, by the platform. */
  readonly ended = new Map<string, 'processed' | 'refused'>();
  /** Nobody can tell what became of them before the platform does; a person has to look, after 72 h. */
  readonly forgotten = new Set<string>();
  readonly #doubted = new Set<string>();
  #count = 0;

  do(step: Step): void {
    switch (step.kind) {
      case 'ask':
        return this.#ask(step.minor);
      case 'dashboard':
      case 'bank':
        this.#doubt();
        this.ledger.move(step.kind, step.minor);
        return this.look();
      case 'call':
      case 'lose':
      case 'swallow':
      case 'refuse':
        return this.#call(step.kind);
      case 'succeed':
      case 'fail': {
        const refundId = this.ledger.end(step.kind === 'succeed');
        if (refundId !== null) this.#end(refundId, step.kind === 'succeed');
        return this.look();
      }
      case 'look':
        return this.look();
    }
  }

  /** What moves after a call whose answer is lost may be taken for the refund, unless a later call makes it. */
  #doubt(): void {
    for (const { refundId, life } of this.payment.refunds)
      if (life.state === 'asked' && life.tries.count > 0) this.#doubted.add(refundId);
  }

  #end(refundId: string, succeeds: boolean): void {
    this.ended.set(refundId, succeeds ? 'processed' : 'refused');
    const isAsked = this.payment.refunds.some((it) => it.refundId === refundId && it.life.state === 'asked');
    if (!succeeds && isAsked) this.forgotten.add(refundId);
  }

  look(): void {
    this.#learn(this.ledger.answer());
  }

  remainder(): number {
    const [attempt] = this.payment.attempts;
    return attempt ? remainderOf(this.payment, attempt).minor : NaN;
  }

  #ask(minor: number | null): void {
    const asking = {
      refundId: `r${++this.#count}`,
      reason: 'x',
      ...(minor !== null && { amount: usd(minor) }),
    };
    const left = this.remainder();
    const refused = refusalOfRefund(this.payment, decide(this.payment).status, asking);
    const wanted = minor ?? left;
    if (decide(this.payment).status !== 'charged_back')
      expect(refused === null).toBe(wanted > 0 && wanted <= left);
    const refund = refused ? null : refundFor(this.payment, asking);
    if (refund) this.#learn({ kind: 'refund_registered', refund });
  }

  /** The refund that is to be asked for reaches the platform, or not; its answer comes, or not. */
  #call(how: 'call' | 'lose' | 'swallow' | 'refuse'): void {
    const asked = this.payment.refunds.find(({ life }) => life.state === 'asked');
    const isFirst = this.payment.refunds.find((it) => refundStatusOf(it) === 'pending') === asked;
    if (!asked || !isFirst) return;
    const { refundId, amount } = asked;
    if (how === 'refuse' && this.ledger.knows(refundId)) return;
    const at = this.payment.clock;
    if (how === 'swallow' && !this.ledger.take(refundId, amount.minor)) return;
    if (how === 'lose' || how === 'swallow')
      return this.#learn({
        kind: 'refund_unanswered',
        refundId,
        at,
        failure: failureOf({ type: 'ResultUnknown' }),
      });
    const isNew = !this.ledger.knows(refundId);
    const takes = how === 'call' && this.ledger.take(refundId, amount.minor);
    if (!isNew && this.#doubted.has(refundId)) this.forgotten.add(refundId);
    if (!takes) this.ended.set(refundId, 'refused');
    this.#learn(
      takes
        ? { kind: 'refund_accepted', refundId, at, isNew, progress: 'under_way' }
        : refundRefused(refundId, at),
    );
    // Taken, it is under way there.
    this.look();
  }

  #learn(event: PaymentEvent): void {
    this.payment = atRest(apply(this.payment, event));
  }
}

const runs = 1_000;

describe(`any life of refunds of one payment (${runs} lives)`, () => {
  it('never gives back more than there is, and says of each refund what came of it', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const life = new Life();
        for (const step of all) {
          life.do(step);
          const pending = life.payment.refunds.filter((it) => refundStatusOf(it) === 'pending');
          const sum = pending.reduce((minor, { amount }) => minor + amount.minor, 0);
          expect(life.remainder()).toBeGreaterThanOrEqual(0);
          expect(sum + life.remainder()).toBeLessThanOrEqual(
            Math.max(sum, total - life.ledger.returned - life.ledger.chargedBack),
          );
          expect(life.ledger.left).toBeGreaterThanOrEqual(0);
        }
        // What nobody answered is asked for again.
        for (let calls = life.payment.refunds.length; calls > 0; calls--) life.do({ kind: 'call' });
        life.look();
        for (const refund of life.payment.refunds) {
          const { refundId } = refund;
          const status = refundStatusOf(refund);
          // A bank that takes the rest ends what is under way; nothing else does before the platform did.
          if (decide(life.payment).status === 'charged_back' || life.forgotten.has(refundId)) continue;
          expect(`${refundId} ${status}`).toBe(`${refundId} ${life.ended.get(refundId) ?? 'pending'}`);
        }
      }),
      { numRuns: runs, seed: 20_261_123 },
    );
  });
});
