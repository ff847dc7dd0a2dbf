import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InvoiceSnapshot } from '../../../src/domain/invoice/invoice.ts';
import { moneyOf, payCurrencyOf } from '../../../src/domain/invoice/invoice-money.ts';
import { formatMoney } from '../../../src/domain/money.ts';
import { snapshotOf } from '../../support/payment-facts.ts';

const paid = (more: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot =>
  snapshotOf({ status: 'processed', ...more });
const none = { refunded: 0, chargedBack: 0 };

describe('the fee strategies of an account (docs/platform.md §7)', () => {
  const inside = { amount: '100.55', paymentAmount: '100.55', processedAmount: '100.55', fee: '2.01' };
  const onTop = { amount: '100.55', paymentAmount: '102.56', processedAmount: '102.56', fee: '2.01' };
  const kept = { currency: 'USD', toPay: 10_055, paid: 10_055, fee: 201, refundable: 10_055, ...none };
  // The fee on top is the platform's: it does not come back with a refund.
  const added = { currency: 'USD', toPay: 10_256, paid: 10_256, fee: 201, refundable: 10_055, ...none };
  it.each([
    ['external with reverse: the customer pays the amount', inside, kept],
    ['internal without reverse: the customer pays the amount', inside, kept],
    ['external without reverse: the customer pays the fee on top', onTop, added],
    ['internal with reverse: the customer pays the fee on top', onTop, added],
  ])('%s', (_, amounts, expected) => {
    expect(moneyOf(paid(amounts))).toMatchObject(expected);
  });

  it('leave the fee that was computed again for another amount, to the minor unit', () => {
    const asked = { amount: '557.16', paymentAmount: '568.30' };
    const less = paid({ ...asked, processedAmount: '567.73', fee: '11.13' });
    expect(moneyOf(less)).toMatchObject({ paid: 56_773, fee: 1_113, refundable: 55_660 });
    const more = paid({ amount: '100.55', paymentAmount: '102.56', processedAmount: '123.07', fee: '2.41' });
    expect(moneyOf(more)).toMatchObject({ paid: 12_307, fee: 241, refundable: 12_066 });
  });

  it('never make more than the amount refundable, nor more than was paid', () => {
    const minor = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(minor, minor, minor, fc.constantFrom('JPY', 'USD', 'KWD'), (amount, fee, got, currency) => {
        const text = (value: number): string => formatMoney({ minor: value, currency });
        const said = { amount: text(amount), paymentAmount: text(amount + fee), fee: text(fee) };
        const money = moneyOf(paid({ ...said, currency, processedAmount: text(got) }));
        expect(money).toMatchObject({ currency, toPay: amount + fee, paid: got, fee });
        expect(money?.refundable).toBe(Math.max(0, Math.min(got, got - fee)));
        expect(money?.inOrder(got)).toBe(got);
      }),
    );
  });
});

describe('the money of an invoice', () => {
  it.each<[string, Partial<InvoiceSnapshot>]>([
    ['an open one', { status: 'process_pending' }],
    ['one that failed', { status: 'process_failed' }],
    ['a verification', { status: 'verified' }],
    ['an amount that is none', { status: 'processed', amount: '1.234' }],
    ['a figure that cannot be read', { status: 'processed', processedAmount: '100.555' }],
  ])('is none of %s', (_, more) => {
    expect(moneyOf(snapshotOf(more))).toBeNull();
  });

  it('is what was asked for where the platform does not say what was paid', () => {
    expect(moneyOf(paid())).toMatchObject({ paid: 10_055, fee: 0, refundable: 10_055 });
    expect(moneyOf(paid({ paymentAmount: '102.56' }))).toMatchObject({ paid: 10_256, refundable: 10_055 });
  });

  it.each<[string, Partial<InvoiceSnapshot>, object]>([
    ['less', { processedAmount: '60' }, { paid: 6_000, refundable: 6_000 }],
    ['more', { processedAmount: '110' }, { paid: 11_000, refundable: 11_000 }],
    ['in part', { status: 'partially_processed', processedAmount: '60' }, { paid: 6_000, toPay: 10_055 }],
  ])('can be given back as it was paid: %s', (_, more, expected) => {
    expect(moneyOf(paid(more))).toMatchObject(expected);
  });

  it.each<[string, Partial<InvoiceSnapshot>, { refunded: number; chargedBack: number }]>([
    ['refunded, no figure', { status: 'refunded' }, { refunded: 10_055, chargedBack: 0 }],
    [
      'refunded, with one',
      { status: 'refunded', refundedAmount: '100' },
      { refunded: 10_000, chargedBack: 0 },
    ],
    ['charged back, no figure', { status: 'charged_back' }, { refunded: 0, chargedBack: 10_055 }],
    [
      'partly charged back',
      { status: 'partially_charged_back', chargedBackAmount: '25' },
      { refunded: 0, chargedBack: 2_500 },
    ],
    [
      'charged back what a refund had left',
      { status: 'charged_back', refundedAmount: '30' },
      { refunded: 3_000, chargedBack: 7_055 },
    ],
    [
      'a second refund failed, the first is there',
      { status: 'refund_failed', refundedAmount: '30' },
      { refunded: 3_000, chargedBack: 0 },
    ],
    [
      'more than ever came',
      { status: 'refunded', refundedAmount: '999' },
      { refunded: 10_055, chargedBack: 0 },
    ],
  ])('moves: %s', (_, more, moved) => {
    expect(moneyOf(paid(more))).toMatchObject(moved);
  });

  it('goes back whole without the fee on top', () => {
    const onTop = { paymentAmount: '102.56', processedAmount: '102.56', fee: '2.01' };
    expect(moneyOf(paid({ ...onTop, status: 'refunded' }))).toMatchObject({ refunded: 10_055 });
    expect(moneyOf(paid({ ...onTop, status: 'charged_back' }))).toMatchObject({ chargedBack: 10_256 });
  });
});

describe('an invoice that is paid in another currency', () => {
  const euro = { serviceCurrency: 'EUR', paymentAmount: '92.40', processedAmount: '92.40', fee: '1.85' };

  it('has its money in that of the service, and can be given back in its own', () => {
    const money = moneyOf(paid(euro));
    expect(money).toMatchObject({ currency: 'EUR', toPay: 9_240, paid: 9_240, fee: 185, refundable: 10_055 });
    expect([0, 4_620, 9_240].map((minor) => money?.inOrder(minor))).toEqual([0, 5_028, 10_055]);
  });

  it('is in proportion where less was paid', () => {
    expect(moneyOf(paid({ ...euro, processedAmount: '46.20' }))).toMatchObject({ refundable: 5_028 });
  });

  it('counts in units of each currency: yen and dinars', () => {
    const yen = {
      amount: '100.55',
      serviceCurrency: 'JPY',
      paymentAmount: '15000',
      processedAmount: '15000',
    };
    expect(moneyOf(paid(yen))).toMatchObject({ currency: 'JPY', paid: 15_000, refundable: 10_055 });
    const dinar = { amount: '31.234', currency: 'KWD', serviceCurrency: 'USD', paymentAmount: '100.55' };
    expect(moneyOf(paid(dinar))).toMatchObject({ currency: 'USD', paid: 10_055, refundable: 31_234 });
  });

  it.each<[string, Partial<InvoiceSnapshot>, string]>([
    ['the figure is no dollars of the order', euro, 'EUR'],
    ['the figure is the amount itself', { serviceCurrency: 'EUR', paymentAmount: '100.55' }, 'USD'],
    [
      'the figure is the amount with its fee',
      { serviceCurrency: 'EUR', paymentAmount: '102.56', fee: '2.01' },
      'USD',
    ],
    ['no figure is said', { serviceCurrency: 'EUR' }, 'USD'],
    ['the service has the same currency', { serviceCurrency: 'USD', paymentAmount: '92.40' }, 'USD'],
    ['no service currency is said', { paymentAmount: '92.40' }, 'USD'],
  ])('is told from one that is not: %s', (_, more, currency) => {
    expect(payCurrencyOf(paid(more))).toBe(currency);
  });

  it('gives all back for all, nothing for nothing, and never more for less', () => {
    const minor = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(minor, minor, fc.nat(1_000), fc.nat(1_000), (amount, asked, a, b) => {
        const text = (value: number, currency: string): string => formatMoney({ minor: value, currency });
        const said = { amount: text(amount, 'KWD'), currency: 'KWD', serviceCurrency: 'JPY' };
        const paymentAmount = text(asked, 'JPY');
        fc.pre(payCurrencyOf(paid({ ...said, paymentAmount })) === 'JPY');
        const money = moneyOf(paid({ ...said, paymentAmount, processedAmount: paymentAmount }));
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((part) =>
          Math.floor((asked * part) / 1_000),
        );
        expect(money?.refundable).toBe(amount);
        expect([money?.inOrder(0), money?.inOrder(asked)]).toEqual([0, amount]);
        expect(money?.inOrder(less ?? 0)).toBeLessThanOrEqual(money?.inOrder(more ?? 0) ?? -1);
      }),
    );
  });
});
