import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { secondMs } from '../../../src/domain/time.ts';
import { at, paid, pages, reasonsOf, refundsOf, told } from '../../support/judgment-facts.ts';
import { met, polled, refundAccepted, resolved, withRefund } from '../../support/payment-facts.ts';

describe.each(['review', 'refund'] as const)(
  'half paid first, then paid in full (PAID_TWICE=%s)',
  (paidTwice) => {
    const half = paid(50, 1, {
      status: 'partially_processed',
      paymentAmount: '100.55',
      processedAmount: '50',
    });
    const both = () => met(pages(2, { paidTwice }), half, paid(90, 2));

    it('is one review that says both', () => {
      expect(reasonsOf(both())).toEqual([
        'amount paid: asked for 100.55 USD, the customer paid 50 USD',
        'paid 2 times: A1001, A1001.2',
      ]);
    });

    it('is paid by the full payment where the half is rejected', () => {
      const view = toPaymentView(resolved(both(), 'reject'));
      expect(view).toMatchObject({ status: 'paid', money: { paid: '100.55' }, refunds: [] });
    });

    it('is paid by the full payment where the half goes back', () => {
      const refunding = resolved(both(), 'refund');
      expect(refundsOf(refunding)).toEqual(['auto-1 50.00 pending']);
      const back = {
        status: 'refunded',
        processedAmount: '50',
        refundedAmount: '50',
        processed: at(50) / secondMs,
      };
      const over = met(refunding, refundAccepted('auto-1', at(100)), polled(back, { at: at(110) }));
      expect([decide(over).status, told(over).at(-1)]).toEqual(['paid', 'paid']);
    });

    it('keeps both where they are accepted', () => {
      const view = toPaymentView(resolved(both(), 'accept'));
      expect(view).toMatchObject({ status: 'paid', money: { paid: '150.55' }, refunds: [] });
    });

    it('is the half that counts where it was accepted before the other came', () => {
      const first = resolved(met(pages(2, { paidTwice }), half), 'accept');
      expect([decide(first).status, told(first)]).toEqual(['paid', ['review', 'paid']]);
      const second = met(first, paid(90, 2));
      if (paidTwice === 'refund') expect(refundsOf(second)).toEqual(['auto-2 100.55 pending']);
      else expect(refundsOf(resolved(second, 'refund'))).toEqual(['auto-2 100.55 pending']);
    });
  },
);

it("goes back under an id that none of the order service's refunds has", () => {
  const shops = withRefund(met(pages(2, { paidTwice: 'refund' }), paid(50)), 'auto-2', 3_000);
  expect(refundsOf(met(shops, paid(55, 2)))).toEqual(['auto-2 30.00 pending', 'auto-2-2 100.55 pending']);
});

describe('a payment beside two that were accepted', () => {
  const two = () => resolved(met(pages(3), paid(50), paid(55, 2)), 'accept', 'two were ordered');

  it('is the only one that a decision about it sends back', () => {
    const three = met(two(), paid(65, 3));
    expect(reasonsOf(three)).toEqual(['paid 3 times: A1001, A1001.2, A1001.3']);
    expect(refundsOf(resolved(three, 'refund'))).toEqual(['auto-3 100.55 pending']);
  });

  it('is a review though it was made before them, and none where it goes back in the dashboard', () => {
    const three = met(two(), paid(40, 3));
    expect(refundsOf(resolved(three, 'refund'))).toEqual(['auto-3 100.55 pending']);
    const back = { status: 'refunded', refundedAmount: '100.55', processed: at(50) / secondMs };
    expect(decide(met(two(), polled(back, { at: at(80) }))).reviewReasons).toEqual([]);
  });
});

describe('a payment made after the first one had gone back', () => {
  const back = (seconds: number): PaymentEvent => {
    const returned = { status: 'refunded', refundedAmount: '100.55', processed: at(50) / secondMs };
    return polled(returned, { at: at(seconds) });
  };

  it('waits for a person, whatever is noted on the first invoice afterwards', () => {
    const again = met(pages(2), paid(50), back(80), paid(100, 2));
    const text = 'paid once more after it had gone back: A1001.2';
    expect(reasonsOf(again)).toEqual([text]);
    const touched = met(again, back(200));
    expect([reasonsOf(touched), told(touched)]).toEqual([[text], ['paid', 'refunded', 'review']]);
  });

  it('is no longer that once the first refund failed and was made again', () => {
    const failed = polled(
      { status: 'refund_failed', refundedAmount: '0', processed: at(50) / secondMs },
      { at: at(150) },
    );
    const again = met(pages(2), paid(50), back(80), paid(100, 2), failed);
    expect(reasonsOf(again)).toEqual(['paid 2 times: A1001, A1001.2']);
    expect(decide(met(again, back(200))).status).toBe('paid');
  });
});

describe('a second payment in another currency', () => {
  const inEuros = { serviceCurrency: 'EUR', paymentAmount: '92.40', processedAmount: '92.40' };
  const both = resolved(met(pages(2), paid(50), paid(55, 2, inEuros)), 'accept');

  it('is not added to the first', () => {
    expect(toPaymentView(both).money).toMatchObject({ currency: 'USD', paid: '100.55' });
  });

  it('is the money that is told once the first went back', () => {
    const back = { status: 'refunded', refundedAmount: '100.55', processed: at(50) / secondMs };
    const view = toPaymentView(met(both, polled(back, { at: at(80) })));
    const money = { currency: 'EUR', paid: '92.40', refunded: '0.00' };
    expect(view).toMatchObject({ status: 'paid', money });
  });
});
