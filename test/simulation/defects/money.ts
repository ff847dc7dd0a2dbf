import { minorOf } from '../../../src/domain/invoice/invoice-money.ts';
import { meaningOf, stateOf } from '../../../src/domain/invoice/invoice-state.ts';
import type { InvoiceSnapshot } from '../../../src/domain/invoice/invoice.ts';
import { hearing, knowing, reading, withRefunds, type Defect } from './planting.ts';

const hasMoney = (snapshot: InvoiceSnapshot): boolean => meaningOf(stateOf(snapshot)).rank === 2;

/** What is made of the platform's answers, and of refunds. */
export const moneyDefects: Readonly<Record<string, Defect>> = {
  'older-answer-taken': knowing((after, event) => {
    if (event.kind !== 'polled' || event.answer.kind !== 'seen') return after;
    const seen = { snapshot: event.answer.snapshot, askedAt: event.askedAt };
    return {
      ...after,
      attempts: after.attempts.map((attempt) =>
        attempt.number === event.attempt ? { ...attempt, seen } : attempt,
      ),
    };
  }),
  'first-success-stays': reading((snapshot, { attempts }, number) => {
    const seen = attempts.find((attempt) => attempt.number === number)?.seen?.snapshot;
    return seen && hasMoney(seen) ? seen : snapshot;
  }),
  'late-money-not-seen': reading((snapshot, { told }) =>
    hasMoney(snapshot) && told.some(({ status }) => status === 'expired' || status === 'failed')
      ? null
      : snapshot,
  ),
  'money-after-cancel-not-seen': reading((snapshot, { cancelReason }) =>
    hasMoney(snapshot) && cancelReason !== null ? null : snapshot,
  ),
  'money-of-earlier-attempts-not-seen': reading((snapshot, { attempts }, number) =>
    hasMoney(snapshot) && number < attempts.length ? null : snapshot,
  ),
  'whatever-was-paid-is-enough': reading((snapshot) => ({
    ...snapshot,
    status: snapshot.status === 'partially_processed' ? 'processed' : snapshot.status,
    processedAmount: snapshot.processedAmount === null ? null : snapshot.paymentAmount,
  })),
  'fee-lost': reading((snapshot) => ({ ...snapshot, fee: null })),
  'chargebacks-not-seen': reading((snapshot) => ({
    ...snapshot,
    status: snapshot.status.endsWith('charged_back') ? 'processed' : snapshot.status,
    chargedBackAmount: null,
  })),
  'chargebacks-taken-for-refunds': reading((snapshot) =>
    snapshot.chargedBackAmount !== null && snapshot.refundedAmount === null
      ? {
          ...snapshot,
          status: 'partially_refunded',
          refundedAmount: snapshot.chargedBackAmount,
          chargedBackAmount: null,
        }
      : snapshot,
  ),
  'dashboard-refunds-not-seen': reading((snapshot, { refunds }) =>
    refunds.length === 0
      ? {
          ...snapshot,
          status: snapshot.status.endsWith('refunded') ? 'processed' : snapshot.status,
          refundedAmount: null,
        }
      : snapshot,
  ),
  'baseline-lost': knowing((after) =>
    withRefunds(after, (it) => {
      const seen = after.attempts.find(({ number }) => number === it.attempt)?.seen;
      const back = seen ? minorOf(seen.snapshot.refundedAmount, it.amount.currency) : null;
      const isCovered = back !== null && back >= it.amount.minor;
      const isOpen = it.life.state === 'asked' || it.life.state === 'accepted';
      return isOpen && isCovered ? { ...it, life: { state: 'done' } } : it;
    }),
  ),
  'failed-refund-is-done': knowing((after) =>
    withRefunds(after, (it) => (it.life.state === 'failed' ? { ...it, life: { state: 'done' } } : it)),
  ),
  'refused-refund-is-done': knowing((after) =>
    withRefunds(after, (it) => (it.life.state === 'refused' ? { ...it, life: { state: 'done' } } : it)),
  ),
  'accepted-refund-is-done': knowing((after) =>
    withRefunds(after, (it) => (it.life.state === 'accepted' ? { ...it, life: { state: 'done' } } : it)),
  ),
  'unanswered-refund-is-refused': hearing((event) =>
    event.kind === 'refund_unanswered' ? { ...event, failure: { ...event.failure, type: 'Refused' } } : event,
  ),
  'unanswered-refund-gets-a-new-number': knowing((after, event) =>
    event.kind === 'refund_unanswered'
      ? withRefunds(after, (it) =>
          it.refundId === event.refundId && it.life.state === 'asked'
            ? { ...it, refundId: `${it.refundId}x` }
            : it,
        )
      : after,
  ),
  'any-return-is-ours': knowing((after) =>
    withRefunds(after, (it) => {
      const seen = after.attempts.find(({ number }) => number === it.attempt)?.seen;
      const isBack = (seen?.snapshot.refundedAmount ?? null) !== null;
      return it.life.state === 'asked' && isBack ? { ...it, life: { state: 'done' } } : it;
    }),
  ),
  'refund-above-the-remainder': hearing((event) => {
    if (event.kind !== 'refund_registered') return event;
    const { amount } = event.refund;
    return { ...event, refund: { ...event.refund, amount: { ...amount, minor: amount.minor * 2 } } };
  }),
  'refund-registered-twice': knowing((after, event) =>
    event.kind === 'refund_registered'
      ? {
          ...after,
          refunds: [...after.refunds, { ...event.refund, refundId: `${event.refund.refundId}-again` }],
        }
      : after,
  ),
  'operators-refund-is-an-accept': hearing((event) =>
    event.kind === 'resolved' && event.judgment.decision === 'refund'
      ? { ...event, judgment: { ...event.judgment, decision: 'accept' } }
      : event,
  ),
};
