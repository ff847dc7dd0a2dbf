import type { RequestHandler } from 'express';
import type { Payment, PaymentsApi } from 'paytone-payments-http';
import type { Outcomes } from './outcomes.ts';
import { languageOf } from './language.ts';
import { statusData } from './status-page.ts';

/** How often the time that is left is told anew. */
const clockMs = 15_000;

interface LiveParts {
  readonly api: PaymentsApi;
  readonly outcomes: Outcomes;
}

/** The order's page as it changes: what the order API's feed says and what outcomes confirm, for the browser. */
export function liveStatus({ api, outcomes }: LiveParts): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id } = request.params;
    const locale = languageOf(request);
    const isPending = request.query['returned'] === 'pending';
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    let shown: Payment = await api.get(id);
    const show = (): void => {
      const status = statusData({ payment: shown, told: outcomes.of(id), locale, isPending });
      response.write(`data: ${JSON.stringify(status)}\n\n`);
    };
    const onTold = (orderId: string): void => {
      if (orderId === id) show();
    };
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    if (gone.signal.aborted || request.method === 'HEAD') return void response.end();
    outcomes.on('told', onTold);
    const clock = setInterval(show, clockMs);
    gone.signal.addEventListener('abort', () => {
      clearInterval(clock);
      outcomes.off('told', onTold);
    });
    show();
    try {
      for await (const payment of api.follow(id, gone.signal)) {
        shown = payment;
        show();
      }
    } catch {
      // The browser opens the stream anew.
      response.end();
    }
  };
}
