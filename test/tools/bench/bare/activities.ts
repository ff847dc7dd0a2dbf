import { Agent, request } from 'undici';

export interface Made {
  readonly invoiceId: string;
  readonly redirect: string;
}

interface Invoice {
  readonly data: {
    readonly id: string;
    readonly attributes: { readonly status: string; readonly hpp_url: string };
  };
}

export interface BareSettings {
  readonly platformUrl: string;
  readonly accountId: string;
  readonly privateKey: string;
  readonly outcomeUrl: string;
}

export type BareActivities = ReturnType<typeof createBareActivities>;

/** The same calls as the product's, without a check of anything. */
export function createBareActivities({ platformUrl, accountId, privateKey, outcomeUrl }: BareSettings) {
  const dispatcher = new Agent({ connections: 64 });
  const authorization = `Basic ${Buffer.from(`${accountId}:${privateKey}`).toString('base64')}`;
  const call = async (path: string, body?: unknown): Promise<Invoice['data']> => {
    const answer = await request(`${platformUrl}/api/payment-invoices${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      dispatcher,
    });
    return ((await answer.body.json()) as Invoice).data;
  };
  return {
    async createInvoice(orderId: string): Promise<Made> {
      const attributes = {
        reference_id: orderId,
        service: 'payment_card_usd_hpp',
        currency: 'USD',
        amount: 100.55,
        test_mode: true,
      };
      const made = await call('', { data: { type: 'payment-invoices', attributes } });
      return { invoiceId: made.id, redirect: made.attributes.hpp_url };
    },
    getInvoice: async (invoiceId: string): Promise<string> => (await call(`/${invoiceId}`)).attributes.status,
    async deliverOutcome(outcome: { orderId: string; status: string }): Promise<void> {
      const body = JSON.stringify({ type: 'payment.paid', data: outcome });
      const headers = { 'content-type': 'application/json' };
      const answer = await request(outcomeUrl, { method: 'POST', headers, body, dispatcher });
      await answer.body.dump();
    },
  };
}
