import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from '../observability/logger.ts';
import { aboutRequest } from '../observability/request-context.ts';
import { ArchiveError } from '../payments/archive.ts';
import { forgotten, malformed, problemBody, unavailable, type Problem } from '../payments/problem.ts';

/** Sends an error as order services read it (RFC 9457). */
export function sendProblem(response: Response, problem: Problem): void {
  const { status, retryAfterSeconds } = problem;
  const { requestId } = aboutRequest();
  if (retryAfterSeconds !== undefined) response.set('retry-after', String(retryAfterSeconds));
  response
    .status(status)
    .type('application/problem+json')
    .json({ ...problemBody(problem), ...(requestId !== undefined && { requestId }) });
}

/** The path is known, its method is not (RFC 9110, section 15.5.6). */
export const wrongMethod =
  (...allowed: readonly string[]): RequestHandler =>
  (_request, response) => {
    response.set('allow', allowed.flatMap((it) => (it === 'GET' ? [it, 'HEAD'] : [it])).join(', '));
    sendProblem(response, {
      kind: 'wrong-method',
      status: 405,
      detail: `This path supports ${allowed.join(' and ')}. See /docs.`,
    });
  };

const unsupported: Problem = {
  kind: 'unsupported-media-type',
  status: 415,
  detail: 'Send the body as application/json in UTF-8, either plain or compressed with gzip, deflate or br.',
};

/** A body of another type than JSON would be taken for an empty one. */
export const jsonOnly: RequestHandler = (request, response, next) => {
  const isEmpty = request.get('content-length') === '0';
  if (request.is('application/json') === false && !isEmpty) sendProblem(response, unsupported);
  else next();
};

const bodyProblems: Readonly<Record<string, Problem>> = {
  'entity.too.large': {
    kind: 'too-large',
    status: 413,
    detail: 'The body is too large: at most 64 KiB, of a callback 256 KiB. Send less metadata.',
  },
  'entity.parse.failed': malformed('The body is not JSON. Check its syntax.', []),
  'encoding.unsupported': unsupported,
  'charset.unsupported': unsupported,
};

const typeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
const errorStatusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;

/** The last handler: what no route expected. */
export function problemHandler(
  logger: Logger,
  isUnavailable: (error: unknown) => boolean,
): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line max-params
  return (error, _request, response, _next) => {
    const problem = problemOf(error, logger, isUnavailable);
    if (!response.headersSent) sendProblem(response, problem);
    // An answer that has begun can only be cut off.
    else if (!response.writableEnded) response.destroy();
  };
}

function problemOf(error: unknown, logger: Logger, isUnavailable: (error: unknown) => boolean): Problem {
  const ofBody = bodyProblems[typeOf(error)];
  if (ofBody) return ofBody;
  if (isUnavailable(error)) return unavailable('Temporal');
  if (error instanceof ArchiveError) return forgotten;
  const status = errorStatusOf(error);
  if (status >= 400 && status < 500) {
    return malformed('The request is malformed. Check its path, headers and body.', []);
  }
  logger.error(
    error instanceof Error ? { error: error.name, stack: error.stack } : { error: 'unknown' },
    'failed',
  );
  return {
    kind: 'internal',
    status: 500,
    detail: 'This is our fault. Repeat the request. If it persists, give the operators the requestId.',
  };
}
