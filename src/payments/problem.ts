import { assertNever } from '../domain/assert-never.ts';
import type { FieldMessage } from '../domain/invoice/invoice.ts';
import type { PaymentStatus } from '../domain/payment/payment-status.ts';
import { refusalTypes, type UpdateRefusal } from '../domain/payment/refusal.ts';

/** Every kind of problem: its title, and what to do about it. */
const kinds = {
  malformed: ['The request cannot be read', 'Correct the fields that `errors` names.'],
  refused: [
    'The request was refused',
    'The amount, the service or a field cannot be paid like this: `errors` says why. Of a `PUT`, nothing was started.',
  ],
  unauthorized: ['An API key is needed', 'Send `Authorization: Bearer` with a key of `ORDER_API_KEYS`.'],
  'not-found': [
    'Not found',
    "The order has no payment of yours. To a `PUT`: it has another service's, so use another order id.",
  ],
  'wrong-method': ['The path does not take this method', '`Allow` names the methods that it takes.'],
  'wrong-state': [
    'The payment is in another state',
    '`paymentStatus` says in which: read the payment before the next step.',
  ],
  'terms-differ': [
    'The order has a payment with other terms',
    '`errors` names what differs. Use another order id for other terms.',
  ],
  'refund-differs': [
    'The payment has this refund with another amount',
    "Read the payment's `refunds`. Use another `refundId` for another refund.",
  ],
  'too-large': ['The request is too large', 'Send less metadata: a body has at most 64 KiB.'],
  'unsupported-media-type': [
    'The body is not in a form that is read here',
    'Send `application/json` in UTF-8.',
  ],
  'too-many-requests': [
    'Too many requests',
    'Wait for `Retry-After`; `RateLimit` says what is left. Follow payments with `GET …/events`.',
  ],
  unavailable: ['Temporarily out of reach', 'Send the same request again after `Retry-After`.'],
  internal: [
    'Something went wrong here',
    'Our fault. Send the same request again; if it lasts, tell the operators the `requestId`.',
  ],
} as const;

type Kind = keyof typeof kinds;

/** What went wrong, for order services (RFC 9457); `errors` names fields by their path. */
export interface Problem {
  readonly kind: Kind;
  readonly status: number;
  /** What happened, what it means and what to do. */
  readonly detail: string;
  readonly errors?: readonly FieldMessage[];
  /** How the payment stands that was in the way. */
  readonly paymentStatus?: PaymentStatus;
  readonly retryAfterSeconds?: number;
}

const typeOf = (kind: string): string => `urn:paytone-payments:problem:${kind}`;

/** Where `/docs` explains a kind of problem. */
export const helpOn = (kind: string): string => `problem-${kind}`;

/** Every `type` that a problem can have, as `/docs` explains it; they are stable. */
export const problemTypes = Object.entries(kinds).map(([kind, [title, advice]]) => ({
  type: typeOf(kind),
  help: helpOn(kind),
  title,
  advice,
}));

/** The members of `application/problem+json`. */
export const problemBody = ({ kind, status, detail, errors, paymentStatus }: Problem) => ({
  type: typeOf(kind),
  title: kinds[kind][0],
  status,
  detail,
  ...(errors && errors.length > 0 && { errors }),
  ...(paymentStatus && { paymentStatus }),
});

export const notFound: Problem = {
  kind: 'not-found',
  status: 404,
  detail: 'There is no such payment for this API key. Start one with PUT /v1/payments/{orderId}.',
};

export const noOutcome: Problem = {
  ...notFound,
  detail: 'The payment has no outcome of this webhook-id that was told. GET …/outcomes lists those it has.',
};

/** Of a `PUT`: what is there is not shown, but it is in the way. */
const taken: Problem = {
  kind: 'not-found',
  status: 404,
  detail:
    'The order has a payment, but none of yours: another order service started it. Use another order id.',
};

export const unavailable = (what: string): Problem => ({
  kind: 'unavailable',
  status: 503,
  detail: `${what} cannot be reached. Nothing is lost: send the same request again.`,
  retryAfterSeconds: 2,
});

/** The platform is asked about such an order once a minute. */
export const forgotten: Problem = {
  kind: 'unavailable',
  status: 503,
  detail:
    'Only Paytone can say whether there is such a payment, and it cannot be reached. Nothing is lost: send the same request again.',
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
  detail: 'The request is well-formed, but cannot be paid like this. See "errors"; nothing was started.',
  errors,
});

/** What a payment's own refusal means to the order service. */
export function problemOfRefusal({ type, detail, errors }: UpdateRefusal): Problem {
  switch (type) {
    case refusalTypes.owner:
      return taken;
    case refusalTypes.input:
      return {
        kind: 'refused',
        status: 422,
        detail: `${detail}. Correct what "errors" names and send it again.`,
        errors,
      };
    case refusalTypes.terms:
      return {
        kind: 'terms-differ',
        status: 409,
        detail: `${detail}. Use another order id for other terms.`,
        errors,
      };
    case refusalTypes.refund:
      return {
        kind: 'refund-differs',
        status: 409,
        detail: `${detail}. Read it in the payment's "refunds"; use another refundId for another refund.`,
        errors,
      };
    case refusalTypes.over:
    case refusalTypes.state:
      return {
        kind: 'wrong-state',
        status: 409,
        detail: `${detail}. Read it with GET before the next step.`,
      };
    default:
      return assertNever(type);
  }
}
