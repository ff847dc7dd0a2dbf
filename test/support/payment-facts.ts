import { isInvoiceId, toOrderId, type InvoiceId } from '../../src/domain/identity.ts';
import type { InvoiceSnapshot } from '../../src/domain/invoice/invoice.ts';
import type { PaymentInput } from '../../src/domain/payment/payment.ts';

const orderId = toOrderId('A1001');
export const startedAt = Date.UTC(2026, 10, 23, 10);

function invoiceIdOf(text: string): InvoiceId {
  if (!isInvoiceId(text)) throw new Error(text);
  return text;
}

export const inputOf = (
  terms: Partial<PaymentInput['terms']> = {},
  policy: Partial<PaymentInput['policy']> = {},
): PaymentInput => ({
  orderId,
  owner: 'shop',
  requestId: 'r1',
  terms: {
    amount: { minor: 10_055, currency: 'USD' },
    service: 'payment_card_usd_hpp',
    flow: 'charge',
    channel: 'private',
    locale: 'en',
    ...terms,
  },
  policy: {
    ttlSeconds: 1800,
    maxAttempts: 3,
    pollPausesSeconds: [120, 300],
    testMode: true,
    latePayment: 'review',
    paidAfterCancel: 'refund',
    redirects: { httpsOnly: false, hosts: null },
    tellsOutcomes: true,
    ...policy,
  },
});

export const snapshotOf = (more: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot => ({
  invoiceId: invoiceIdOf('cpi_1'),
  referenceId: 'A1001',
  status: 'process_pending',
  resolution: 'ok',
  amount: '100.55',
  currency: 'USD',
  paymentAmount: null,
  processedAmount: null,
  fee: null,
  refundedAmount: null,
  chargedBackAmount: null,
  serviceCurrency: null,
  service: 'payment_card_usd_hpp',
  testMode: true,
  created: 1_699_999_000,
  updated: 1_700_000_000,
  processed: null,
  owner: null,
  ...more,
});
