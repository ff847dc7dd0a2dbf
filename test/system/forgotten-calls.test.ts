import { WorkflowNotFoundError } from '@temporalio/common';
import { fetch } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toOrderId } from '../../src/domain/identity.ts';
import { signReturnToken } from '../../src/ingress/returns/return-token.ts';
import { ownerKey } from '../../src/paytone/invoice-schema.ts';
import { account, startRig, type Rig } from '../support/rig.ts';
import { call, card } from './cases/play.ts';

describe('a call about an order that Temporal has forgotten, as GET answers it', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());
  afterEach(() => rig.sandbox.clearFaults());

  /** Plants an invoice that the order service `rig` had paid forty days ago. */
  async function plant(referenceId: string): Promise<void> {
    const created = Math.floor(Date.now() / 1000) - 40 * 86_400;
    const metadata = { [ownerKey]: 'rig' };
    await rig.sandbox.plant([
      { referenceId, amount: 100.55, ...card, created, status: 'processed', metadata },
    ]);
  }
  const outcomes = (orderId: string) => rig.call('GET', `/v1/payments/${orderId}/outcomes`);
  const cancel = (orderId: string) => call(rig, orderId, 'cancel', { reason: 'changed my mind' });
  const back = async (orderId: string) => {
    const token = signReturnToken(toOrderId(orderId), Date.now() + 60_000, [account.privateKey]);
    const answer = await fetch(`${rig.ingressUrl}/return/${token}`, { redirect: 'manual' });
    return [answer.status, answer.headers.get('location')];
  };

  it('is refused, repeats what is so, or is empty', async () => {
    const orderId = rig.newOrder();
    await plant(orderId);
    const refused = { status: 409, body: { type: '/docs/problems/wrong-state', paymentStatus: 'paid' } };
    expect(await cancel(orderId)).toMatchObject(refused);
    expect(await call(rig, orderId, 'method', { service: 'paypal_usd_hpp' })).toMatchObject(refused);
    const { body } = await rig.get(orderId);
    expect(await call(rig, orderId, 'method', card)).toEqual({ status: 200, body });
    expect(await outcomes(orderId)).toEqual({ status: 200, body: { outcomes: [] } });
    expect(await back(orderId)).toEqual([303, '/return/page/en/success']);
    await expect(rig.handle(orderId).describe()).rejects.toThrow(WorkflowNotFoundError);
  });

  it('is 404 for another order service, and for an order that never was', async () => {
    const [ours, never] = [rig.newOrder(), rig.newOrder()];
    await plant(ours);
    const asked: [string, string, object?][] = [
      ['POST', 'cancel', { reason: 'changed my mind' }],
      ['POST', 'method', card],
      ['GET', 'outcomes'],
    ];
    for (const [method, path, body] of asked) {
      expect((await rig.call(method, `/v1/payments/${ours}/${path}`, body, 'key-of-another')).status).toBe(
        404,
      );
      expect((await rig.call(method, `/v1/payments/${never}/${path}`, body)).status).toBe(404);
    }
    expect((await back(never))[0]).toBe(404);
  });

  it('is 503 while the platform cannot be reached', async () => {
    const orderId = rig.newOrder();
    await plant(orderId);
    const match = { operation: 'invoice.by-reference', referenceId: orderId };
    await rig.sandbox.fault({ match, times: 0, fault: { type: 'status', status: 503 } });
    expect((await cancel(orderId)).status).toBe(503);
    expect((await call(rig, orderId, 'method', card)).status).toBe(503);
    expect((await outcomes(orderId)).status).toBe(503);
    expect((await back(orderId))[0]).toBe(503);
  });
});
