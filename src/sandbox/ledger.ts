import { paidFeeOf, refundedOf, type SandboxInvoice } from './invoice.ts';

/** The platform's own truth of an invoice's money; sums in the service currency, but for `amount` and the refunds'. */
export const ledgerEntry = (invoice: SandboxInvoice) => ({
  id: invoice.id,
  referenceId: invoice.referenceId,
  status: invoice.status,
  currency: invoice.service.currency,
  serviceCurrency: invoice.payIn.currency,
  amount: invoice.amount,
  paymentAmount: invoice.paymentAmount,
  paid: invoice.processedAmount ?? 0,
  fee: paidFeeOf(invoice) ?? 0,
  refunded: refundedOf(invoice),
  chargedBack: invoice.chargedBack,
  refunds: invoice.refunds.map(({ referenceId, amount, returned, status }) => ({
    referenceId,
    amount,
    returned,
    status,
  })),
});
