import { assertNever } from '../domain/assert-never.ts';
import type { FieldMessage } from '../domain/invoice/invoice.ts';
import type { PaymentStatus } from '../domain/payment/statuses.ts';
import { refusalTypes, type UpdateRefusal } from '../domain/payment/refusal.ts';

/** Every kind of problem: its title, and what to do about it. */
const kinds = {
  malformed: ['The request is malformed', 'Correct the fields that `errors` names.'],
  refused: [
    'The request was refused',
    'The payment is not possible with this amount, service or field: `errors` says why. A refused `PUT` starts nothing.',
  ],
  unauthorized: [
    'A valid API key is required',
    'Send `Authorization: Bearer` with a key of your order service.',
  ],
  forbidden: [
    'The key lacks a right',
    '`detail` names the right. The operators grant rights to order services in `ORDER_SERVICES_FILE`.',
  ],
  'not-found': [
    'Not found',
    'You have no payment for this order. On a `PUT`, another service has one: use another order id.',
  ],
  'wrong-method': ['The path does not support this method', '`Allow` lists the methods that it supports.'],
  'wrong-state': [
    'The payment is in the wrong state',
    '`paymentStatus` says where it stands. Read the payment before the next step.',
  ],
  'terms-differ': [
    'The order already has a payment with other terms',
    '`errors` names what differs. For other terms, use another order id.',
  ],
  'refund-differs': [
    'The payment already has this refund with another amount',
    "Read the payment's `refunds`. For another refund, use another `refundId`.",
  ],
  'too-large': ['The request is too large', 'Send less metadata. A body may have at most 64 KiB.'],
  'too-slow': [
    'The request took too long',
    'Send it again; its head and body must be there within 10 seconds.',
  ],
  'unsupported-media-type': ['The body has an unsupported format', 'Send `application/json` in UTF-8.'],
  'too-many-requests': [
    'Too many requests',
    'Wait for `Retry-After`; `RateLimit` shows what is left. To follow a payment, use `GET …/events`.',
  ],
  unavailable: ['Temporarily unavailable', 'Repeat the request after `Retry-After`. Nothing is lost.'],
  internal: [
    'Something went wrong here',
    'Our fault. Repeat the request. If it persists, give the operators the `requestId`.',
  ],
} as const;

type ProblemKind = keyof typeof kinds;

/** What went wrong, for order services (RFC 9457); `errors` names fields by their path. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly status: number;
  /** What happened, what it means and what to do. */
  readonly detail: string;
  readonly errors?: readonly FieldMessage[];
  /** How the payment stands that was in the way. */
  readonly paymentStatus?: PaymentStatus;
  readonly retryAfterSeconds?: number;
}

/** Its page: a client resolves it against the address that it asked. */
const problemType = (kind: string): string => `/docs/problems/${kind}`;

/** Every `type` that a problem can have, as `/docs` explains it; they are stable. */
export const problemTypes = Object.entries(kinds).map(([kind, [title, advice]]) => ({
  type: problemType(kind),
  title,
  advice,
}));

/** The members of `application/problem+json`. */
export const problemBody = ({ kind, status, detail, errors, paymentStatus }: Problem) => ({
  type: problemType(kind),
  title: kinds[kind][0],
  status,
  detail,
  ...(errors && errors.length > 0 && { errors }),
  ...(paymentStatus && { paymentStatus }),
});

export const notFound: Problem = {
  kind: 'not-found',
  status: 404,
  detail: 'You have no payment for this order. Start one with PUT /v1/payments/{orderId}.',
};

export const noOutcome: Problem = {
  ...notFound,
  detail:
    'No outcome with this webhook-id has been sent for the payment. GET …/outcomes lists those that have.',
};

/** On a `PUT`: what exists is not shown, but it is in the way. */
const taken: Problem = {
  kind: 'not-found',
  status: 404,
  detail: 'Another order service has a payment for this order. Use another order id.',
};

export const unavailable = (what: string): Problem => ({
  kind: 'unavailable',
  status: 503,
  detail: `${what} is out of reach. Nothing is lost: repeat the request.`,
  retryAfterSeconds: 2,
});

/** The platform is asked about such an order once a minute. */
export const forgotten: Problem = {
  kind: 'unavailable',
  status: 503,
  detail:
    'Only Paytone can say whether this payment exists, and it is out of reach. Nothing is lost: repeat the request.',
  retryAfterSeconds: 60,
};

export const malformed = (detail: string, errors: readonly FieldMessage[]): Problem => ({
  kind: 'malformed',
  status: 400,
  detail,
  errors,
});

/** Well-formed, but it cannot be paid like this. */
export const invalid = (errors: readonly FieldMessage[]): Problem => ({
  kind: 'refused',
  status: 422,
  detail: 'The payment is not possible like this, and nothing was started. "errors" says why.',
  errors,
});

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What a payment's own refusal means to the order service. */
export function problemOfRefusal({ type, detail, errors }: UpdateRefusal): Problem {
  switch (type) {
    case refusalTypes.owner:
      return taken;
    case refusalTypes.input:
      return {
        kind: 'refused',
        status: 422,
        detail: `${sentence(detail)} Correct the fields in "errors" and send it again.`,
        errors,
      };
    case refusalTypes.terms:
      return {
        kind: 'terms-differ',
        status: 409,
        detail: `${sentence(detail)} For other terms, use another order id.`,
        errors,
      };
    case refusalTypes.refund:
      return {
        kind: 'refund-differs',
        status: 409,
        detail: `${sentence(detail)} Read it in the payment's "refunds". For another refund, use another refundId.`,
        errors,
      };
    case refusalTypes.over:
    case refusalTypes.state:
      return {
        kind: 'wrong-state',
        status: 409,
        detail: `${sentence(detail)} Read the payment with GET before the next step.`,
      };
    default:
      return assertNever(type);
  }
}
