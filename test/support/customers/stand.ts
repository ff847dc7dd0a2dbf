import { startShop } from '../../../src/dev/shop/shop.ts';
import { toOrderId } from '../../../src/domain/identity.ts';
import { signReturnToken } from '../../../src/ingress/returns/return-token.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { outcomeHeaders } from '../outcome-receiver.ts';
import { startLoneIngress } from '../lone-ingress.ts';
import { sandboxControl } from '../sandbox-control.ts';
import { startOrderApiStub } from './order-api-stub.ts';

const account = { id: 'coma_test', privateKey: 'sk_test_stand', publicKey: 'pk_test_stand' };
const secret = 'whsec_c3RhbmQtc3RhbmQtc3RhbmQtc3RhbmQtc3RhbmQ=';
const basic = `Basic ${Buffer.from(`${account.id}:${account.privateKey}`).toString('base64')}`;

/** Everything that shows pages to customers, without a payment behind them: the shop's, the sandbox's, the ingress'. */
export async function startCustomerStand() {
  const sandbox = await startSandbox({ port: 0, account });
  const control = sandboxControl(sandbox.url);
  const api = await startOrderApiStub(sandbox.url);
  const options = { port: 0, apiKey: 'key-of-the-stand', outcomeSecrets: [secret] };
  const shop = await startShop({ ...options, apiUrl: api.url });
  const cutOff = await startShop({ ...options, apiUrl: 'http://127.0.0.1:1' });
  const ingress = await startLoneIngress();

  const createInvoice = async (attributes: object): Promise<string> => {
    const answer = await fetch(`${sandbox.url}/api/payment-invoices`, {
      method: 'POST',
      headers: { authorization: basic, 'content-type': 'application/json' },
      body: JSON.stringify({
        data: {
          type: 'payment-invoices',
          attributes: { currency: 'USD', test_mode: true, return_url: shop.url, ...attributes },
        },
      }),
    });
    return ((await answer.json()) as { data: { id: string } }).data.id;
  };
  let made = 0;
  return {
    shop: shop.url,
    cutOff: cutOff.url,
    ingress: ingress.url,
    sandbox: sandbox.url,
    orders: api.orders,
    /** Genuine, of a customer who comes back while Temporal is out of reach. */
    returnToken: signReturnToken(toOrderId('A1'), Date.now() + 3_600_000, ['sk_test_lone']),
    /** An invoice of the sandbox's, for its payment page. */
    newInvoice: async (status: string | null = null, attributes: object = {}): Promise<string> => {
      made += 1;
      const id = await createInvoice({
        ...{ reference_id: `SMWZIN56O65B${1000 + made}`, amount: 1650.5, service: 'payment_card_usd_hpp' },
        ...attributes,
      });
      if (status !== null)
        await control.setStatus(id, status, { resolution: status === 'expired' ? status : 'ok' });
      return id;
    },
    /** Has the shop told what became of an order. */
    tell: async (name: string): Promise<void> => {
      const { [name]: payment } = api.orders;
      const body = JSON.stringify({ type: `payment.${name}`, timestamp: new Date(), data: payment });
      await fetch(`${shop.url}/outcomes`, {
        method: 'POST',
        headers: outcomeHeaders(`msg_${name}`, body, secret),
        body,
      });
    },
    async close() {
      await ingress.stop();
      await cutOff.close();
      await shop.close();
      api.close();
      await sandbox.close();
    },
  };
}

export type CustomerStand = Awaited<ReturnType<typeof startCustomerStand>>;
