import { Agent, fetch } from 'undici';
import { z } from 'zod';
import { signatureOf } from '../../support/sign-callback.ts';

const entries = z.array(
  z.object({
    at: z.number(),
    kind: z.enum(['request', 'callback']),
    operation: z.string(),
    method: z.string().optional(),
    referenceId: z.string().nullable(),
    status: z.number(),
    created: z.boolean().optional(),
  }),
);
export type Seen = z.output<typeof entries>[number];

const invoices = z.array(z.object({ id: z.string(), status: z.string() }));
const list = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      attributes: z.object({
        reference_id: z.string(),
        status: z.string(),
        processed_amount: z.number(),
        processed_fee: z.number(),
      }),
    }),
  ),
  meta: z.object({ after: z.string().nullish() }).nullish(),
});
const resource = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({
      return_url: z.url().nullable(),
      callback_url: z.url(),
      payment_amount: z.number(),
      updated: z.number(),
    }),
  }),
});

interface Account {
  readonly id: string;
  readonly privateKey: string;
}

export interface Filter {
  readonly kind?: 'request' | 'callback';
  readonly referenceId?: string;
}

/** Without connections that are kept: one that the sandbox is about to close would end a whole drill. */
const dispatcher = new Agent({ pipelining: 0 });

/** The sandbox as a tester's hand and as the witness: its control API, and the platform's own where that says more. */
export function platformOf(url: string, account: Account) {
  const authorization = `Basic ${Buffer.from(`${account.id}:${account.privateKey}`).toString('base64')}`;
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      dispatcher,
      headers: { 'content-type': 'application/json', authorization },
      signal: AbortSignal.timeout(30_000),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the sandbox answers ${method} ${path} with ${answer.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const find = async (referenceId: string) => {
    const found = await call('GET', `/control/api/invoices?referenceId=${encodeURIComponent(referenceId)}`);
    return invoices.parse(found)[0];
  };
  const invoiceOf = async (referenceId: string): Promise<string | null> =>
    (await find(referenceId))?.id ?? null;
  const onInvoice = async (referenceId: string, path: string, body: unknown): Promise<void> => {
    const id = await invoiceOf(referenceId);
    if (id === null) throw new Error(`the platform has no invoice for ${referenceId}`);
    await call('POST', `/control/api/invoices/${id}/${path}`, body);
  };
  const read = async (referenceId: string) =>
    resource.parse(await call('GET', `/api/payment-invoices/${(await invoiceOf(referenceId)) ?? ''}`));
  return {
    invoiceOf,
    isPaid: async (referenceId: string): Promise<boolean> =>
      (await find(referenceId))?.status === 'processed',
    /** The customer pays: the platform takes the money and calls back. */
    pay: (referenceId: string) => onInvoice(referenceId, 'status', { status: 'processed' }),
    /** The signed callback of an invoice as it stands, which tells of no change. */
    callBack: (referenceId: string) => onInvoice(referenceId, 'callback', {}),
    /**
     * A callback that is ahead of the platform's answer: signed, it says `processed` of an invoice that is not paid yet.
     * A look that it brings learns nothing. To make it costs a look of its own in the journal.
     */
    async callAhead(referenceId: string): Promise<number> {
      const { data } = await read(referenceId);
      const { payment_amount: paid, updated: before, callback_url: url } = data.attributes;
      const updated = Math.max(before + 1, Math.floor(Date.now() / 1000));
      const news = { status: 'processed', updated, processed: updated, processed_amount: paid };
      const text = JSON.stringify({ data: { ...data, attributes: { ...data.attributes, ...news } } });
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-signature': signatureOf(text, account.privateKey),
        },
        signal: AbortSignal.timeout(30_000),
        body: text,
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    /** Answers everything about a reference with a status until the faults are cleared. */
    refuse: (referenceId: string, status: number) =>
      call('POST', '/control/api/faults', {
        match: { referenceId },
        times: 0,
        fault: { type: 'status', status },
      }),
    /** From now on every answer is given after so many milliseconds. */
    answersAfter: (ms: number) =>
      call('POST', '/control/api/faults', { times: 0, fault: { type: 'delay', ms } }),
    /** The commission of every service from now on: a share, and a fixed sum in the payment's currency. */
    charge: (fee: { readonly strategy: string; readonly rate: number; readonly fix: number }) =>
      call('PUT', '/control/api/account', { fee }),
    /** Every invoice of the account, as the platform's own list has it. */
    async list() {
      const found: z.output<typeof list>['data'] = [];
      for (let after = ''; ;) {
        const query = new URLSearchParams({
          'page[size]': '100',
          ...(after !== '' && { 'page[after]': after }),
        });
        const page = list.parse(await call('GET', `/api/payment-invoices?${query.toString()}`));
        found.push(...page.data);
        const last = page.data.at(-1)?.id;
        if (!page.meta?.after || last === undefined) return found;
        after = last;
      }
    },
    clearFaults: () => call('DELETE', '/control/api/faults'),
    rejectCredentials: (credentialsRejected: boolean) =>
      call('PUT', '/control/api/account', { credentialsRejected }),
    /** Where the platform sends the customer of an invoice back to; to ask is itself a look in the journal. */
    async returnLink(referenceId: string): Promise<string> {
      const { return_url: url } = (await read(referenceId)).data.attributes;
      if (url === null) throw new Error(`the platform knows no way back of ${referenceId}`);
      return url;
    },
    async journal(filter: Filter = {}): Promise<Seen[]> {
      const query = new URLSearchParams({ ...filter });
      return entries.parse(await call('GET', `/control/api/journal?${query.toString()}`));
    },
  };
}

/** Whether the platform was asked how an invoice stands, by its id or by its reference. */
export const isLook = ({ kind, method }: Seen): boolean => kind === 'request' && method === 'GET';
