import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { components } from './schema.ts';

export { WebhookVerificationError } from 'standardwebhooks';

export type Outcome = components['schemas']['Outcome'];

/** `id`: its `webhook-id`, the same on every delivery. */
export type VerifiedOutcome = Outcome & { readonly id: string };

/** As `fetch` has them, or Node's server. */
type DeliveryHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

const signedHeaders = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

/**
 * What a delivery to your endpoint says, once one of its secrets has signed it (Standard Webhooks). `body`: as it was
 * received, to the byte. Throws a `WebhookVerificationError` for one that is forged, incomplete, or older than five
 * minutes.
 */
export function verifyOutcome(
  body: string,
  headers: DeliveryHeaders,
  secrets: readonly string[],
): VerifiedOutcome {
  const read = (name: string) =>
    String(headers instanceof Headers ? (headers.get(name) ?? '') : (headers[name] ?? ''));
  const values = Object.fromEntries(signedHeaders.map((name) => [name, read(name)]));
  let reason: unknown = new WebhookVerificationError('No secret was given');
  for (const secret of secrets) {
    const webhook = new Webhook(secret);
    try {
      return { id: read('webhook-id'), ...(webhook.verify(body, values) as Outcome) };
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      reason = error;
    }
  }
  throw reason;
}
