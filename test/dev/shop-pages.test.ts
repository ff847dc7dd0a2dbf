import type { Payment } from 'paytone-payments-http';
import { describe, expect, it } from 'vitest';
import { choicePage } from '../../src/dev/shop/choice-page.ts';
import { statusPage } from '../../src/dev/shop/status-page.ts';
import { locales, shopWords } from '../../src/dev/shop/words.ts';
import { paymentStatuses } from '../../src/domain/payment/statuses.ts';

const payment: Payment = {
  orderId: 'S1',
  status: 'awaiting_payment',
  amount: { value: '6.50', currency: 'USD' },
  attempt: 1,
  referenceId: 'S1',
  invoiceId: 'cpi_1',
  service: 'payment_card_usd_hpp',
  redirect: { url: 'https://pay.example/', method: 'GET', fields: {}, hppUrl: null },
  services: [],
  expiresAt: '2026-11-26T14:00:00Z',
  decidedBy: null,
  reason: null,
  refunds: [],
  money: null,
  decline: null,
};
const toPay = 'href="/orders/S1/pay"';

describe.each(locales)("the shop's pages in %s", (locale) => {
  const status = (more: Partial<Payment>, isPending = false) =>
    statusPage({ payment: { ...payment, ...more }, told: [], locale, isPending });

  it('have a word for every status', () => {
    expect(paymentStatuses.filter((word) => !(word in shopWords[locale]))).toEqual([]);
  });

  it('do not ask a customer to pay again whose bank has not answered yet', () => {
    expect(status({})).toContain(toPay);
    const pending = status({}, true);
    expect(pending).toContain(shopWords[locale].pending);
    expect(pending).toContain(shopWords[locale].pendingText);
    expect(pending).not.toContain(toPay);
    expect(pending).not.toContain(shopWords[locale].awaiting_payment);
    // What has become of it meanwhile counts more than where the customer came from.
    expect(status({ status: 'paid', redirect: null }, true)).toContain(shopWords[locale].paid);
  });

  it.each([
    ['insufficient_funds', 'insufficient_funds'],
    ['general_fatal_error', 'brokenDecline'],
    ['antifraud_error', 'otherDecline'],
    ['toString', 'otherDecline'],
  ] as const)('say what to do after %s, without the code', (code, word) => {
    const declined: Payment = { ...payment, status: 'choosing', reason: code, decline: { code } };
    for (const page of [status(declined), choicePage(declined, locale)]) {
      expect(page).not.toContain(code);
      expect(page).toContain(shopWords[locale][word]);
    }
  });

  it('say that a payment did not go through of which no bank knows', () => {
    const reason = 'amount: This value should be less.';
    const page = status({ status: 'choosing', reason });
    expect(page).toContain(shopWords[locale].failed);
    expect(page).toContain(shopWords[locale].noDecline);
    expect(page).not.toContain(reason);
  });

  it('say how much time is left while something is to be paid', () => {
    const left = (minutes: number, more: Partial<Payment> = {}) =>
      status({ expiresAt: new Date(Date.now() + minutes * 60_000).toISOString(), ...more });
    expect(left(0.5)).toContain(shopWords[locale].lessThanMinute);
    expect(left(21.5)).toMatch(/: 21 (minutes|хвилина|минута)</);
    expect(left(125.5)).toMatch(/: 2 (hours|години|часа) 5 (minutes|хвилин|минут)</);
    expect(left(-1)).not.toContain(shopWords[locale].timeLeft);
    expect(left(20, { status: 'paid', redirect: null })).not.toContain(shopWords[locale].timeLeft);
  });

  it('keep texts for operators to themselves', () => {
    expect(status({ status: 'review', reason: 'paid twice: cpi_1 and cpi_2' })).not.toContain('cpi_2');
  });
});
