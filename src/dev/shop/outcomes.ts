import { EventEmitter } from 'node:events';
import { Router, text } from 'express';
import { WebhookVerificationError, verifyOutcome } from 'paytone-payments-http';

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

/** Takes outcomes as any order service would, with the published client. */
export function outcomeRoute(secrets: readonly string[], outcomes: Outcomes): Router {
  const router = Router();
  router.post('/', text({ type: () => true }), (request, response) => {
    try {
      const { id, type, data } = verifyOutcome(String(request.body), request.headers, secrets);
      outcomes.add({ id, type, at: new Date().toISOString(), orderId: data.orderId });
      response.sendStatus(204);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      response.sendStatus(400);
    }
  });
  return router;
}
