import { describe, expect, it } from 'vitest';
import type { Invoice, InvoiceSnapshot } from '../../../src/domain/invoice/invoice.ts';
import { apply } from '../../../src/domain/payment/apply.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import { recalled, recalledBy } from '../../../src/domain/payment/forgotten.ts';
import { refusalOfRefund } from '../../../src/domain/payment/refusal-of-refund.ts';
import { differingTerms } from '../../../src/domain/payment/terms.ts';
import { openPayment, type Payment } from '../../../src/domain/payment/payment.ts';
import { failureOf, inputOf, snapshotOf, startedAt } from '../../support/payment-facts.ts';

const day = 24 * 60 * 60;
const now = startedAt / 1000;
const old = now - 40 * day;
const paid = { status: 'processed', paymentAmount: '100.55', processedAmount: '100.55' };

const invoiceOf = (more: Partial<InvoiceSnapshot> = {}): Invoice => ({
  snapshot: snapshotOf({ owner: 'shop', created: old, updated: old, processed: old, ...paid, ...more }),
  redirect: null,
});
const input = inputOf();
const { orderId, requestId, policy } = input;
const asking = { orderId, requestId, policyFor: () => policy };
const recall = (...invoices: Invoice[]): Payment | null =>
  recalled({ ...asking, asked: input }, invoices, startedAt);
const met = (earlier: Invoice): PaymentEvent => ({
  kind: 'creation_failed',
  attempt: 1,
  at: startedAt + 1_000,
  failure: failureOf({ type: 'AlreadyExists', answer: 'conflict', earlier }),
});
const begun = apply(openPayment(input, startedAt), { kind: 'creation_begun', attempt: 1 });

describe('a create that meets an earlier invoice', () => {
  it.each([
    ['of nobody', { owner: null }],
    ['of its own, whose answer was lost', { created: now }],
  ])('%s does not make the payment another one', (_, more) => {
    expect(recalledBy(begun, met(invoiceOf(more)))).toBeNull();
  });

  it("of another order service is that one's, however young", () => {
    const payment = recalledBy(begun, met(invoiceOf({ owner: 'other', created: now, updated: now })));
    expect(payment?.input).toMatchObject({ owner: 'other', terms: { amount: { minor: 10_055 } } });
  });

  it('goes on with the terms that the order had, where they differ', () => {
    const other = { ...input, terms: { ...input.terms, amount: { minor: 500, currency: 'USD' } } };
    const payment = recalledBy({ ...begun, input: other }, met(invoiceOf()));
    const terms = payment?.input.terms;
    expect(terms && differingTerms(terms, other.terms)).toEqual(['amount']);
    expect(terms && differingTerms(terms, { ...input.terms, description: 'x', locale: 'uk' })).toEqual([]);
  });

  it('still asks about what a callback claimed meanwhile', () => {
    const wakeUp = { source: 'callback', status: 'charged_back', updated: now, at: startedAt } as const;
    const woken = apply(begun, { kind: 'woken', attempt: 1, wakeUp });
    const payment = recalledBy(woken, met(invoiceOf()));
    expect(payment && decide(payment)).toMatchObject({ status: 'paid', next: { at: startedAt + 1_000 } });
  });

  it('is left alone once the payment has an invoice', () => {
    const seen = recalledBy(begun, met(invoiceOf()));
    expect(seen && recalledBy(seen, met(invoiceOf()))).toBeNull();
  });
});

describe('what a forgotten payment tells', () => {
  const owed = (...invoices: Invoice[]) => {
    const payment = recall(...invoices);
    const action = payment && decide(payment).action;
    return action?.kind === 'decide_outcome' ? action.told.outcome : null;
  };

  it.each([
    ['paid', paid],
    ['charged back', { status: 'charged_back', processedAmount: '100.55' }],
    ['failed', { status: 'process_failed', resolution: 'declined', processed: null, processedAmount: null }],
  ])('is nothing of what happened long ago: %s', (_, more) => {
    expect(owed(invoiceOf(more))).toBeNull();
  });

  it('is the news alone, in the place of what was told before', () => {
    const news = { status: 'charged_back', processedAmount: '100.55', updated: now };
    const outcome = owed(invoiceOf(news));
    expect(outcome).toMatchObject({ type: 'payment.charged_back' });
    expect(outcome?.supersedes).toBeTruthy();
  });

  it('is the payment itself where that is of a few days ago', () => {
    const few = now - 2 * day;
    expect(owed(invoiceOf({ created: few, updated: few, processed: few }))).toMatchObject({
      type: 'payment.paid',
    });
  });
});

describe('what was decided before a payment was forgotten', () => {
  const short = { status: 'partially_processed', processedAmount: '100.54' };
  const second = { referenceId: 'A1001.2', invoiceId: snapshotOf().invoiceId };
  const recallTwice = (more: Partial<InvoiceSnapshot> = {}): Payment | null => {
    const policyFor = () => ({ ...policy, paidTwice: 'refund' as const });
    const invoices = [invoiceOf(), invoiceOf({ ...second, ...more })];
    return recalled({ ...asking, policyFor, asked: input }, invoices, startedAt);
  };
  const decided = (payment: Payment | null) => {
    if (!payment) throw new Error('not recalled');
    const { status, action, reviewReasons } = decide(payment);
    return { status, action: action?.kind ?? null, reasons: reviewReasons.length };
  };
  const atRest = { status: 'paid', action: null, reasons: 0 };

  it('is kept: a second payment, and one of another amount', () => {
    expect(decided(recallTwice())).toEqual(atRest);
    const payment = recall(invoiceOf(short));
    expect(decided(payment)).toEqual(atRest);
    const asking = { refundId: 'r1', amount: { minor: 1_000, currency: 'USD' }, reason: 'returned' };
    expect(payment && refusalOfRefund(payment, 'paid', asking)).toBeNull();
  });

  it('leaves what is new to be told and decided', () => {
    const news = { ...short, status: 'charged_back', chargedBackAmount: '100.54', updated: now - 60 };
    expect(decided(recall(invoiceOf(news)))).toMatchObject({
      status: 'charged_back',
      action: 'decide_outcome',
    });
    const late = { processed: now - 60, updated: now - 60 };
    expect(decided(recallTwice(late))).toMatchObject({ action: 'register_refund' });
    const recent = decided(recall(invoiceOf({ ...short, ...late })));
    expect(recent).toMatchObject({ status: 'review', reasons: 1 });
  });
});

describe('a forgotten payment', () => {
  it("is nobody's where its invoice names nobody, or its amount cannot be read", () => {
    expect(recall()).toBeNull();
    expect(recall(invoiceOf({ owner: null }))).toBeNull();
    expect(recall(invoiceOf({ currency: 'nonsense' }))).toBeNull();
  });

  it('was a verification where one of its invoices says so', () => {
    const failed = invoiceOf({ status: 'verify_failed', processed: null });
    const verified = invoiceOf({ referenceId: 'A1001.2', status: 'verified' });
    const payment = recalled({ ...asking, asked: null }, [failed, verified], startedAt);
    expect(payment?.input.terms.flow).toBe('verify');
    expect(payment && decide(payment).status).toBe('verified');
  });
});
