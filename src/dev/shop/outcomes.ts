import { EventEmitter } from 'node:events';
import { raw, Router } from 'express';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

/** An outcome as it was told: `webhook-id`, type and when it came. */
export interface ReceivedOutcome {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly orderId: string;
}

/** What the shop was told, in the order of arrival; emits the order's id at each arrival. */
export class Outcomes extends EventEmitter<{ told: [orderId: string] }> {
  readonly #told: ReceivedOutcome[] = [];

  constructor() {
    super();
    this.setMaxListeners(0);
  }

  /** The same `webhook-id` again changes nothing. */
  add(told: ReceivedOutcome): void {
    if (this.#told.some(({ id }) => id === told.id)) return;
    this.#told.push(told);
    this.emit('told', told.orderId);
  }

  of(orderId: string): ReceivedOutcome[] {
    return this.#told.filter((told) => told.orderId === orderId);
  }

  get all(): readonly ReceivedOutcome[] {
    return this.#told;
  }
}

const message = z.object({ type: z.string(), data: z.object({ orderId: z.string() }) });

/** Verifies by the published package alone. */
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
    outcomes.add({ id, type, at: new Date().toISOString(), orderId: data.orderId });
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
