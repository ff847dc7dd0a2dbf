import { fetch } from 'undici';
import { z } from 'zod';

const body = z.object({
  /** Of a payment, or of a problem. */
  status: z.coerce.string(),
  redirect: z.object({ url: z.string() }).nullish(),
  money: z.record(z.string(), z.string()).nullish(),
});

export interface Read {
  /** HTTP status; 0 where no answer came. */
  readonly code: number;
  readonly status: string;
  readonly hasRedirect: boolean;
  readonly money: Readonly<Record<string, string>> | null;
}

/** How an HTTP server answers, `0` where it does not within half a minute. */
export async function codeOf(url: string): Promise<number> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Counts, such as of answers by their code, in words. */
export function tally() {
  const counts = new Map<number | string, number>();
  return {
    count: (what: number | string, times = 1): void => void counts.set(what, (counts.get(what) ?? 0) + times),
    entries: () => [...counts],
    of: (what: number | string): number => counts.get(what) ?? 0,
    text: (): string =>
      [...counts]
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
        .map(([what, count]) => `${what}: ${count}`)
        .join(', '),
  };
}

/** The order API as an order service uses it. */
export function orderClient(url: string, key: string) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const call = async (orderId: string, put: { method: string; body: string } | null): Promise<Read> => {
    try {
      const signal = AbortSignal.timeout(30_000);
      const answer = await fetch(`${url}/v1/payments/${orderId}`, { headers, signal, ...put });
      const { status, redirect, money } = body.parse(await answer.json());
      return { code: answer.status, status, hasRedirect: Boolean(redirect), money: money ?? null };
    } catch {
      return { code: 0, status: 'no answer', hasRedirect: false, money: null };
    }
  };
  return {
    put(orderId: string, value = '100.55'): Promise<Read> {
      const terms = { amount: { value, currency: 'USD' }, service: 'payment_card_usd_hpp' };
      return call(orderId, { method: 'PUT', body: JSON.stringify(terms) });
    },
    get: (orderId: string): Promise<Read> => call(orderId, null),
    /** The reconciliation of a day, once there is one. */
    async report(day: string): Promise<unknown> {
      const answer = await fetch(`${url}/v1/reports/${day}`, { headers });
      return answer.status === 200 ? answer.json() : null;
    },
  };
}
