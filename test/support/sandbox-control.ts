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
  /** Sums but `amount` are in the service currency. */
  readonly paymentAmount?: number;
  readonly fee?: number;
  readonly processedAmount?: number | null;
  readonly refunded?: number;
  readonly chargedBack?: number;
  readonly serviceCurrency?: string;
  /** One unit of the invoice's currency in the service currency. */
  readonly rate?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly description?: string;
  readonly flow?: 'charge' | 'verify';
  readonly callbackUrl?: string;
}

/** Settings of the played merchant account; what is left out stays as it is. */
export interface AccountSettings {
  readonly defaultCallbackUrl?: string | null;
  readonly credentialsRejected?: boolean;
  readonly publicCreateForbidden?: boolean;
  readonly expiredStatus?: 'process_failed' | 'expired';
  /** Of invoices made from now on. */
  readonly fee?: {
    readonly strategy: 'none' | 'external' | 'external_reverse' | 'internal' | 'internal_reverse';
    readonly rate?: number;
    readonly fix?: number;
  };
  /** The currency that customers pay invoices in, where they are not in it anyway. */
  readonly payIn?: { readonly currency: string; readonly rate: number } | null;
  readonly refunds?: 'at_once' | 'pending' | 'failing';
  readonly coarseClock?: boolean;
}

type Behind = { readonly looks: number } | { readonly seconds: number } | null;

/** The platform's own truth of an invoice's money. */
export interface LedgerEntry {
  readonly id: string;
  readonly referenceId: string;
  readonly status: string;
  readonly currency: string;
  readonly serviceCurrency: string;
  /** In the invoice's currency; the other sums are in the service currency. */
  readonly amount: number;
  readonly paymentAmount: number;
  readonly paid: number;
  readonly fee: number;
  readonly refunded: number;
  readonly chargedBack: number;
  readonly refunds: readonly {
    readonly referenceId: string;
    /** In the invoice's currency. */
    readonly amount: number;
    /** In the service currency. */
    readonly returned: number;
    readonly status: 'processed' | 'pending' | 'failed';
  }[];
}

export interface JournalEntry {
  readonly kind: 'request' | 'callback';
  readonly operation: string;
  readonly referenceId: string | null;
  readonly invoiceId: string | null;
  readonly status: number | string;
  readonly created?: boolean;
  readonly told?: string;
  /** Of a request for a refund. */
  readonly refundReference?: string;
  readonly amount?: number;
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
  const money = async (path: string, body: object): Promise<LedgerEntry> =>
    (await call('POST', `invoices/${path}`, body)) as LedgerEntry;
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
    /** Forgets everything and every setting, but for the default callback URL. */
    reset: () => call('POST', 'reset', {}),
    release: () => call('POST', 'callbacks/release', {}),
    fault: (rule: object) => call('POST', 'faults', rule),
    clearFaults: () => call('DELETE', 'faults'),
    account: (settings: AccountSettings) => call('PUT', 'account', settings),
    /** Reads that answer the state before the last change; of changes from now on. */
    lag: (rule: { get?: Behind; lookup?: Behind; referenceId?: string | null }) => call('PUT', 'lag', rule),
    ledger: async (referenceId?: string): Promise<LedgerEntry[]> => {
      const query = referenceId === undefined ? '' : `?referenceId=${encodeURIComponent(referenceId)}`;
      return (await call('GET', `ledger${query}`)) as LedgerEntry[];
    },
    /** The customer chooses to pay in another currency. */
    payIn: (invoiceId: string, serviceCurrency: string, rate: number) =>
      money(`${invoiceId}/currency`, { serviceCurrency, rate }),
    /** Ends a pending refund: the oldest one, or the one of the reference. */
    endRefund: (invoiceId: string, result: 'processed' | 'failed', refundReference?: string) =>
      money(`${invoiceId}/refund-end`, { result, ...(refundReference !== undefined && { refundReference }) }),
    /** A refund that somebody made in the dashboard; without an amount, of all that is left. */
    dashboardRefund: (
      invoiceId: string,
      refund: { amount?: number; result?: 'processed' | 'pending' | 'failed' } = {},
    ) => money(`${invoiceId}/dashboard-refund`, refund),
    /** In the service currency; without an amount, of all that is left. */
    chargeBack: (invoiceId: string, amount?: number) =>
      money(`${invoiceId}/chargeback`, amount === undefined ? {} : { amount }),
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
