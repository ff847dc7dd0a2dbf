import { Agent, request } from 'undici';
import { jsonOf } from './json-of.ts';

export interface TransportLimits {
  readonly connectTimeoutMs: number;
  /** The whole call, body included. */
  readonly callTimeoutMs: number;
  readonly maxBodyBytes: number;
  readonly connections: number;
}

export const defaultLimits: TransportLimits = {
  connectTimeoutMs: 3_000,
  callTimeoutMs: 10_000,
  maxBodyBytes: 1024 * 1024,
  connections: 64,
};

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer that came whole; `body` is undefined where it was no JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | string[] | undefined;
  readonly body: unknown;
}

/** One HTTP exchange, within its limits and without following redirects; null where no whole answer came. */
export function createTransport(limits: TransportLimits) {
  const agent = new Agent({
    connections: limits.connections,
    connect: { timeout: limits.connectTimeoutMs },
    maxResponseSize: limits.maxBodyBytes,
  });
  return {
    async send({ method, url, headers, body }: Call): Promise<HttpAnswer | null> {
      try {
        const reply = await request(url, {
          method,
          dispatcher: agent,
          signal: AbortSignal.timeout(limits.callTimeoutMs),
          headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
          body: body === undefined ? null : JSON.stringify(body),
        });
        const text = await reply.body.text();
        return { status: reply.statusCode, retryAfter: reply.headers['retry-after'], body: jsonOf(text) };
      } catch {
        return null;
      }
    },
    close: () => agent.close(),
  };
}
