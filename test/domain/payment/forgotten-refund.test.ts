import { describe, expect, it } from 'vitest';
import type { InvoiceSnapshot, RefundProgress } from '../../../src/domain/invoice/invoice.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import { recalled } from '../../../src/domain/payment/forgotten.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { refundFor } from '../../../src/domain/payment/register-refund.ts';
import { refusalOfRefund } from '../../../src/domain/payment/refusal-of-refund.ts';
import { hourMs } from '../../../src/domain/time.ts';
import {
  failureOf,
  inputOf,
  lived,
  met,
  passed,
  polled,
  refundAccepted,
  snapshotOf,
  startedAt,
  refundRefused,
} from '../../support/payment-facts.ts';

const old = startedAt / 1000 - 40 * 24 * 60 * 60;
const shown = (status: string, more: Partial<InvoiceSnapshot>) => ({
  owner: 'shop',
  created: old,
  updated: old,
  processed: old,
  paymentAmount: '100.55',
  processedAmount: '100.55',
  status,
  ...more,
});

/** As the platform's invoice tells of it, with what the refunds that nobody remembers gave back. */
function forgotten(status: string, more: Partial<InvoiceSnapshot>): Payment {
  const snapshot = snapshotOf(shown(status, more));
  const { policy, ...input } = inputOf();
  const asking = { ...input, policyFor: () => policy, asked: null };
  const payment = recalled(asking, [{ snapshot, redirect: null }], startedAt);
  if (!payment) throw new Error('nothing is there');
  return met(payment, passed(startedAt));
}

const detailOf = (payment: Payment, minor?: number): string | null =>
  refusalOfRefund(payment, decide(payment).status, askingOf(minor))?.detail ?? null;
const askingOf = (minor?: number) => ({
  refundId: 'r1',
  reason: 'returned',
  ...(minor !== undefined && { amount: { minor, currency: 'USD' } }),
});

function asked(payment: Payment, minor?: number): Payment {
  expect(detailOf(payment, minor)).toBeNull();
  const refund = refundFor(payment, askingOf(minor));
  if (!refund) throw new Error('it is not registered');
  return met(payment, { kind: 'refund_registered', refund });
}

const exists = (progress: RefundProgress | null): PaymentEvent =>
  refundAccepted('r1', startedAt + 1_000, { isNew: false, progress });
const unanswered = (more: Parameters<typeof failureOf>[0]): PaymentEvent => ({
  kind: 'refund_unanswered',
  refundId: 'r1',
  at: startedAt + 500,
  failure: failureOf(more),
});
const standing = (payment: Payment): string[] => [
  decide(payment).status,
  ...toPaymentView(payment).refunds.map(({ amount, status }) => `${amount.value} ${status}`),
];

describe('a refund asked for again after its payment was forgotten', () => {
  it.each<[string, string, Partial<InvoiceSnapshot>, number | undefined, string[]]>([
    [
      'a part',
      'partially_refunded',
      { refundedAmount: '10' },
      1_000,
      ['partially_refunded', '10.00 processed'],
    ],
    ['all of it', 'refunded', { refundedAmount: '100.55' }, undefined, ['refunded', '100.55 processed']],
    [
      'all of it, by its amount',
      'refunded',
      { refundedAmount: '100.55' },
      10_055,
      ['refunded', '100.55 processed'],
    ],
    [
      'more than is left',
      'partially_refunded',
      { refundedAmount: '60' },
      6_000,
      ['partially_refunded', '60.00 processed'],
    ],
    [
      'a part, before the rest was charged back',
      'charged_back',
      { refundedAmount: '10', chargedBackAmount: '90.55' },
      1_000,
      ['charged_back', '10.00 processed'],
    ],
  ])('is done where the platform says so: %s', (_, status, more, minor, expected) => {
    const before = forgotten(status, more);
    const again = met(asked(before, minor), exists('done'));
    expect(standing(again)).toEqual(expected);
    expect(decide(again)).toMatchObject({ reviewReasons: [], isOver: true });
    expect(again.told).toHaveLength(before.told.length);
  });

  it.each([
    ['a rejection', { type: 'CredentialsRejected', answer: 'forbidden' }],
    ['a lost answer', { type: 'ResultUnknown', answer: 'no_answer' }],
  ] as const)('is done, too, after %s', (_, failure) => {
    const before = forgotten('partially_refunded', { refundedAmount: '10' });
    const again = met(asked(before, 1_000), unanswered(failure), exists('done'));
    expect(standing(again)).toEqual(['partially_refunded', '10.00 processed']);
  });

  it('is done by the total where the platform says only that it exists', () => {
    const before = forgotten('partially_refunded', { refundedAmount: '10' });
    const again = met(asked(before, 1_000), exists(null));
    expect(standing(again)).toEqual(['refunding', '10.00 pending']);
    const look = polled(shown('partially_refunded', { refundedAmount: '10' }), { at: startedAt + 5_000 });
    expect(standing(met(again, look))).toEqual(['partially_refunded', '10.00 processed']);
  });

  it('is refused by the platform alone where there is no money for another', () => {
    const again = met(asked(forgotten('refunded', { refundedAmount: '100.55' })), refundRefused('r1'));
    expect(standing(again)).toEqual(['refunded', '100.55 refused']);
    expect(decide(again)).toMatchObject({ reviewReasons: [], isOver: true });
  });

  it('is not asked for where no refund of it can have been made', () => {
    expect(detailOf(forgotten('partially_refunded', { refundedAmount: '60' }), 6_001)).toBe(
      'at most 40.55 USD can be refunded',
    );
    const chargedBack = forgotten('charged_back', { chargedBackAmount: '100.55' });
    expect(detailOf(chargedBack, 1_000)).toMatch(/nothing to refund/);
  });

  it('is refused for want of money where the payment is remembered', () => {
    const back = polled(
      { status: 'refunded', processedAmount: '100.55', refundedAmount: '100.55' },
      { at: startedAt + hourMs },
    );
    expect(detailOf(lived(inputOf(), back), 10_055)).toBe('at most 0.00 USD can be refunded');
  });
});
