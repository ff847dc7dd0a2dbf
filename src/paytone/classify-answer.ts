import type { AnswerClass } from '../domain/invoice/directive-table.ts';

const classes: Readonly<Record<number, AnswerClass>> = {
  200: 'success',
  201: 'success',
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  422: 'unprocessable',
  429: 'rate_limited',
  500: 'server_error',
  502: 'server_error',
  503: 'unavailable',
  504: 'server_error',
};

/** The row of the directive table that an HTTP status belongs to; what the table does not name tells us nothing. */
export const answerClassOf = (status: number): AnswerClass => classes[status] ?? 'unreadable';
