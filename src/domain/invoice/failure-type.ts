import type { Directive } from './directive-table.ts';

/** Failure types as they stand in Temporal's history; classes do not survive the wire. */
export const failureTypeFor = {
  refuse: 'Refused',
  absent: 'NotFound',
  adopt: 'AlreadyExists',
  look_up: 'ResultUnknown',
  park: 'CredentialsRejected',
  back_off: 'RateLimited',
  retry: 'Unanswered',
} as const satisfies Record<Exclude<Directive, 'accept'>, string>;

export type FailureType = (typeof failureTypeFor)[keyof typeof failureTypeFor];

const failureTypes: readonly string[] = Object.values(failureTypeFor);
export const isFailureType = (text: unknown): text is FailureType =>
  typeof text === 'string' && failureTypes.includes(text);
