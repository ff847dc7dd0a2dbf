import {
  depositOf,
  paidDepositOf,
  paidFeeOf,
  refundedOf,
  type SandboxRefund,
  type SandboxInvoice,
} from './invoice.ts';

export interface SandboxSite {
  /** Base of the hosted page. */
  readonly url: string;
  readonly testMode: boolean;
}

/** Empty objects are serialised as `[]` (docs/platform.md §12). */
const orList = (value: Readonly<Record<string, unknown>>): unknown =>
  Object.keys(value).length > 0 ? value : [];

const hppUrl = (invoice: SandboxInvoice, { url }: SandboxSite): string => `${url}/hpp/?cpi=${invoice.id}`;

function flowData(invoice: SandboxInvoice, { url }: SandboxSite) {
  const posts = invoice.service.redirect === 'POST';
  return {
    action: posts ? `${url}/hpp/form` : `${url}/hpp/${invoice.token}`,
    method: invoice.service.redirect,
    params: posts ? { cpi: invoice.id, sid: invoice.token } : [],
    metadata: { sid: invoice.token, token: `token-${invoice.token}` },
  };
}

const refunded = (invoice: SandboxInvoice): number | null => refundedOf(invoice) || null;

/**
 * Private resource (docs/platform.md §3 and §4). A customer can pay in another currency
 * than the invoice's (docs/platform.md §7). Which sums are then in the service currency is not
 * documented; inferred: all but `amount`.
 */
export function privateResource(invoice: SandboxInvoice, site: SandboxSite) {
  const { service } = invoice;
  const final = invoice.processed !== null;
  return {
    type: 'payment-invoices',
    id: invoice.id,
    attributes: {
      serial_number: invoice.id.slice(4),
      status: invoice.status,
      resolution: invoice.resolution,
      moderation_required: false,
      amount: invoice.amount,
      payment_amount: invoice.paymentAmount,
      currency: service.currency,
      service_currency: invoice.payIn.currency,
      reference_id: invoice.referenceId,
      test_mode: site.testMode,
      fee: invoice.fee,
      deposit: depositOf(invoice),
      processed: invoice.processed,
      processed_amount: invoice.processedAmount,
      refunded_amount: refunded(invoice),
      charged_back_amount: invoice.chargedBack || null,
      processed_fee: paidFeeOf(invoice),
      processed_deposit: paidDepositOf(invoice),
      metadata: orList(invoice.metadata),
      flow_data: flowData(invoice, site),
      flow: service.flow,
      hpp_url: hppUrl(invoice, site),
      payment_flow: invoice.flow,
      created: invoice.created,
      updated: invoice.updated,
      payload: invoice.card === null ? null : cardPayload(invoice.card),
      description: invoice.description,
      descriptor: null,
      callback_url: invoice.callbackUrl,
      return_url: invoice.returnUrl,
      original_data: {
        external_id: final ? invoice.token : null,
        merchant_id: final ? 'host2hostTest' : null,
        provider_id: null,
        external_mid: 'org_sandbox',
        provider_code: final ? 'test' : null,
      },
      rrn: null,
      approval_code: null,
      reserved_amount: null,
      reserve_expires: null,
      unreserved: null,
      source: 'merchant_api',
      callback_logs: orList(invoice.callbackLogs),
    },
    relationships: {
      'payment-service': { data: { type: 'payment-services', id: service.code } },
      'payment-method': { data: { type: 'payment-methods', id: service.method } },
      ...(invoice.customerReference !== null && {
        customer: { data: { type: 'customers', id: `cus_${invoice.customerReference}` } },
      }),
    },
    links: { self: `/api/payment-invoices/${invoice.id}` },
  };
}

const cardPayload = (number: string) => ({
  token: null,
  client_ip: '',
  payment_card: {
    last: number.slice(-4),
    mask: `${number.slice(0, 6)}******${number.slice(-4)}`,
    brand: number.startsWith('4') ? 'visa' : 'mastercard',
    first: number.slice(0, 6),
    holder: null,
    network: number.startsWith('4') ? 'visa' : 'mastercard',
    expiry_year: null,
    issuer_name: 'SANDBOX BANK',
    expiry_month: null,
    issuer_country: 'US',
  },
});

/** Public resource (docs/platform.md §3). */
export function publicResource(invoice: SandboxInvoice, site: SandboxSite) {
  const { service } = invoice;
  return {
    id: invoice.id,
    serial_number: invoice.id.slice(4),
    created: invoice.created,
    test_mode: site.testMode,
    reference_id: invoice.referenceId,
    currency: service.currency,
    amount: invoice.amount,
    payment_amount: invoice.paymentAmount,
    processed_amount: invoice.processedAmount,
    refunded_amount: refunded(invoice),
    description: invoice.description,
    has_return_url: invoice.returnUrl !== null,
    status: invoice.status,
    resolution: invoice.resolution === 'ok' ? 'OK' : invoice.resolution,
    service: service.code,
    service_method: service.method,
    service_flow: service.flow,
    service_currency: invoice.payIn.currency,
    metadata: orList(invoice.metadata),
    hpp_url: hppUrl(invoice, site),
    active_payment: {
      payload: flowData(invoice, site),
      status: invoice.processed === null ? 'invoked' : invoice.status,
      resolution: 'OK',
    },
  };
}

/** The documents name no statuses of a refund; inferred: an invoice's own. */
const refundStatuses = {
  processed: 'processed',
  pending: 'process_pending',
  failed: 'process_failed',
} as const;

/** A refund is asked for, and told, in the invoice's currency (docs/platform.md §8; inferred). */
export const refundResource = (refund: SandboxRefund, invoice: SandboxInvoice) => ({
  type: 'refunds',
  id: refund.id,
  attributes: {
    reference_id: refund.referenceId,
    original_id: invoice.id,
    description: refund.description,
    status: refundStatuses[refund.status],
    amount: refund.amount,
    fee: 0,
    currency: invoice.service.currency,
    created: refund.created,
  },
});
