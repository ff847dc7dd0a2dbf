import { raw, Router } from 'express';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { Told } from './pages.ts';

/** What the shop was told of each order, in the order of arrival. */
export type Outcomes = Map<string, (Told & { readonly orderId: string })[]>;

const message = z.object({ type: z.string(), data: z.object({ orderId: z.string() }) });

/** Verifies by the published package alone; the same `webhook-id` again changes nothing. */
export function outcomeRoute(secrets: readonly string[], outcomes: Outcomes): Router {
  const webhooks = secrets.map((secret) => new Webhook(secret));
  const router = Router();
  router.post('/', raw({ type: () => true }), (request, response) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const verified = webhooks.some((webhook) => verifies(webhook, request.body as Buffer, headers));
    if (!verified) return void response.sendStatus(400);
    const { type, data } = message.parse(JSON.parse(String(request.body)));
    const id = headers['webhook-id'] ?? '';
    const known = outcomes.get(data.orderId) ?? [];
    if (!known.some((told) => told.id === id)) {
      outcomes.set(data.orderId, [
        ...known,
        { id, type, at: new Date().toISOString(), orderId: data.orderId },
      ]);
    }
    response.sendStatus(204);
  });
  return router;
}

function verifies(webhook: Webhook, body: Buffer, headers: Record<string, string>): boolean {
  try {
    webhook.verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
