import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toForeignReference, toOrderId } from '../../../src/domain/identity.ts';
import { signReturnToken } from '../../../src/ingress/returns/return-token.ts';
import { unknownReferenceIdFor } from '../../../src/payments/callback-inbox.ts';
import { account } from '../../support/rig.ts';
import { call, card, failed, paid, refund, set, until } from '../cases/play.ts';
import { startStage, type Stage } from './stage.ts';

describe('sequences of callbacks', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage.close());

  /** An invoice that the platform has under that reference, and whose callback comes. */
  async function callbackFor(referenceId: string, state: string): Promise<string> {
    const created = Math.floor(Date.now() / 1000) - 60;
    const invoice = { referenceId, amount: 100.55, ...card, created, status: state };
    const [made] = await stage.sandbox.plant([invoice]);
    await stage.sandbox.sendCallback(made?.id ?? '');
    return made?.id ?? '';
  }

  async function comesBack(orderId: string): Promise<number> {
    const token = signReturnToken(toOrderId(orderId), Date.now() + 60_000, [account.privateKey]);
    return (await fetch(`${stage.ingressUrl}/return/${token}`, { redirect: 'manual' })).status;
  }

  it.each([
    ['never paid', 'canceled', 'canceled'],
    ['paid all the same', 'refunded', 'canceled, refunded'],
  ])(
    '9 Cancel in the Temporal UI, the same PUT, a return, reconcile-now; %s: %s',
    async (how, end, outcomes) => {
      const orderId = stage.newOrder();
      await stage.put(orderId, card);
      await stage.handle(orderId).cancel();
      await until(stage, orderId, 'canceling');
      expect(await stage.put(orderId, card)).toMatchObject({ status: 200, body: { status: 'canceling' } });
      expect(await comesBack(orderId)).toBe(303);
      const asked = { by: 'ann', why: 'the customer says it is paid' };
      const answer = await stage.operators.act(orderId, 'reconcile-now', asked);
      expect(answer).toMatchObject({
        kind: 'done',
        isFulfilled: true,
        became: expect.stringMatching(/^the payment is canceling;/) as string,
      });
      expect((await call(stage, orderId, 'cancel', { reason: 'sold out' })).status).toBe(200);
      const [state, resolution] = how === 'never paid' ? ['process_failed', 'expired'] : ['processed', 'ok'];
      await set(stage, orderId, state, { resolution });
      await stage.told(orderId, outcomes);
      await stage.handle(orderId).result();
      expect((await stage.handle(orderId).describe()).status.name).toBe('COMPLETED');
      expect((await stage.put(orderId, card)).body.status).toBe(end);
      expect(await stage.returned(orderId)).toHaveLength(end === 'refunded' ? 1 : 0);
    },
  );

  it('10 callback for A.2 that the open payment A never made, paid: review of A with the money named', async () => {
    const orderId = stage.newOrder();
    await stage.put(orderId, card);
    await callbackFor(`${orderId}.2`, 'processed');
    await stage.told(orderId, 'review');
    expect(await stage.reason(orderId)).toMatch(new RegExp(`${orderId}\\.2.*100\\.55 USD`));
    await stage.decide(orderId, 'accept');
    await stage.told(orderId, 'review, paid');
    await stage.agrees(orderId, `${orderId}.2`);
  });

  it('10 callback for A.2 after the end of the paid payment A: review of A, returned by an operator', async () => {
    const orderId = stage.newOrder();
    await paid(stage, orderId);
    await callbackFor(`${orderId}.2`, 'processed');
    await stage.told(orderId, 'paid, review');
    expect(await stage.reason(orderId)).toMatch(new RegExp(`${orderId}\\.2.*100\\.55 USD`));
    await stage.decide(orderId, 'refund');
    await stage.told(orderId, 'paid, review, paid');
    expect(await stage.returned(`${orderId}.2`)).toEqual([`${orderId}.2-r-auto-2 100.55`]);
    expect(await stage.returned(orderId)).toEqual([]);
    expect((await stage.get(orderId)).body.status).toBe('paid');
  });

  it('11 double payment, one refunded: the end of the review is told', async () => {
    const orderId = stage.newOrder();
    await stage.put(orderId, card);
    await set(stage, orderId, 'process_failed', { resolution: 'declined' });
    await until(stage, orderId, 'choosing');
    await call(stage, orderId, 'method', card);
    await set(stage, `${orderId}.2`, 'processed');
    await stage.told(orderId, 'paid');
    await stage.handle(orderId).result();
    await set(stage, orderId, 'processed');
    await stage.told(orderId, 'paid, review');
    await stage.decide(orderId, 'refund');
    await stage.told(orderId, 'paid, review, paid');
    // One of them was returned, the one that the order is paid by was not.
    const back = [...(await stage.returned(orderId)), ...(await stage.returned(`${orderId}.2`))];
    expect(back).toHaveLength(1);
    expect((await stage.get(orderId)).body.status).toBe('paid');
  });

  it('11 expired, paid late, rejected: the end of the review is told', async () => {
    const orderId = stage.newOrder();
    await stage.put(orderId, card);
    await set(stage, orderId, 'process_failed', { resolution: 'expired' });
    await stage.told(orderId, 'expired');
    await stage.handle(orderId).result();
    await set(stage, orderId, 'processed');
    await stage.told(orderId, 'expired, review');
    await stage.decide(orderId, 'reject');
    await stage.told(orderId, 'expired, review, expired');
    expect((await stage.get(orderId)).body.status).toBe('expired');
    expect(await stage.asked(orderId)).toEqual([]);
  });

  it.each(['process_pending', 'processed'])(
    '12 callback (%s) before the PUT, then adopted and paid, then a refund and a chargeback: made and told',
    async (state) => {
      const orderId = stage.newOrder();
      const invoice = await callbackFor(orderId, state);
      const unknown = stage.temporal.workflow.getHandle(unknownReferenceIdFor(toForeignReference(orderId)));
      await expect.poll(async () => (await unknown.describe()).type).toBe('unknownReference');
      const put = await stage.put(orderId, card);
      expect(put).toMatchObject({ status: 201, body: { invoiceId: invoice } });
      if (state !== 'processed') await set(stage, orderId, 'processed');
      await stage.told(orderId, 'paid');
      await stage.handle(orderId).result();
      expect((await refund(stage, orderId, 'r1', '30')).status).toBe(200);
      await stage.told(orderId, 'paid, partially_refunded');
      expect(await stage.returned(orderId)).toEqual([`${orderId}-r-r1 30`]);
      await stage.agrees(orderId);
      await stage.chargeBack(orderId);
      await stage.told(orderId, 'paid, partially_refunded, charged_back');
      await stage.agrees(orderId);
    },
  );

  it('19 signed callback `processed`, three looks answer an older state: asked again, paid within seconds', async () => {
    const orderId = stage.newOrder();
    await stage.put(orderId, card);
    await stage.sandbox.lag({ get: { looks: 3 }, referenceId: orderId });
    await set(stage, orderId, 'processed');
    // The schedule's first poll is two minutes away.
    await expect.poll(() => stage.outcomes.of(orderId).length, { timeout: 30_000 }).toBe(1);
    await stage.told(orderId, 'paid');
    expect((await stage.get(orderId)).body).toMatchObject({ status: 'paid', decidedBy: 'callback' });
    expect(await stage.looks(orderId)).toBe(4);
    await stage.agrees(orderId);
  });

  it('19 the same after the end: failed, paid late, three older answers; in review within seconds', async () => {
    const orderId = stage.newOrder();
    await failed(stage, orderId);
    await stage.sandbox.lag({ get: { looks: 3 }, referenceId: orderId });
    await set(stage, orderId, 'processed');
    await stage.told(orderId, 'failed, review');
    await stage.decide(orderId, 'accept');
    await stage.told(orderId, 'failed, review, paid');
    await stage.agrees(orderId);
  });
});
