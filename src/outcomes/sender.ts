import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import type { Outcome } from '../domain/payment/outcome.ts';

export type DeliveryAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly why: string };

export interface OutcomeSender {
  send(outcome: Outcome): Promise<DeliveryAnswer>;
  close(): Promise<void>;
}

export interface OutcomeTarget {
  readonly url: string;
  /** `whsec_…`; the header carries one signature for each, so that receivers can rotate. */
  readonly secrets: readonly string[];
}

const callTimeoutMs = 10_000;

/**
 * Tells outcomes by the Standard Webhooks specification: 2xx accepts, 410 ends, all else, redirects included,
 * has failed and is tried again. `why` is a fixed text: it ends in Temporal's history in clear.
 */
export function createOutcomeSender(
  { url, secrets }: OutcomeTarget,
  count: (answer: string) => void = () => undefined,
): OutcomeSender {
  const agent = new Agent({ connect: { timeout: 3_000 } });
  const webhooks = secrets.map((secret) => new Webhook(secret));
  return {
    async send(outcome) {
      const { id, ...message } = outcome;
      const body = JSON.stringify(message);
      const now = new Date();
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': webhooks.map((webhook) => webhook.sign(id, now, body)).join(' '),
      };
      try {
        const signal = AbortSignal.timeout(callTimeoutMs);
        const answer = await request(url, { method: 'POST', headers, body, signal, dispatcher: agent });
        await answer.body.dump({ limit: 64 * 1024 });
        count(answerClass(answer.statusCode));
        return judge(answer.statusCode);
      } catch (error) {
        count('none');
        const isLate = error instanceof Error && error.name === 'TimeoutError';
        const why = isLate
          ? 'the order service did not answer within 10 s'
          : 'the order service cannot be reached';
        return { kind: 'failed', why };
      }
    },
    close: () => agent.close(),
  };
}

const answerClass = (status: number): string => (status === 410 ? '410' : `${Math.floor(status / 100)}xx`);

function judge(status: number): DeliveryAnswer {
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  if (status === 410) return { kind: 'gone' };
  return { kind: 'failed', why: `the order service answered ${status}` };
}
