import { isInvoiceId } from '../../../src/domain/identity.ts';
import { directiveFor, type AnswerClass } from '../../../src/domain/invoice/directive-table.ts';
import { failureTypeFor } from '../../../src/domain/invoice/failure-type.ts';
import type { Invoice, InvoiceSnapshot, RefundProgress } from '../../../src/domain/invoice/invoice.ts';
import type { PlatformFailure } from '../../../src/domain/invoice/platform-failure.ts';
import type { Service } from '../../../src/domain/payment/service.ts';
import type { Operation } from '../plan.ts';
import type { LedgerRefund, Shown } from '../platform/ledger.ts';

export function toSnapshot({ id, reference, ...shown }: Shown): InvoiceSnapshot {
  if (!isInvoiceId(id)) throw new Error(`${id} is no id of an invoice`);
  return { ...shown, invoiceId: id, referenceId: reference, testMode: true };
}

export const toInvoice = (shown: Shown): Invoice => ({
  snapshot: toSnapshot(shown),
  redirect: { url: `https://pay.example/${shown.id}`, method: 'GET', fields: {}, hppUrl: null },
});

const classes: Readonly<Record<number, Exclude<AnswerClass, 'success'>>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  422: 'unprocessable',
  429: 'rate_limited',
  500: 'server_error',
  503: 'unavailable',
};

const operations = {
  services: 'prerequest',
  create: 'createPrivate',
  byId: 'statusById',
  byReference: 'byReference',
  refund: 'refund',
} as const;

/** What the product's client makes of an answer that is no success. */
export function toFailure(
  operation: Operation,
  status: number | 'none',
  {
    retryAfterMs,
    earlier,
    refund = null,
  }: {
    readonly retryAfterMs: number | null;
    readonly earlier: Shown | null;
    readonly refund?: LedgerRefund['state'] | null;
  },
): PlatformFailure {
  const answer = status === 'none' ? 'no_answer' : (classes[status] ?? 'unreadable');
  return {
    type: failureTypeFor[directiveFor(operations[operation], answer)],
    answer,
    messages: status === 422 ? [{ field: 'amount', message: 'refused' }] : [],
    retryAfterMs,
    earlier: earlier && toInvoice(earlier),
    ...(refund && { refundProgress: progressOf(refund) }),
  };
}

export const progressOf = (state: LedgerRefund['state']): RefundProgress =>
  state === 'pending' ? 'under_way' : state;

export const serviceCode = (number: number): string => `service_${number}`;

export const servicesOf = (currency: string): Service[] =>
  [0, 1, 2].map((number) => ({
    code: serviceCode(number),
    currency,
    flow: 'charge',
    method: { code: 'card', name: {}, logo: null },
    fields: [],
    amountMin: null,
    amountMax: null,
  }));
