import { describe, expect, test } from 'vitest';
import {
  calmPlan,
  dayMs,
  hourMs,
  minuteMs,
  secondMs,
  type Manners,
  type Mishap,
  type Plan,
  type Policy,
  type RefundFate,
  type Step,
} from './plan.ts';
import { play, type Played } from './play.ts';

interface Case extends Partial<Omit<Plan, 'manners' | 'policy' | 'steps'>> {
  readonly manners?: Partial<Manners>;
  readonly policy?: Partial<Policy>;
}

/** Plays a case to its rest; no rule may be broken on the way. */
function played(steps: readonly Step[], { manners, policy, ...rest }: Case = {}): Played {
  const plan = {
    ...calmPlan,
    ...rest,
    steps,
    manners: { ...calmPlan.manners, ...manners },
    policy: { ...calmPlan.policy, ...policy },
  };
  const result = play(plan, { hasTimeline: true });
  expect(result.violations, result.timeline.join('\n')).toEqual([]);
  return result;
}

/** Types of the outcomes that were taken, in order. */
const told = ({ evidence }: Played): string[] =>
  evidence.received.flatMap(({ outcome, isTaken }) => (isTaken ? outcome.type.replace('payment.', '') : []));

const end = ({ evidence }: Played) => evidence.rest?.answer;
const refunds = (result: Played) =>
  end(result)?.refunds.map(({ refundId, amount, status }) => `${refundId} ${amount.value} ${status}`);
/** What the platform gave back of an invoice, minor units. */
const returned = ({ evidence }: Played, index = 0) => evidence.invoices[index]?.refunded;
const asked = ({ evidence }: Played, operation: string) =>
  evidence.requests.filter((it) => it.operation === operation);

const pay = (at: number, attempt = 1, share = 1): Step => ({ kind: 'pay', at, attempt, share });
const resolve = (at: number, decision: 'accept' | 'reject' | 'refund'): Step => ({
  kind: 'resolve',
  at,
  decision,
});
const refund = (at: number, id: string, share: number | null = null): Step => ({
  kind: 'refund',
  at,
  id,
  share,
});
const chargeback = (at: number, share: number): Step => ({ kind: 'chargeback', at, attempt: 1, share });
const choose = (at: number, service: number): Step => ({ kind: 'choose', at, service });
const cancel = (at: number): Step => ({ kind: 'cancel', at });

const done: RefundFate = { ends: 'done', afterMs: 0 };
const fails: RefundFate = { ends: 'failed', afterMs: 5 * secondMs };
const dashboard = (at: number, share: number): Step => ({
  kind: 'dashboard_refund',
  at,
  attempt: 1,
  share,
  fate: done,
});

type Operations = Extract<Step, { kind: 'mishap' }>['operations'];
const mishap = (
  operations: Operations,
  status: Mishap['status'],
  { at, until, effect = false }: { readonly at: number; readonly until: number; readonly effect?: boolean },
): Step => ({
  kind: 'mishap',
  at,
  until,
  operations,
  mishap: status === 'none' ? { status, effect } : { status, effect, retryAfterMs: null },
});

const minute = minuteMs;
const day = dayMs;

describe('sequences that flags and cumulative sums got wrong', () => {
  test('1: canceled, paid, automatic refund refused, operator `refund`: a second refund is sent, never told paid', () => {
    const steps = [cancel(minute), pay(2 * minute), resolve(10 * minute, 'refund')];
    const refused = mishap(['refund'], 422, { at: 0, until: 5 * minute });
    const result = played([refused, ...steps]);
    expect(asked(result, 'refund').map(({ status }) => status)).toEqual([422, 200]);
    expect(told(result)).not.toContain('paid');
    expect(end(result)?.status).toBe('refunded');
    expect(returned(result)).toBe(10_055);
  });

  test('1: refused again: in review again', () => {
    const refused = mishap(['refund'], 422, { at: 0, until: hourMs });
    const result = played([refused, cancel(minute), pay(2 * minute), resolve(10 * minute, 'refund')]);
    expect(asked(result, 'refund')).toHaveLength(2);
    expect(told(result)).not.toContain('paid');
    expect(end(result)?.status).toBe('review');
  });

  test('2: dashboard returns 30, an API refund of 30 whose request never arrives: sent again, 60 returned', () => {
    const share = 3_000 / 10_055;
    const lost = mishap(['refund'], 'none', { at: hourMs, until: hourMs + 20 * secondMs });
    const result = played([pay(minute), dashboard(30 * minute, share), lost, refund(hourMs, 'r1', share)]);
    expect(returned(result)).toBe(6_000);
    expect(refunds(result)).toEqual(['r1 30.00 processed']);
    expect(end(result)?.money).toMatchObject({ paid: '100.55', refunded: '60.00' });
  });

  test('3: refund accepted, then failed, another succeeds: refused, processed, refunded told', () => {
    const result = played([pay(minute), refund(5 * minute, 'r1'), refund(hourMs, 'r2')], {
      manners: { refunds: [fails, done] },
    });
    expect(refunds(result)).toEqual(['r1 100.55 refused', 'r2 100.55 processed']);
    expect(told(result)).toEqual(['paid', 'refunded']);
  });

  test('4: paid a little less, operator accepts, later charged back', () => {
    const steps = [pay(minute, 1, 10_054 / 10_055), resolve(10 * minute, 'accept'), chargeback(day, 1)];
    const result = played(steps);
    expect(told(result)).toEqual(['review', 'paid', 'charged_back']);
    expect(end(result)?.money).toMatchObject({ paid: '100.54', chargedBack: '100.54' });
    const before = played([...steps.slice(0, 2), refund(hourMs, 'r1', 0.3), chargeback(day, 1)]);
    expect(refunds(before)).toEqual(['r1 30.17 processed']);
  });

  test.each([
    ['accept', ['review', 'failed', 'paid']],
    ['refund', ['review', 'failed', 'refunded']],
    ['review', ['review', 'failed', 'review']],
  ] as const)('5: a review of silence is rejected, then paid: by the rule `%s`', (latePayment, outcomes) => {
    const silent = mishap(['byId', 'byReference'], 500, { at: minute, until: 2 * day });
    const steps = [silent, resolve(30 * hourMs, 'reject'), pay(3 * day)];
    expect(told(played(steps, { policy: { latePayment } }))).toEqual(outcomes);
  });

  test('6: canceled, then rejected: canceled', () => {
    const steps = [cancel(minute), pay(2 * minute), resolve(10 * minute, 'reject')];
    const result = played(steps, { policy: { paidAfterCancel: 'review' } });
    expect(told(result)).toEqual(['review', 'canceled']);
    expect(end(result)?.status).toBe('canceled');
  });

  test.each([503, 401] as const)('7: expired, paid late, the look answers %s for an hour', (status) => {
    const blind = mishap(['byId', 'byReference'], status, { at: hourMs, until: 2 * hourMs });
    const result = played([blind, pay(hourMs + minute)], { policy: { latePayment: 'accept' } });
    expect(told(result)).toEqual(['expired', 'paid']);
    const paidAt = result.evidence.decided.at(-1)?.at ?? 0;
    expect(paidAt - (result.evidence.callbacks.at(-1)?.at ?? 0)).toBeLessThan(hourMs + 11 * minute);
  });

  test('8: refund answered 500 for two days: bounded, with attention, done in the end', () => {
    const failing = mishap(['refund'], 500, { at: 0, until: 2 * day });
    const result = played([failing, pay(minute), refund(5 * minute, 'r1')]);
    expect(refunds(result)).toEqual(['r1 100.55 processed']);
    expect(asked(result, 'refund').length).toBeLessThan(3_000);
  });

  test('8: refund answered 403 for days: a finding after 72 h', () => {
    const failing = mishap(['refund'], 403, { at: 0, until: 5 * day });
    const result = played([failing, pay(minute), refund(5 * minute, 'r1')]);
    expect(told(result)).toEqual(['paid', 'review', 'refunded']);
    const reviewAt = result.evidence.statuses.find(({ status }) => status === 'review')?.at ?? 0;
    const registeredAt = result.evidence.registered[0]?.at ?? 0;
    expect(reviewAt - registeredAt).toBeLessThan(73 * hourMs);
  });

  test('8: the answer of a refund is lost, its repetition answered 409: verified by a look', () => {
    const lost = mishap(['refund'], 'none', { at: 0, until: 5 * minute + 5 * secondMs, effect: true });
    const result = played([lost, pay(minute), refund(5 * minute, 'r1')], {
      manners: { refunds: [{ ends: 'done', afterMs: minute }] },
    });
    expect(asked(result, 'refund').map(({ status }) => status)).toEqual(['none', 409]);
    expect(refunds(result)).toEqual(['r1 100.55 processed']);
    expect(returned(result)).toBe(10_055);
  });

  test('10: a callback for a reference that the payment never made, paid: review with the money named', () => {
    const result = played([{ kind: 'stray', at: 5 * minute, attempt: 2, isPaid: true }]);
    expect(end(result)?.status).toBe('review');
    expect(result.run.decision.reason).toMatch(/100\.55 AED/);
  });

  test('11: double payment, one returned in the dashboard: the end of the review is told', () => {
    const steps = [choose(minute, 1), pay(2 * minute), pay(3 * minute, 2), dashboard(hourMs, 1)];
    const result = played(steps);
    expect(told(result).slice(0, 2)).toEqual(['paid', 'review']);
    expect(told(result).at(-1)).not.toBe('review');
  });

  test('11: expired, then a rejected review: the end of the review is told', () => {
    expect(told(played([pay(hourMs), resolve(2 * hourMs, 'reject')]))).toEqual([
      'expired',
      'review',
      'expired',
    ]);
  });

  test('12: an invoice was there before the payment, is adopted and paid, then refunded', () => {
    const steps: Step[] = [{ kind: 'stray', at: 0, attempt: 1, isPaid: false }];
    const result = played([...steps, pay(minute), refund(hourMs, 'r1', 0.3)], { latencyMs: 200 });
    expect(refunds(result)).toEqual(['r1 30.17 processed']);
  });

  test("13: a day's silence, review, then the platform says expired: expired by itself", () => {
    const silent = mishap(['byId', 'byReference'], 500, { at: minute, until: 2 * day });
    const result = played([silent], { manners: { lost: 1 } });
    expect(told(result)).toEqual(['review', 'expired']);
  });

  test('14: chargeback of 10, then of 25, of 100.55: both told, 75.55 can be refunded', () => {
    const steps = [pay(minute), chargeback(day, 10 / 100.55), chargeback(2 * day, 15 / 100.55)];
    const result = played([...steps, refund(3 * day, 'r1')]);
    expect(told(result).slice(0, 3)).toEqual(['paid', 'partially_charged_back', 'partially_charged_back']);
    expect(refunds(result)).toEqual(['r1 75.55 processed']);
    expect(end(result)?.money).toMatchObject({ chargedBack: '25.00', refunded: '75.55' });
  });

  test('15: fee on top: paid, with the fee told', () => {
    const result = played([pay(minute)], { manners: { fee: 'on_top' } });
    expect(told(result)).toEqual(['paid']);
    expect(end(result)?.money).toMatchObject({ paid: '102.56', fee: '2.01' });
  });

  test('16: both attempts paid late, rule review, operator `refund`: both returned, never told paid', () => {
    const steps = [choose(minute, 1), pay(hourMs), pay(hourMs + minute, 2), resolve(2 * hourMs, 'refund')];
    const result = played(steps);
    expect(told(result)).not.toContain('paid');
    expect([returned(result, 0), returned(result, 1)]).toEqual([10_055, 10_055]);
    expect(end(result)?.status).toBe('refunded');
  });

  test('17: refunded 30, then a second refund fails: partially refunded', () => {
    const share = 3_000 / 10_055;
    const result = played([pay(minute), refund(hourMs, 'r1', share), refund(2 * hourMs, 'r2', share)], {
      manners: { refunds: [done, fails] },
    });
    expect(end(result)?.status).toBe('partially_refunded');
    expect(end(result)?.money).toMatchObject({ refunded: '30.00' });
    expect(refunds(result)).toEqual(['r1 30.00 processed', 'r2 30.00 refused']);
  });

  test('18: a verification is canceled, then verified: no refund of no money', () => {
    const result = played([cancel(minute), pay(2 * minute)], { flow: 'verify' });
    expect(asked(result, 'refund')).toEqual([]);
    expect(told(result)).toEqual(['canceled']);
  });

  test('19: a callback ahead of the answers: asked again within seconds', () => {
    const lag: Step = {
      kind: 'lag',
      at: minute,
      until: minute + 6 * secondMs,
      operations: ['byId'],
      ms: 30 * secondMs,
    };
    const result = played([lag, pay(minute)]);
    const paidAt = result.evidence.decided[0]?.at ?? 0;
    expect(told(result)).toEqual(['paid']);
    expect(paidAt - (result.evidence.callbacks.at(-1)?.at ?? 0)).toBeLessThan(15 * secondMs);
  });
});
