import type { Payment } from 'paytone-payments-http';
import { prerequestBody } from '../../../src/sandbox/services.ts';

type Service = Payment['services'][number];

/** What a customer can choose from, as the order API lists it. */
export function servicesIn(sandboxUrl: string, currency = 'USD'): Service[] {
  const { services, methods } = prerequestBody(currency, true, sandboxUrl).data;
  return Object.values(services).map(({ code, method, flow, fields, ...rest }) => ({
    code,
    flow,
    currency: rest.currency,
    method: {
      code: method,
      name: { ...methods[method]?.name },
      logo: methods[method]?.logo ?? null,
    },
    fields: fields.map(({ key, type, label, hint, regexp, required, position }) => ({
      ...{ key, type, regexp, required, position },
      label: { ...label },
      hint: { ...hint },
    })),
    amountMin: String(rest.amount_min),
    amountMax: String(rest.amount_max),
  }));
}

const declines = [
  'insufficient_funds',
  'card_expired',
  'invalid_cvv',
  'limit_violation',
  'lost_or_stolen_card',
] as const;

const changes = (sandboxUrl: string) => {
  const services = servicesIn(sandboxUrl);
  const redirect: Payment['redirect'] = {
    ...{ url: `${sandboxUrl}/hpp/`, method: 'GET', fields: {} },
    hppUrl: null,
  };
  const ended = { redirect: null, decidedBy: 'poll' } as const;
  const declined = (code: string) => ({ reason: code, decline: { code }, redirect: null });
  return {
    choosing: { status: 'choosing', service: null, redirect: null, invoiceId: null, services },
    'nothing to choose': { status: 'choosing', service: null, redirect: null, invoiceId: null },
    ...Object.fromEntries(
      declines.map((code) => [`declined: ${code}`, { status: 'choosing', services, ...declined(code) }]),
    ),
    'refused choice': { status: 'choosing', services, redirect: null, reason: 'amount: too much' },
    creating: { status: 'creating', redirect: null, invoiceId: null },
    awaiting: { status: 'awaiting_payment', redirect },
    'awaiting by form': {
      status: 'awaiting_payment',
      redirect: { ...redirect, method: 'POST', fields: { cpi: 'cpi_1' } },
    },
    canceling: { status: 'canceling', reason: 'canceled by the customer', redirect: null },
    paid: { status: 'paid', ...ended },
    verified: { status: 'verified', ...ended },
    failed: { status: 'failed', ...ended, ...declined('insufficient_funds') },
    'failed unasked': {
      status: 'failed',
      ...ended,
      reason: 'The platform did not create the invoice in time.',
    },
    expired: { status: 'expired', ...ended },
    canceled: { status: 'canceled', ...ended, reason: 'canceled by the customer' },
    review: { status: 'review', ...ended, reason: 'paid twice: cpi_1 and cpi_2' },
    refunding: { status: 'refunding', ...ended },
    refunded: { status: 'refunded', ...ended },
    partially_refunded: { status: 'partially_refunded', ...ended },
    charged_back: { status: 'charged_back', ...ended },
    partially_charged_back: { status: 'partially_charged_back', ...ended },
  } satisfies Record<string, Partial<Payment>>;
};

/** An order in every state that a customer can meet it in. */
export function payments(sandboxUrl: string): Record<string, Payment> {
  return Object.fromEntries(
    Object.entries<Partial<Payment>>(changes(sandboxUrl)).map(([name, change], index) => [
      name,
      {
        orderId: `SMWZIN56O65A${1000 + index}`,
        status: 'awaiting_payment',
        amount: { value: '1650.50', currency: 'USD' },
        attempt: 1,
        referenceId: `SMWZIN56O65A${1000 + index}`,
        invoiceId: 'cpi_1',
        service: 'payment_card_usd_hpp',
        redirect: null,
        services: [],
        expiresAt: new Date(Date.now() + 72.5 * 60_000).toISOString(),
        decidedBy: null,
        reason: null,
        refunds: [],
        money: null,
        decline: null,
        ...change,
      },
    ]),
  );
}
