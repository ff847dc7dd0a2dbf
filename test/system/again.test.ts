import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPayments, type Payments } from '../../src/clients/temporal/connect-payments.ts';
import { PaymentProblem, paymentsApi } from '../../src/clients/http/payments-api.ts';
import { startRig, type Answer, type Rig } from '../support/rig.ts';

const card = { service: 'payment_card_usd_hpp' };
const ten = { value: '10.00', currency: 'USD' };

describe('the same asked again', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  const post = (orderId: string, what: string, body: object) =>
    rig.call('POST', `/v1/payments/${orderId}/${what}`, body);
  /** What 20 equal requests at once are answered, each different answer once. */
  async function twenty(orderId: string, what: string, body: object) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(orderId, what, body)));
    return [
      ...new Set(answers.map(({ status, body: { status: now, attempt } }) => `${status} ${now} ${attempt}`)),
    ];
  }
  const created = async (orderId: string) =>
    (await rig.sandbox.journal(orderId)).filter((entry) => entry.created).length;
  const close = async ({ body }: Answer, status: string) => {
    await rig.sandbox.setStatus(body.invoiceId ?? '', status);
    await rig.handle(body.orderId).result();
  };

  it('a choice makes one attempt, also after a decline and after the close', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId);
    const choice = { ...card, attempt: 1 };
    expect(await twenty(orderId, 'method', choice)).toEqual(['200 awaiting_payment 1']);
    const { body } = await post(orderId, 'method', choice);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'process_failed', { resolution: 'declined' });
    await expect.poll(async () => (await rig.get(orderId)).body.status).toBe('choosing');
    expect(await twenty(orderId, 'method', choice)).toEqual(['200 choosing 1']);
    expect(await created(orderId)).toBe(1);
    expect((await post(orderId, 'method', { ...choice, attempt: 3 })).status).toBe(409);
    expect((await post(orderId, 'method', { ...choice, service: 'paypal_usd_hpp' })).status).toBe(409);

    const second = await post(orderId, 'method', { ...choice, attempt: 2 });
    expect(second).toMatchObject({ status: 200, body: { status: 'awaiting_payment', attempt: 2 } });
    await close(second, 'processed');
    for (const again of [card, choice, { ...card, attempt: 2 }])
      expect(await post(orderId, 'method', again)).toMatchObject({ status: 200, body: { status: 'paid' } });
    expect((await post(orderId, 'method', { service: 'paypal_usd_hpp' })).status).toBe(409);
    expect(await created(orderId)).toBe(1);
    expect(await created(`${orderId}.2`)).toBe(1);
  }, 60_000);

  it('a choice that the platform refused is refused again, and makes no other attempt', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, { maxAttempts: 1 });
    const match = { operation: 'invoice.create.private', referenceId: orderId };
    await rig.sandbox.fault({
      match,
      fault: { type: 'status', status: 422, body: { errors: { amount: 'no' } } },
    });
    const choice = { ...card, attempt: 1 };
    expect((await post(orderId, 'method', choice)).status).toBe(422);
    await rig.handle(orderId).result();
    expect(await post(orderId, 'method', choice)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'amount', message: 'no' }] },
    });
  });

  it('a cancellation is answered with the payment, whatever became of it', async () => {
    const reason = { reason: 'out of stock' };
    const expired = await rig.put(rig.newOrder(), card);
    const { orderId } = expired.body;
    expect(await twenty(orderId, 'cancel', reason)).toEqual(['200 canceling 1']);
    await close(expired, 'expired');
    expect(await twenty(orderId, 'cancel', reason)).toEqual(['200 canceled 1']);
    expect(rig.outcomes.of(orderId)).toHaveLength(1);

    const paid = await rig.put(rig.newOrder(), card);
    await post(paid.body.orderId, 'cancel', reason);
    await close(paid, 'processed');
    expect(await post(paid.body.orderId, 'cancel', reason)).toMatchObject({
      status: 200,
      body: { status: 'refunded' },
    });
    const kept = await rig.put(rig.newOrder(), card);
    await close(kept, 'processed');
    expect((await post(kept.body.orderId, 'cancel', reason)).status).toBe(409);
  }, 60_000);

  it('a refund is given once', async () => {
    const paid = await rig.put(rig.newOrder(), card);
    const { orderId } = paid.body;
    await close(paid, 'processed');
    const refund = { refundId: 'R1', amount: ten, reason: 'one item' };
    const answers = await twenty(orderId, 'refunds', refund);
    for (const answer of answers) expect(answer).toMatch(/^200 (refunding|partially_refunded) 1$/);
    await expect.poll(async () => (await rig.get(orderId)).body.status).toBe('partially_refunded');
    expect(await twenty(orderId, 'refunds', refund)).toEqual(['200 partially_refunded 1']);
    expect((await rig.get(orderId)).body.refunds).toMatchObject([{ refundId: 'R1', status: 'processed' }]);
    const other = await post(orderId, 'refunds', { ...refund, amount: { ...ten, value: '11.00' } });
    expect(other).toMatchObject({
      status: 409,
      body: { type: '/docs/problems/refund-differs', errors: [{ field: 'amount' }] },
    });
  }, 60_000);

  it('is answered 503 where no run has taken it', async () => {
    const { body } = await rig.put(rig.newOrder(), card);
    await rig.get(body.orderId);
    await rig.stopWorker();
    const unheard = await post(body.orderId, 'cancel', { reason: 'x' });
    expect(unheard).toMatchObject({
      status: 503,
      body: { type: '/docs/problems/unavailable' },
    });
    await rig.startWorker();
    expect(await post(body.orderId, 'cancel', { reason: 'x' })).toMatchObject({
      status: 200,
      body: { status: 'canceling' },
    });
  }, 60_000);

  it('over HTTP and through Temporal is answered alike', async () => {
    const http = paymentsApi({ url: rig.ingressUrl, key: rig.apiKey });
    const temporal = connectPayments({ owner: 'rig', environment: rig.environment });
    async function alike(
      call: (payments: Pick<Payments, keyof typeof http & keyof Payments>) => Promise<unknown>,
    ) {
      const said = (answer: Promise<unknown>) =>
        answer.catch((error: unknown) => {
          if (!(error instanceof PaymentProblem)) throw error;
          const { type, title, status, detail, errors } = error;
          return { type, title, status, detail, errors };
        });
      const first = await said(call(http));
      expect(await said(call(temporal))).toEqual(first);
      return first;
    }
    const [orderId, other] = [rig.newOrder(), rig.newOrder()];
    const terms = { amount: { value: '100.55', currency: 'USD' } };
    const answers = [
      await alike((it) => it.services('USD')),
      await alike((it) => it.services('XXY')),
      await alike((it) => it.start(orderId, terms)),
      await alike((it) => it.start(orderId, { ...terms, locale: 'uk' })),
      await alike((it) => it.start('no!', terms)),
      await alike((it) => it.start('new', { ...terms, service: 'nonsense' })),
      await alike((it) => it.get(orderId)),
      await alike((it) => it.get('none')),
      await alike((it) => it.choose(orderId, { service: 'nonsense' })),
      await alike((it) => it.choose(orderId, card)),
      await alike((it) => it.choose(orderId, { service: 'paypal_usd_hpp' })),
      await alike((it) => it.refund(orderId, { refundId: 'R1', reason: 'x' })),
    ];
    const [first] = await rig.sandbox.invoices(orderId);
    await rig.sandbox.setStatus(first?.id ?? '', 'expired');
    await close(await rig.get(orderId), 'processed');
    await rig.put(other, card);
    answers.push(
      await alike((it) => it.outcome(orderId)),
      await alike((it) => it.cancel(orderId, 'x')),
      await alike((it) => it.cancel(other, 'x')),
      await alike((it) =>
        it.refund(orderId, { refundId: 'R1', amount: { ...ten, value: '999.00' }, reason: 'x' }),
      ),
    );
    await http.refund(orderId, { refundId: 'R1', amount: ten, reason: 'x' });
    await expect.poll(async () => (await rig.get(orderId)).body.status).toBe('partially_refunded');
    answers.push(
      await alike((it) => it.refund(orderId, { refundId: 'R1', amount: ten, reason: 'x' })),
      await alike((it) =>
        it.refund(orderId, { refundId: 'R1', amount: { ...ten, value: '1.00' }, reason: 'x' }),
      ),
    );
    await temporal.close();
    const statuses = answers.map((it) => (it as { status?: unknown }).status);
    expect(statuses).toEqual([
      ...[undefined, 400, 'choosing', 409, 400, 422, 'choosing', 404],
      ...[
        422,
        'awaiting_payment',
        'awaiting_payment',
        409,
        'paid',
        409,
        'canceling',
        422,
        'partially_refunded',
        409,
      ],
    ]);
  }, 60_000);
});
