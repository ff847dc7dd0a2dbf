import type { ErrorRequestHandler, Response } from 'express';
import type { FieldMessage } from '../domain/invoice.ts';
import type { Logger } from '../observability/logger.ts';

const titles = {
  malformed: 'The request cannot be read',
  refused: 'The request was refused',
  unauthorized: 'An API key is needed',
  'not-found': 'Not found',
  'wrong-state': 'The payment is in another state',
  'terms-differ': 'The order has a payment with other terms',
  'too-large': 'The request is too large',
  unavailable: 'Temporarily out of reach',
  internal: 'Something went wrong here',
} as const;

/** An error as order services read it (RFC 9457); `type` is stable, `errors` names fields by their path. */
export interface Problem {
  readonly kind: keyof typeof titles;
  readonly status: number;
  /** What happened, what it means and what to do. */
  readonly detail: string;
  readonly errors?: readonly FieldMessage[];
  readonly retryAfterSeconds?: number;
}

export function sendProblem(response: Response, problem: Problem): void {
  const { kind, status, detail, errors, retryAfterSeconds } = problem;
  if (retryAfterSeconds !== undefined) response.set('retry-after', String(retryAfterSeconds));
  response
    .status(status)
    .type('application/problem+json')
    .json({
      type: `urn:paytone-payments:problem:${kind}`,
      title: titles[kind],
      status,
      detail,
      ...(errors && errors.length > 0 && { errors }),
    });
}

export const notFound: Problem = {
  kind: 'not-found',
  status: 404,
  detail: 'There is no such payment for this API key. Start one with PUT /v1/payments/{orderId}.',
};

export const unavailable = (what: string): Problem => ({
  kind: 'unavailable',
  status: 503,
  detail: `${what} cannot be reached. Nothing is lost: send the same request again.`,
  retryAfterSeconds: 2,
});

const bodyProblems: Readonly<Record<string, Problem>> = {
  'entity.too.large': {
    kind: 'too-large',
    status: 413,
    detail: 'The body is over 64 KiB. Send less metadata.',
  },
  'entity.parse.failed': {
    kind: 'malformed',
    status: 400,
    detail: 'The body is not JSON. Check its syntax.',
  },
};

const typeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;

/** The last handler: what no route expected. */
export function problemHandler(
  logger: Logger,
  isUnavailable: (error: unknown) => boolean,
): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line max-params
  return (error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    sendProblem(response, problemOf(error, logger, isUnavailable));
  };
}

function problemOf(error: unknown, logger: Logger, isUnavailable: (error: unknown) => boolean): Problem {
  const ofBody = bodyProblems[typeOf(error)];
  if (ofBody) return ofBody;
  if (isUnavailable(error)) return unavailable('Temporal');
  const status = statusOf(error);
  if (status >= 400 && status < 500) {
    return {
      kind: 'malformed',
      status: 400,
      detail: 'The request cannot be read. Check its path, headers and body.',
    };
  }
  logger.error(
    { err: error instanceof Error ? { name: error.name, stack: error.stack } : 'unknown' },
    'failed',
  );
  return {
    kind: 'internal',
    status: 500,
    detail: 'This is our fault. Try again, and tell the operators if it lasts.',
  };
}
