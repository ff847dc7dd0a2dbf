import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toOrderId } from '../../src/domain/identity.ts';
import { signReturnToken } from '../../src/ingress/returns/return-token.ts';
import { account, startRig, type Rig } from '../support/rig.ts';

const card = { service: 'payment_card_usd_hpp' };
const shop = (page: string) => `https://shop.example/${page}`;
const returnUrls = { success: shop('thanks'), pending: shop('wait'), fail: shop('sorry') };

describe('the return of a customer', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  const visit = (path: string) => fetch(`${rig.ingressUrl}${path}`, { redirect: 'manual' });
  const back = async (orderId: string, query = '') => {
    const token = signReturnToken(toOrderId(orderId), Date.now() + 60_000, [account.privateKey]);
    const answer = await visit(`/return/${token}${query}`);
    return [answer.status, answer.headers.get('location')];
  };

  it('leads by our state, whatever the query says', async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, { ...card, returnUrls });
    expect(await back(orderId, '?status=processed')).toEqual([303, shop('wait')]);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    expect(await back(orderId, '?status=process_failed&url=https://evil.example')).toEqual([
      303,
      shop('thanks'),
    ]);
    await rig.handle(orderId).result();
    expect(await back(orderId)).toEqual([303, shop('thanks')]);
  });

  it('leads to a page of ours when the order names none, in its language', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, { ...card, locale: 'uk' });
    const [status, location] = await back(orderId);
    expect([status, location]).toEqual([303, '/return/page/uk/pending']);
    expect(await (await visit(String(location))).text()).toContain('Майже готово');
  });

  it('leads nowhere that RETURN_URL_ORIGINS does not allow', async () => {
    for (const evil of [
      'https://evil.example/',
      'https://shop.example.evil.example/',
      'http://shop.example/',
    ]) {
      const orderId = rig.newOrder();
      const refused = await rig.put(orderId, { ...card, returnUrls: { ...returnUrls, success: evil } });
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'returnUrls.success' }] } });
    }
    const script = await rig.put(rig.newOrder(), {
      ...card,
      returnUrls: { ...returnUrls, fail: 'javascript:alert(1)' },
    });
    expect(script.status).toBe(400);
  });

  it.each(['%0d%0aSet-Cookie:%20a=b', 'A1.zzz.AAAA', '..%2f..%2fv1', 'x'.repeat(5_000), '%00'])(
    'is 404 for what is no token: %.30s',
    async (token) => {
      const answer = await visit(`/return/${token}`);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await answer.text()).not.toContain('Set-Cookie');
    },
  );

  it('is 404 for a token that is out of date, and for an order that is not there', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    const outdated = signReturnToken(toOrderId(orderId), Date.now() - 1_000, [account.privateKey]);
    expect((await visit(`/return/${outdated}`)).status).toBe(404);
    expect((await back('no-such-order'))[0]).toBe(404);
  });

  it.each(['a%0d%0aX-Injected:%201', 'a b', 'a.2', 'ü', 'x'.repeat(65)])(
    'takes no order id that could leave its place: %.30s',
    async (orderId) => {
      const answer = await rig.call('PUT', `/v1/payments/${orderId}`, {
        amount: { value: '1', currency: 'USD' },
      });
      expect([400, 404]).toContain(answer.status);
    },
  );
});
