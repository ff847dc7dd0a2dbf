import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InvoiceSnapshot } from '../../../src/domain/invoice/invoice.ts';
import { mismatchesOf, type Ordered } from '../../../src/domain/invoice/mismatches.ts';
import { formatMoney } from '../../../src/domain/money.ts';
import { snapshotOf } from '../../support/payment-facts.ts';

const order: Ordered = {
  referenceId: 'A1001',
  amount: { minor: 10_055, currency: 'USD' },
  testMode: true,
  flow: 'charge',
  service: 'payment_card_usd_hpp',
};
const found = (more: Partial<InvoiceSnapshot>, ordered: Partial<Ordered> = {}): string[] =>
  mismatchesOf({ ...order, ...ordered }, snapshotOf(more));
const paid = { status: 'processed' } as const;

describe('what the customer paid', () => {
  it.each<[string, Partial<InvoiceSnapshot>, string[]]>([
    ['as asked', { processedAmount: '100.55' }, []],
    ['as asked, not told', { processedAmount: null }, []],
    ['as asked, with fewer zeros', { amount: '100.550', processedAmount: '100.55' }, ['amount']],
    ['under', { processedAmount: '100.54' }, ['amount paid']],
    ['over', { processedAmount: '100.56' }, ['amount paid']],
    ['not readable', { processedAmount: '100.555' }, ['amount paid']],
    [
      'in part, says the status',
      { status: 'partially_processed', processedAmount: '100.55' },
      ['amount paid'],
    ],
    ['with the fee on top', { paymentAmount: '102.56', processedAmount: '102.56', fee: '2.01' }, []],
    ['without the fee on top', { paymentAmount: '102.56', processedAmount: '100.55' }, ['amount paid']],
    ['in another currency', { serviceCurrency: 'EUR', paymentAmount: '92.40', processedAmount: '92.40' }, []],
    [
      'less, in another currency',
      { serviceCurrency: 'EUR', paymentAmount: '92.40', processedAmount: '92.39' },
      ['amount paid'],
    ],
    [
      'what was asked, but asked too little',
      { paymentAmount: '100.54', processedAmount: '100.54' },
      ['amount to pay'],
    ],
    ['unreadable to pay', { paymentAmount: 'much' }, ['amount to pay']],
  ])('%s', (_, more, names) => {
    expect(found({ ...paid, ...more }).map((text) => text.split(':')[0])).toEqual(names);
  });

  it('shows both sides', () => {
    expect(found({ ...paid, processedAmount: '100.54' })).toEqual([
      'amount paid: asked for 100.55 USD, the customer paid 100.54 USD',
    ]);
    expect(found({ paymentAmount: '100.54' })).toEqual([
      'amount to pay: ordered 100.55 USD, platform says 100.54 USD',
    ]);
  });

  it('matches exactly where it is what was asked for, and that no less than the order', () => {
    const minor = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(
        minor,
        minor,
        minor,
        fc.constantFrom('JPY', 'USD', 'KWD'),
        (amount, asked, got, currency) => {
          const text = (value: number): string => formatMoney({ minor: value, currency });
          const mismatches = found(
            {
              ...paid,
              amount: text(amount),
              currency,
              paymentAmount: text(asked),
              processedAmount: text(got),
            },
            { amount: { minor: amount, currency } },
          );
          expect(mismatches.length === 0).toBe(asked >= amount && got === asked);
        },
      ),
    );
  });

  it('is told where what went back cannot be read', () => {
    const more = { ...paid, refundedAmount: '30.305', chargedBackAmount: '1.001' };
    expect(found({ ...more, status: 'partially_refunded' })).toEqual([
      'amount refunded: 30.305 is no amount of USD',
      'amount charged back: 1.001 is no amount of USD',
    ]);
    expect(found({ ...more, status: 'process_pending' })).toEqual([]);
    expect(found({ ...paid, refundedAmount: '30.3', chargedBackAmount: null })).toEqual([]);
  });

  it('is nothing to compare before it was paid', () => {
    expect(found({ status: 'process_pending', processedAmount: '1.00' })).toEqual([]);
    expect(found({ status: 'expired', processedAmount: null })).toEqual([]);
  });
});

describe('what the invoice is about', () => {
  it.each<[string, Partial<InvoiceSnapshot>, Partial<Ordered>, string[]]>([
    ['the order', {}, {}, []],
    ['another reference', { referenceId: 'A1002' }, {}, ['reference: ordered A1001, platform says A1002']],
    ['another amount', { amount: '1' }, {}, ['amount: ordered 100.55 USD, platform says 1 USD']],
    ['another currency', { currency: 'EUR' }, {}, ['amount: ordered 100.55 USD, platform says 100.55 EUR']],
    ['the other mode', { testMode: false }, {}, ['mode: ordered test, platform says live']],
    [
      'a verification for a charge',
      { status: 'verified' },
      {},
      ['flow: ordered charge, platform says verify'],
    ],
    ['a charge for a verification', paid, { flow: 'verify' }, ['flow: ordered verify, platform says charge']],
    ['a verification', { status: 'verified' }, { flow: 'verify' }, []],
    [
      'another service, open',
      { service: 'x' },
      {},
      ['service: ordered payment_card_usd_hpp, platform says x'],
    ],
    ['another service, paid', { ...paid, service: 'x' }, {}, []],
    ['no service said', { service: '' }, {}, []],
  ])('%s', (_, more, ordered, texts) => {
    expect(found(more, ordered)).toEqual(texts);
  });

  it('is the same amount in any notation of the platform, in each currency', () => {
    expect(found({ amount: '100.5' }, { amount: { minor: 10_050, currency: 'USD' } })).toEqual([]);
    expect(found({ amount: '1000', currency: 'JPY' }, { amount: { minor: 1000, currency: 'JPY' } })).toEqual(
      [],
    );
    expect(found({ amount: '1.2', currency: 'KWD' }, { amount: { minor: 1200, currency: 'KWD' } })).toEqual(
      [],
    );
  });
});
