import { fetch } from 'undici';

/** An invoice to be put in with the life that it has had; times in unix seconds. */
export interface Planted {
  readonly referenceId: string;
  readonly amount: number;
  readonly service: string;
  readonly created: number;
  readonly updated?: number;
  readonly status: string;
  readonly resolution?: string;
  readonly processedAmount?: number | null;
  readonly refunded?: number;
}

export interface JournalEntry {
  readonly kind: 'request' | 'callback';
  readonly operation: string;
  readonly referenceId: string | null;
  readonly invoiceId: string | null;
  readonly status: number | string;
  readonly created?: boolean;
  readonly told?: string;
}

/** The sandbox's control API, as a tester's hand. */
export function sandboxControl(url: string) {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/control/api/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok)
      throw new Error(`sandbox control ${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  return {
    setStatus: (
      invoiceId: string,
      status: string,
      more: { resolution?: string; processedAmount?: number } = {},
    ) => call('POST', `invoices/${invoiceId}/status`, { status, ...more }),
    callbacks: (rule: { mode: 'deliver' | 'drop' | 'hold'; duplicates?: number; referenceId?: string }) =>
      call('PUT', 'callbacks', rule),
    sendCallback: (invoiceId: string, more: { forged?: boolean; times?: number } = {}) =>
      call('POST', `invoices/${invoiceId}/callback`, more),
    release: () => call('POST', 'callbacks/release', {}),
    fault: (rule: object) => call('POST', 'faults', rule),
    clearFaults: () => call('DELETE', 'faults'),
    account: (settings: object) => call('PUT', 'account', settings),
    plant: async (invoices: readonly Planted[]): Promise<{ id: string; referenceId: string }[]> => {
      const made: { id: string; referenceId: string }[] = [];
      for (let from = 0; from < invoices.length; from += 1_000) {
        const some = invoices.slice(from, from + 1_000);
        made.push(...((await call('POST', 'invoices', { invoices: some })) as typeof made));
      }
      return made;
    },
    invoices: async (referenceId: string): Promise<{ id: string; status: string }[]> =>
      (await call('GET', `invoices?referenceId=${encodeURIComponent(referenceId)}`)) as {
        id: string;
        status: string;
      }[],
    requests: async (operation: string): Promise<JournalEntry[]> =>
      (await call('GET', `journal?operation=${operation}`)) as JournalEntry[],
    journal: async (referenceId: string): Promise<JournalEntry[]> =>
      (await call('GET', `journal?referenceId=${encodeURIComponent(referenceId)}`)) as JournalEntry[],
  };
}
