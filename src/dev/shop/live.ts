import type { RequestHandler } from 'express';
import type { Payment, PaymentsApi } from 'paytone-payments-http';
import type { Outcomes } from './outcomes.ts';
import { statusData } from './pages.ts';
import type { ShopLocale } from './words.ts';

interface LiveParts {
  readonly api: PaymentsApi;
  readonly outcomes: Outcomes;
  readonly languageOf: (orderId: string) => ShopLocale;
}

/** The order's page as it changes: what the order API's feed says and what outcomes confirm, for the browser. */
export function liveStatus({ api, outcomes, languageOf }: LiveParts): RequestHandler<{ id: string }> {
  return async ({ method, params: { id } }, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    let shown: Payment = await api.get(id);
    const show = (): void => {
      const status = statusData(shown, outcomes.of(id), languageOf(id));
      response.write(`data: ${JSON.stringify(status)}\n\n`);
    };
    const onTold = (orderId: string): void => {
      if (orderId === id) show();
    };
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    if (gone.signal.aborted || method === 'HEAD') return void response.end();
    outcomes.on('told', onTold);
    gone.signal.addEventListener('abort', () => outcomes.off('told', onTold));
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
