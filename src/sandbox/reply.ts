import type { Response } from 'express';
import type { Fault } from './faults.ts';

/** What an endpoint answers, before any fault. */
export interface SandboxReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly referenceId?: string;
  readonly invoiceId?: string;
  readonly created?: boolean;
}

/** The array shape of errors ("Response examples of error codes and descriptions"). */
export const errorReply = (status: number, text: string, more: object = {}): SandboxReply => ({
  status,
  body: { errors: [{ status: text, code: String(status), ...more }] },
});

/** The map shape (422). */
export const invalidReply = (faults: Readonly<Record<string, string>>): SandboxReply => ({
  status: 422,
  body: { errors: faults },
});

/** Sends a reply as it is; returns its status. */
export function send(response: Response, { status, body, headers = {} }: SandboxReply): number {
  response.set(headers).status(status).json(body);
  return status;
}

/** Sends a reply as a fault would have it; returns the status the client sees, 0 where it sees none. */
export function sendFaulty(response: Response, reply: SandboxReply, fault: Fault): number {
  switch (fault.type) {
    case 'status':
      send(response, { status: fault.status, body: fault.body ?? {}, headers: fault.headers ?? {} });
      return fault.status;
    case 'reset':
      response.socket?.resetAndDestroy();
      return 0;
    case 'timeout':
      return 0;
    case 'delay':
      setTimeout(() => send(response, reply), fault.ms);
      return reply.status;
    case 'truncate':
      return cut(response, reply);
    case 'trickle':
      return trickle(response, reply, fault.bytesPerSecond);
    case 'html':
      response.status(200).type('html').send('<html><body>maintenance</body></html>');
      return 200;
    case 'no-id':
      return send(response, {
        ...reply,
        body: rewritten(reply.body, { 'data.id': undefined, 'data.0.id': undefined }),
      });
    case 'rewrite':
      return send(response, {
        ...reply,
        status: fault.status ?? reply.status,
        body: rewritten(reply.body, fault.set),
      });
  }
}

function cut(response: Response, { status, body }: SandboxReply): number {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
  return status;
}

function trickle(response: Response, { status, body }: SandboxReply, bytesPerSecond: number): number {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, (sent += 1)));
    if (sent >= bytes.length) response.end();
  }, 1000 / bytesPerSecond);
  response.on('close', () => clearInterval(timer));
  return status;
}

/** The body with values put at dotted paths; undefined takes the key away. */
function rewritten(body: unknown, changes: Readonly<Record<string, unknown>>): unknown {
  const copy: unknown = structuredClone(body);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const target = keys.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), copy);
    if (isObject(target)) target[last] = value;
  }
  return copy;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
