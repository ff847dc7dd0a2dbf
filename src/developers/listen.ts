import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { fetch } from 'undici';
import { verifyOutcome, WebhookVerificationError } from '../clients/http/verify-outcome.ts';
import { listen as listenOn } from '../http/listen.ts';
import { serverLimits } from '../http/server-limits.ts';

interface ListenerOptions {
  readonly port: number;
  /** Any of them may have signed. */
  readonly secrets: readonly string[];
  /** Where outcomes go on to; null where they are only shown. */
  readonly forwardTo: string | null;
  readonly say: (line: string) => void;
}

interface ReceiverAnswer {
  readonly status: number;
  readonly said: string;
}

const forwardMs = 10_000;

/** Takes outcomes as an order service would: verified, shown, passed on as they came, and answered as they are there. */
export async function startListener({ port, secrets, forwardTo, say }: ListenerOptions) {
  const answerTo = async (body: string, headers: IncomingHttpHeaders): Promise<ReceiverAnswer> => {
    try {
      const { id, type, data } = verifyOutcome(body, headers, secrets);
      const { status, said } = forwardTo === null ? takenAnswer : await forwarded(forwardTo, body, headers);
      return { status, said: `${type}  ${data.orderId}  ${id}  ${said}` };
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      const said = `refused with 401: ${error.message}. Is --secret the one of OUTCOME_SECRETS?`;
      return { status: 401, said };
    }
  };
  const server = createServer(serverLimits, (request, response) => {
    text(request)
      .then(async (body) => {
        const { status, said } = await answerTo(body, request.headers);
        say(said);
        response.writeHead(status).end();
      })
      .catch(() => response.destroy());
  });
  return listenOn(server, port);
}

const takenAnswer: ReceiverAnswer = { status: 204, said: 'taken' };

/** To the byte, with the headers that its signature is about. */
async function forwarded(url: string, body: string, headers: IncomingHttpHeaders): Promise<ReceiverAnswer> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('webhook-') || name === 'content-type' ? [[name, String(value)] as const] : [],
  );
  try {
    const signal = AbortSignal.timeout(forwardMs);
    const { status } = await fetch(url, { method: 'POST', body, headers: Object.fromEntries(kept), signal });
    return { status, said: `${url} answers ${status}` };
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { status: 502, said: `${url} does not answer (${why}): answered 502, so it comes again` };
  }
}
