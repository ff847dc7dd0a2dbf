import { PaymentProblem, type ProblemBody } from './payment-problem.ts';

/** The body of an answer, or its problem thrown. */
export function unwrap<Body>(answer: { data?: Body; error?: ProblemBody; response: Response }): Body {
  if (answer.data !== undefined) return answer.data;
  throw new PaymentProblem(problemIn(answer.error, answer.response));
}

const ownContentTypes = /^(application\/(problem\+)?json|text\/event-stream)\b/;

/** A page of somebody else's is no payment, whatever its status. */
export function refuseStrange(response: Response): void {
  if (response.ok && !ownContentTypes.test(response.headers.get('content-type') ?? ''))
    throw new PaymentProblem(strange(response));
}

export const isOfOrderApi = (error: unknown): boolean =>
  error instanceof PaymentProblem && error.type !== 'about:blank';

/** What something between us and the ingress answers may be no problem+json. */
const problemIn = (error: unknown, response: Response): ProblemBody =>
  isProblem(error) ? error : strange(response);

const strange = ({ status, statusText, url }: Response): ProblemBody => ({
  type: 'about:blank',
  title: `${status} ${statusText}`.trim(),
  status,
  detail: `${url} does not answer as the order API does. Check the URL, and what stands in between.`,
});

const isProblem = (error: unknown): error is ProblemBody =>
  typeof error === 'object' && error !== null && 'type' in error && 'detail' in error;
