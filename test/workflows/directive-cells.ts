// The directive table cell by cell, written from docs/contract.md §6 and not from the product's table.

/** How the sandbox (or the road to it) answers the first request of an operation. */
export interface Answer {
  readonly name: string;
  readonly fault?: object;
  /** Whether the fault comes after the platform did what was asked. */
  readonly after?: true;
  /** Nobody listens. */
  readonly unreachable?: true;
  /** An invoice holds the reference already: of the same terms, or of others. */
  readonly holds?: 'same' | 'other';
}

const status = (code: number, more: object = {}): Answer => ({
  name: String(code),
  fault: { type: 'status', status: code, ...more },
});

export const answers: readonly Answer[] = [
  { name: '200', fault: { type: 'rewrite', status: 200 }, after: true },
  { name: '201', fault: { type: 'rewrite', status: 201 }, after: true },
  status(204),
  status(301, { headers: { location: 'https://elsewhere.example/' } }),
  status(400),
  status(401, { body: { errors: [{ status: 'Unauthorized', code: '401' }] } }),
  status(403, { body: { errors: [{ status: 'Forbidden', code: '403' }] } }),
  status(404, { body: { errors: [{ status: 'Not Found', code: '404' }] } }),
  status(405, { body: { errors: [{ status: 'Method Not Allowed', code: '405' }] } }),
  { ...status(409), name: '409 with body', holds: 'same' },
  { ...status(409, { body: { errors: [{ code: '409' }] } }), name: '409 without body', holds: 'same' },
  { ...status(409), name: '409 with other terms', holds: 'other' },
  status(422, { body: { errors: { amount: 'This value should be greater than 0.' } } }),
  status(429, { headers: { 'retry-after': '7' } }),
  status(500),
  status(502),
  status(503, { headers: { 'retry-after': '7' } }),
  status(504),
  { name: 'connection refused', unreachable: true },
  { name: 'reset before the request', fault: { type: 'reset' } },
  { name: 'reset after the effect', fault: { type: 'reset' }, after: true },
  { name: 'time-out before the effect', fault: { type: 'timeout' } },
  { name: 'time-out after the effect', fault: { type: 'timeout' }, after: true },
  { name: 'truncated JSON', fault: { type: 'truncate' }, after: true },
  { name: 'HTML instead of JSON', fault: { type: 'html' } },
  { name: '2xx without id', fault: { type: 'no-id' }, after: true },
];

type Name = string;

/** A create: requests the platform saw, look-ups by reference between them, the end, seconds until the repetition. */
export interface Created {
  readonly creates: number;
  readonly looks: number;
  readonly end: 'paid' | 'failed' | 'review';
  readonly after?: number;
}
const adopted: Created = { creates: 1, looks: 0, end: 'paid' };
const lookedUp: Created = { creates: 1, looks: 1, end: 'paid' };
const repeated: Created = { creates: 2, looks: 1, end: 'paid' };
const refused: Created = { creates: 1, looks: 0, end: 'failed' };
const parked: Created = { creates: 2, looks: 0, end: 'paid', after: 10 };

const creation: Readonly<Record<Name, Created>> = {
  '200': adopted,
  '201': adopted,
  '204': repeated,
  '301': repeated,
  '400': repeated,
  '401': parked,
  '403': parked,
  '404': refused,
  '405': refused,
  '409 with body': adopted,
  '409 without body': lookedUp,
  '409 with other terms': { creates: 1, looks: 0, end: 'review' },
  '422': refused,
  '429': { creates: 2, looks: 0, end: 'paid', after: 7 },
  '500': repeated,
  '502': repeated,
  '503': { ...repeated, after: 7 },
  '504': repeated,
  'connection refused': { ...repeated, creates: 1 },
  'reset before the request': repeated,
  'reset after the effect': lookedUp,
  'time-out before the effect': repeated,
  'time-out after the effect': lookedUp,
  'truncated JSON': lookedUp,
  'HTML instead of JSON': repeated,
  '2xx without id': lookedUp,
};

export function creationOf(name: Name): Created {
  const cell = creation[name];
  if (!cell) throw new Error(`no cell for ${name}`);
  return cell;
}

/** A read: requests of it that the platform saw until it was answered, seconds until the repetition. */
export interface Asked {
  readonly asks: number;
  readonly after?: number;
}
const once: Asked = { asks: 1 };
const again: Asked = { asks: 2 };
const read: Readonly<Record<Name, Asked>> = {
  '200': once,
  '201': once,
  '204': again,
  '301': again,
  '400': again,
  '401': { asks: 2, after: 10 },
  '403': { asks: 2, after: 10 },
  '405': again,
  '409 with body': again,
  '409 without body': again,
  '409 with other terms': again,
  '422': again,
  '429': { asks: 2, after: 7 },
  '500': again,
  '502': again,
  '503': { asks: 2, after: 7 },
  '504': again,
  'connection refused': once,
  'reset before the request': again,
  'reset after the effect': again,
  'time-out before the effect': again,
  'time-out after the effect': again,
  'truncated JSON': again,
  'HTML instead of JSON': again,
  '2xx without id': again,
};
/** 404: that invoice does not exist; looked up by reference. */
export const statusById: Readonly<Record<Name, Asked>> = { ...read, '404': once };
/** 404: not found, so it may be created again. */
export const byReference: Readonly<Record<Name, Asked>> = { ...read, '404': once };
export const prerequest: Readonly<Record<Name, Asked>> = { ...read, '404': again, '2xx without id': once };

/** Operations that no payment waits for: what the client tells its caller to do. */
const readDirective: Readonly<Record<Name, string>> = {
  '200': 'accept',
  '201': 'accept',
  '401': 'park',
  '403': 'park',
  '404': 'absent',
  '429': 'back_off',
  '503': 'back_off',
};
const createDirective: Readonly<Record<Name, string>> = {
  '200': 'accept',
  '201': 'accept',
  '401': 'park',
  '403': 'park',
  '404': 'refuse',
  '405': 'refuse',
  '409 with body': 'adopt',
  '409 without body': 'adopt',
  '409 with other terms': 'adopt',
  '422': 'refuse',
  '429': 'back_off',
};
export const directives: Readonly<Record<'services' | 'list' | 'refund', (name: Name) => string>> = {
  services: (name) => readDirective[name] ?? 'retry',
  list: (name) => readDirective[name] ?? 'retry',
  refund: (name) => createDirective[name] ?? 'look_up',
};
