import { fetch } from 'undici';

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
