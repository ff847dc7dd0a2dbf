import { once } from 'node:events';
import type { RequestHandler } from 'express';
import type { OrderPayments } from '../../payments/payments.ts';
import type { Problem } from '../../payments/problem.ts';
import { ownerOf } from '../bearer.ts';
import { sendProblem } from '../send-problem.ts';

/** Shorter than the idle time-outs of common proxies. */
const heartbeatMs = 15_000;
const tooMany = (maxStreams: number): Problem => ({
  kind: 'too-many-requests',
  status: 429,
  detail: `This service holds ${maxStreams} event streams open at this ingress. Close those that nobody reads any more; outcomes tell the same without a stream.`,
  retryAfterSeconds: 15,
});

/**
 * The payment as it changes (server-sent events, HTML Living Standard 9.2): `payment` with the payment now and after
 * each change, then `end` when nothing of it runs any more. A stream that closes without `end` is to be opened again.
 * An order service may hold so many of them at an ingress.
 */
export function feed(
  payments: Pick<OrderPayments, 'get' | 'follow'>,
  maxStreams = 1_000,
): RequestHandler<{ orderId: string }> {
  const open = new Map<string, number>();
  const count = (owner: string, by: number): void => void open.set(owner, (open.get(owner) ?? 0) + by);
  return async (request, response) => {
    const owner = ownerOf(response);
    if ((open.get(owner) ?? 0) >= maxStreams) return sendProblem(response, tooMany(maxStreams));
    count(owner, 1);
    const gone = new AbortController();
    response.once('close', () => {
      count(owner, -1);
      gone.abort();
    });
    const asking = { owner, orderId: request.params.orderId };
    const first = await payments.get(asking);
    if (first.kind === 'problem') return sendProblem(response, first.problem);
    response.set({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    // Else whoever opens the stream again would come back to a process that drains, and keep it.
    response.set('connection', 'close').flushHeaders();
    if (request.method === 'HEAD') return void response.end();
    const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
    try {
      for await (const payment of payments.follow(asking, gone.signal)) {
        const room = response.write(`event: payment\ndata: ${JSON.stringify(payment)}\n\n`);
        if (!room) await once(response, 'drain', { signal: gone.signal });
      }
      response.write('event: end\ndata: {}\n\n');
    } catch (error) {
      if (!gone.signal.aborted) throw error;
    } finally {
      clearInterval(heartbeat);
      response.end();
    }
  };
}
