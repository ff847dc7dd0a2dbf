/** What a merchant asks of the platform. */
export type Operation =
  | 'createPrivate'
  | 'createPublic'
  | 'refund'
  | 'statusById'
  | 'byReference'
  | 'list'
  | 'services'
  | 'prerequest';

/** What came back, in the words of the page's table "HTTP status codes" and of the transport below it. */
export type AnswerClass =
  | 'success' // 200, 201 with a readable body
  | 'bad_request' // 400
  | 'unauthorized' // 401
  | 'forbidden' // 403
  | 'not_found' // 404
  | 'method_not_allowed' // 405
  | 'conflict' // 409
  | 'unprocessable' // 422
  | 'rate_limited' // 429
  | 'server_error' // 500, 502, 504
  | 'unavailable' // 503
  | 'unreadable' // any status whose body or code we cannot rely on: HTML, cut JSON, 204, 301, no id
  | 'no_answer'; // refused, reset, timed out, cut off

/** The one consequence of an answer. */
export type Directive =
  | 'accept' // take the answer
  | 'refuse' // nothing was created; the order's data is at fault
  | 'absent' // the thing asked for does not exist
  | 'adopt' // an earlier transaction holds the reference: take it over
  | 'look_up' // unknown whether it was created: look by reference before anything is repeated
  | 'park' // our credentials are at fault: alert, and try again at growing intervals
  | 'back_off' // after Retry-After, else growing intervals
  | 'retry'; // a read that failed: ask again, decide nothing

const create = {
  success: 'accept',
  bad_request: 'look_up',
  unauthorized: 'park',
  forbidden: 'park',
  not_found: 'refuse',
  method_not_allowed: 'refuse',
  conflict: 'adopt',
  unprocessable: 'refuse',
  rate_limited: 'back_off',
  server_error: 'look_up',
  unavailable: 'look_up',
  unreadable: 'look_up',
  no_answer: 'look_up',
} as const satisfies Record<AnswerClass, Directive>;

const readDirectives = {
  success: 'accept',
  bad_request: 'retry',
  unauthorized: 'park',
  forbidden: 'park',
  not_found: 'absent',
  method_not_allowed: 'retry',
  conflict: 'retry',
  unprocessable: 'retry',
  rate_limited: 'back_off',
  server_error: 'retry',
  unavailable: 'back_off',
  unreadable: 'retry',
  no_answer: 'retry',
} as const satisfies Record<AnswerClass, Directive>;

/**
 * The directive table (docs/contract.md §6).
 * The client's errors, the activities' failures and the retry policies all read this one value.
 */
export const directiveTable = {
  createPrivate: create,
  createPublic: create,
  refund: create,
  statusById: readDirectives,
  byReference: readDirectives,
  list: readDirectives,
  services: readDirectives,
  prerequest: readDirectives,
} as const satisfies Record<Operation, Record<AnswerClass, Directive>>;

/** The directive for an answer that is not a success. */
export const directiveFor = (
  operation: Operation,
  answer: Exclude<AnswerClass, 'success'>,
): Exclude<Directive, 'accept'> => directiveTable[operation][answer];
