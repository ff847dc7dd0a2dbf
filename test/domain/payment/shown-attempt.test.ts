import { describe, expect, it } from 'vitest';
import { resultOfPoll } from '../../../src/domain/payment/act-result.ts';
import { toOperatorView } from '../../../src/domain/payment/operator-view.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { created, createdAt, failureOf, inputOf, lived, met, polled } from '../../support/payment-facts.ts';

const at = createdAt + 10_000;
const chosen: PaymentEvent = { kind: 'method_chosen', choice: { service: 'other', serviceFields: {} } };
const open = met(lived(inputOf({ maxAttempts: 2 })), chosen);
const second = met(open, created({ service: 'other' }, { attempt: 2, at }));
const declined = { service: 'other', status: 'process_failed', resolution: 'declined' };
const first = {
  status: 'awaiting_payment',
  attempt: 1,
  referenceId: 'A1001',
  redirect: { url: 'https://p' },
};
const shown = (payment: Payment) => toPaymentView(payment);

describe('the attempt that is shown', () => {
  it('is the last one while it can be paid', () => {
    expect(shown(second)).toMatchObject({ attempt: 2, referenceId: 'A1001.2', invoiceId: 'cpi_2' });
  });

  it('is the earlier one that is open where the last was declined, with what the bank said', () => {
    const payment = met(second, polled(declined, { attempt: 2, at: at + 1_000 }));
    const decline = { code: 'declined' };
    expect(shown(payment)).toMatchObject({ ...first, invoiceId: 'cpi_1', decline });
  });

  it('is the one whose last poll operators are told of', () => {
    const asked = met(second, polled({}, { at: at + 500 }));
    const payment = met(asked, polled(declined, { attempt: 2, at: at + 2_000 }));
    const last = '2026-11-23T10:00:11Z: process_pending';
    expect(toOperatorView(payment).lastLook).toBe(last);
    expect(resultOfPoll(payment, 'awaiting_payment').became).toContain(`last poll ${last}`);
  });

  it('is the earlier one that is open where the platform refused the last', () => {
    const failure = failureOf({ type: 'Refused', answer: 'unprocessable', messages: [] });
    const payment = met(open, { kind: 'creation_failed', attempt: 2, at, failure });
    expect(shown(payment)).toMatchObject({ ...first, service: 'payment_card_usd_hpp' });
  });

  it('is the last one again once all are over', () => {
    const failed = met(second, polled(declined, { attempt: 2, at: at + 1_000 }));
    const over = met(failed, polled({ status: 'expired' }, { at: at + 1_800_000 }));
    expect(shown(over)).toMatchObject({ status: 'failed', attempt: 2, referenceId: 'A1001.2' });
  });
});
