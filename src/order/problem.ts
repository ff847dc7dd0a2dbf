import { assertNever } from '../domain/assert-never.ts';
import type { FieldMessage } from '../domain/invoice/invoice.ts';
import { refusalTypes, type UpdateRefusal } from '../domain/payment/refusal.ts';

const titles = {
  malformed: 'The request cannot be read',
  refused: 'The request was refused',
  unauthorized: 'An API key is needed',
  'not-found': 'Not found',
  'wrong-method': 'The path does not take this method',
  'wrong-state': 'The payment is in another state',
  'terms-differ': 'The order has a payment with other terms',
  'refund-differs': 'The payment has this refund with another amount',
  'too-large': 'The request is too large',
  'unsupported-media-type': 'The body is not in a form that is read here',
  'too-many-requests': 'Too many requests',
  unavailable: 'Temporarily out of reach',
  internal: 'Something went wrong here',
} as const;

/** What went wrong, for order services (RFC 9457); `errors` names fields by their path. */
export interface Problem {
  readonly kind: keyof typeof titles;
  readonly status: number;
  /** What happened, what it means and what to do. */
  readonly detail: string;
  readonly errors?: readonly FieldMessage[];
  readonly retryAfterSeconds?: number;
}

/** Every `type` that a problem can have; they are stable. */
export const problemTypes = Object.keys(titles).map((kind) => `urn:paytone-payments:problem:${kind}`);

/** The members of `application/problem+json`. */
export const problemBody = ({ kind, status, detail, errors }: Problem) => ({
  type: `urn:paytone-payments:problem:${kind}`,
  title: titles[kind],
  status,
  detail,
  ...(errors && errors.length > 0 && { errors }),
});

export const notFound: Problem = {
  kind: 'not-found',
  status: 404,
  detail: 'There is no such payment for this API key. Start one with PUT /v1/payments/{orderId}.',
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
