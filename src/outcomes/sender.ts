import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import type { Outcome, Receivers } from '../domain/payment/outcome.ts';
import { EndpointHealth } from './endpoint-health.ts';

/** What one endpoint answered. */
type EndpointAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly why: string };

/** What became of a delivery to all endpoints; `acceptedBy`: those that have accepted it now, by their URLs. */
export type DeliveryAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'gone'; readonly acceptedBy?: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string; readonly acceptedBy?: readonly string[] };

export interface OutcomeSender {
  send(outcome: Outcome, receivers: Receivers): Promise<DeliveryAnswer>;
  close(): Promise<void>;
}

export interface Endpoint {
  readonly url: string;
  /** `whsec_…`; the header carries one signature for each, so that receivers can rotate. */
  readonly secrets: readonly string[];
  /** The types that it takes; all where absent. */
  readonly types?: readonly string[] | undefined;
}

interface ReceiverHealth {
  /** Since when an endpoint takes nothing: epoch milliseconds; null where none is down. */
  readonly downSince: number | null;
  /** All that it went to have accepted the outcome. */
  readonly isTaken: boolean;
}

interface SenderParts {
  /** Told of each delivery by what was answered: `2xx`, `410` and so on; `none` for none. */
  readonly count?: (answer: string) => void;
  /** Told of each delivery: how the order service's endpoints stand after it. */
  readonly onHealth?: (owner: string, health: ReceiverHealth) => void;
}

const callTimeoutMs = 10_000;
const endpointIsDown = 'the order service takes no outcomes, and is tried again soon';

/**
 * Tells outcomes by the Standard Webhooks specification: 2xx accepts, 410 ends, all else, redirects included,
 * has failed and is tried again. `why` is a fixed text: it ends in Temporal's history in clear.
 */
export function createOutcomeSender(
  endpointsOf: (owner: string) => readonly Endpoint[],
  { count = () => undefined, onHealth = () => undefined }: SenderParts = {},
): OutcomeSender {
  const agent = new Agent({ connect: { timeout: 3_000 } });
  const healths = new Map<string, EndpointHealth>();
  const healthOf = ({ url }: Endpoint): EndpointHealth => {
    const health = healths.get(url) ?? new EndpointHealth();
    healths.set(url, health);
    return health;
  };

  async function post({ url, secrets }: Endpoint, { id, ...message }: Outcome): Promise<EndpointAnswer> {
    const body = JSON.stringify(message);
    const now = new Date();
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
    };
    try {
      const signal = AbortSignal.timeout(callTimeoutMs);
      const answer = await request(url, { method: 'POST', headers, body, signal, dispatcher: agent });
      await answer.body.dump({ limit: 64 * 1024 });
      count(answerClass(answer.statusCode));
      return endpointAnswerOf(answer.statusCode);
    } catch (error) {
      count('none');
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      const why = isLate
        ? 'the order service did not answer within 10 s'
        : 'the order service cannot be reached';
      return { kind: 'failed', why };
    }
  }

  /** Posts it, unless the endpoint is down and spared what it did not take before. */
  async function offer(endpoint: Endpoint, outcome: Outcome, isRepeat: boolean): Promise<EndpointAnswer> {
    const health = healthOf(endpoint);
    if (isRepeat && !health.admits()) return { kind: 'failed', why: endpointIsDown };
    const answer = await post(endpoint, outcome);
    if (answer.kind === 'failed') health.refused(outcome.id);
    else health.answered();
    return answer;
  }

  return {
    async send(outcome, { owner, acceptedBy, isRepeat = false }) {
      const endpoints = endpointsOf(owner);
      if (endpoints.length === 0) return { kind: 'failed', why: 'the order service has no endpoint' };
      const answers = await Promise.all(
        endpoints
          .filter(({ url, types }) => !acceptedBy.includes(url) && (types?.includes(outcome.type) ?? true))
          .map(async (endpoint) => ({ endpoint, answer: await offer(endpoint, outcome, isRepeat) })),
      );
      const answer = together(endpoints, answers);
      const downSince = firstDownSince(answers.map(({ endpoint }) => healthOf(endpoint).downSince));
      onHealth(owner, { downSince, isTaken: answer.kind === 'accepted' });
      return answer;
    },
    close: () => agent.close(),
  };
}

function firstDownSince(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

interface EndpointResult {
  readonly endpoint: Endpoint;
  readonly answer: EndpointAnswer;
}

/** Delivered once all have accepted; over where all others want no more of it; else to be tried again. */
function together(endpoints: readonly Endpoint[], answers: readonly EndpointResult[]): DeliveryAnswer {
  const acceptedBy = answers.flatMap(({ endpoint, answer }) =>
    answer.kind === 'accepted' ? [endpoint.url] : [],
  );
  if (acceptedBy.length === answers.length) return { kind: 'accepted' };
  const failed = answers.flatMap(({ endpoint, answer }) =>
    answer.kind === 'failed' ? [{ place: endpoints.indexOf(endpoint) + 1, why: answer.why }] : [],
  );
  if (failed.length === 0) return { kind: 'gone', acceptedBy };
  // A URL may hold a token; its place in the file does not.
  const words = failed.map(({ place, why }) => (endpoints.length === 1 ? why : `endpoint ${place}: ${why}`));
  return { kind: 'failed', why: words.join('; '), acceptedBy };
}

const answerClass = (status: number): string => (status === 410 ? '410' : `${Math.floor(status / 100)}xx`);

function endpointAnswerOf(status: number): EndpointAnswer {
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  if (status === 410) return { kind: 'gone' };
  return { kind: 'failed', why: `the order service answered ${status}` };
}
