import { randomUUID } from 'node:crypto';
import { fetch } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toForeignReference } from '../../src/domain/identity.ts';
import { dayOf } from '../../src/domain/reconciliation/day.ts';
import { ownerKey } from '../../src/paytone/invoice-schema.ts';
import { unknownReferenceIdFor } from '../../src/payments/callback-inbox.ts';
import { forget, isKnown } from '../support/forget.ts';
import { startRig, type Rig } from '../support/rig.ts';
import type { Planted } from '../support/sandbox-control.ts';
import { startSweep } from '../support/sweeping.ts';
import { card, refund, told } from './cases/play.ts';

const daySeconds = 86_400;
const nowSeconds = (): number => Math.floor(Date.now() / 1000);
const foreignKey = 'key-of-another';
const unavailable = { type: 'status', status: 503 };

describe('an order that Temporal has forgotten', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());
  afterEach(() => rig.sandbox.clearFaults());

  /** Plants an invoice that the order service `rig` had paid forty days ago; answers with its id. */
  async function plant(referenceId: string, more: Partial<Planted> = {}): Promise<string> {
    const created = nowSeconds() - 40 * daySeconds;
    const old = { amount: 100.55, ...card, created, status: 'processed', metadata: { [ownerKey]: 'rig' } };
    const [made] = await rig.sandbox.plant([{ referenceId, ...old, ...more }]);
    return made?.id ?? '';
  }
  const asOther = (method: string, orderId: string, body?: object) =>
    rig.call(method, `/v1/payments/${orderId}`, body, foreignKey);
  const questions = async (referenceId: string): Promise<number> =>
    (await rig.sandbox.requests('invoice.by-reference')).filter((entry) => entry.referenceId === referenceId)
      .length;
  const typesOf = (orderId: string): string[] => rig.outcomes.of(orderId).map(({ type }) => type);
  const amount = (value: string) => ({ amount: { value, currency: 'USD' } });

  describe('GET', () => {
    it('is answered from its invoice, without starting anything', async () => {
      const orderId = rig.newOrder();
      const { body } = await rig.put(orderId, card);
      await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
      await told(rig, orderId, 'paid');
      await rig.handle(orderId).result();
      const before = await rig.get(orderId);
      await forget(rig, orderId);
      const after = await rig.get(orderId);
      expect(after.status).toBe(200);
      expect(after.body).toEqual({
        ...before.body,
        decidedBy: 'poll',
        expiresAt: expect.any(String) as string,
      });
      expect(await isKnown(rig, orderId)).toBe(false);
      const feed = await fetch(`${rig.ingressUrl}/v1/payments/${orderId}/events`, {
        headers: { authorization: `Bearer ${rig.apiKey}` },
      });
      const events = (await feed.text()).match(/^event: .*$/gm);
      expect(events).toEqual(['event: payment', 'event: end']);
    });

    it("is 404 for another order service, for nobody's invoice and for an order that never was", async () => {
      const [ours, nobodys] = [rig.newOrder(), rig.newOrder()];
      await plant(ours);
      await plant(nobodys, { metadata: {} });
      expect((await asOther('GET', ours)).status).toBe(404);
      expect((await rig.get(ours)).status).toBe(200);
      expect((await rig.get(nobodys)).status).toBe(404);
      expect((await rig.get(rig.newOrder())).status).toBe(404);
    });

    it('asks the platform once a minute and order, however many ask, and remembers a no', async () => {
      const [there, absent] = [rig.newOrder(), rig.newOrder()];
      await plant(there);
      for (const orderId of [there, absent]) {
        await Promise.all(Array.from({ length: 20 }, () => rig.get(orderId)));
        await Promise.all(Array.from({ length: 5 }, () => asOther('GET', orderId)));
        expect(await questions(orderId)).toBe(1);
      }
    });

    it('is 503, not 404, while the platform cannot be reached', async () => {
      const orderId = rig.newOrder();
      await plant(orderId);
      const match = { operation: 'invoice.by-reference', referenceId: orderId };
      await rig.sandbox.fault({ match, times: 0, fault: unavailable });
      const answer = await rig.get(orderId);
      expect(answer).toMatchObject({
        status: 503,
        body: { type: '/docs/problems/unavailable' },
      });
      expect(answer.body.detail).toContain('Paytone');
      await rig.get(orderId);
      expect(await questions(orderId)).toBe(1);
    });

    it('tells of the last attempt', async () => {
      const orderId = rig.newOrder();
      await plant(orderId, { status: 'process_failed', resolution: 'declined' });
      await plant(`${orderId}.2`);
      expect((await rig.get(orderId)).body).toMatchObject({
        status: 'paid',
        attempt: 2,
        referenceId: `${orderId}.2`,
        money: { paid: '100.55' },
      });
    });

    it.each([
      ['process_failed', { resolution: 'declined' }, 'failed'],
      ['expired', {}, 'expired'],
      ['refunded', { refunded: 100.55 }, 'refunded'],
      ['charged_back', { chargedBack: 100.55 }, 'charged_back'],
    ])('%s is told as such', async (status, more, expected) => {
      const orderId = rig.newOrder();
      await plant(orderId, { status, ...more });
      expect((await rig.get(orderId)).body.status).toBe(expected);
    });
  });

  describe('PUT', () => {
    it.each([
      ['of the same terms', card],
      ['that leaves the method to the customer', {}],
    ])('%s answers as before, and tells nothing again', async (_, terms) => {
      const orderId = rig.newOrder();
      const invoiceId = await plant(orderId);
      const answer = await rig.put(orderId, terms);
      expect([200, 201]).toContain(answer.status);
      expect(answer.body).toMatchObject({ status: 'paid', invoiceId, money: { paid: '100.55' } });
      expect(await rig.put(orderId, terms)).toEqual({ status: 200, body: answer.body });
      expect((await rig.get(orderId)).body).toEqual(answer.body);
      await rig.handle(orderId).result();
      expect(typesOf(orderId)).toEqual([]);
      expect(await rig.sandbox.invoices(orderId)).toHaveLength(1);
    });

    it('is answered by the attempt that was paid', async () => {
      const orderId = rig.newOrder();
      await plant(orderId, { status: 'process_failed', resolution: 'declined' });
      await plant(`${orderId}.2`);
      expect((await rig.put(orderId, card)).body).toMatchObject({ status: 'paid', attempt: 2 });
      expect(typesOf(orderId)).toEqual([]);
    });

    it('whose create got no answer is answered by the attempt that was paid, too', async () => {
      const orderId = rig.newOrder();
      await plant(orderId, { status: 'process_failed', resolution: 'declined' });
      await plant(`${orderId}.2`);
      const match = { operation: 'invoice.create.private', referenceId: orderId };
      await rig.sandbox.fault({ match, fault: { type: 'status', status: 500 } });
      expect((await rig.put(orderId, card)).body).toMatchObject({ status: 'paid', attempt: 2 });
    });

    it('of an order that failed begins no new life', async () => {
      const orderId = rig.newOrder();
      await plant(orderId, { status: 'process_failed', resolution: 'declined' });
      const answer = await rig.put(orderId, card);
      expect(answer.body).toMatchObject({ status: 'failed', reason: 'declined' });
    });

    it.each([
      ['amount', { ...card, ...amount('99.00') }],
      ['amount', amount('99.00')],
      ['service', { service: 'paypal_usd_hpp' }],
    ])('of another %s is 409 and names it; the first terms stay', async (field, terms) => {
      const orderId = rig.newOrder();
      await plant(orderId);
      const refused = {
        status: 409,
        body: { type: '/docs/problems/terms-differ', errors: [{ field }] },
      };
      expect(await rig.put(orderId, terms)).toMatchObject(refused);
      expect(await rig.put(orderId, terms)).toMatchObject(refused);
      expect((await rig.get(orderId)).body).toMatchObject({ status: 'paid', amount: { value: '100.55' } });
      const same = { ...card, description: 'of which the invoice says nothing' };
      expect(await rig.put(orderId, same)).toMatchObject({ status: 200, body: { status: 'paid' } });
      expect(typesOf(orderId)).toEqual([]);
    });

    it.each([
      ['at once', card],
      ['later', {}],
    ])('of another order service is 404, and takes nothing (created %s)', async (_, terms) => {
      const orderId = rig.newOrder();
      await plant(orderId);
      const asked = { ...amount('100.55'), ...terms };
      expect((await asOther('PUT', orderId, asked)).status).toBe(404);
      expect((await asOther('PUT', orderId, asked)).status).toBe(404);
      expect((await asOther('GET', orderId)).status).toBe(404);
      expect((await rig.put(orderId, card)).body.status).toBe('paid');
      expect(typesOf(orderId)).toEqual([]);
      const creates = (await rig.sandbox.journal(orderId)).filter(({ operation }) =>
        operation.startsWith('invoice.create'),
      );
      expect(creates.length).toBeLessThanOrEqual(1);
    });
  });

  it('is answered 503 to a PUT while no worker runs, never 202', async () => {
    const orderId = rig.newOrder();
    await plant(orderId);
    await rig.stopWorker();
    expect((await rig.put(orderId, card)).status).toBe(503);
    await rig.startWorker();
    expect((await rig.put(orderId, card)).body.status).toBe('paid');
  });

  it('is refunded as any other', async () => {
    const orderId = rig.newOrder();
    await plant(orderId);
    expect((await refund(rig, orderId, 'R1', '30.00')).status).toBe(200);
    const outcome = await told(rig, orderId, 'partially_refunded');
    expect(outcome.data).toMatchObject({ money: { paid: '100.55', refunded: '30.00' } });
    expect(typesOf(orderId)).toEqual(['payment.partially_refunded']);
  });

  describe('a charge-back', () => {
    it('is told, under an id that was not used before', async () => {
      const orderId = rig.newOrder();
      const { body } = await rig.put(orderId, card);
      await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
      const { id } = await told(rig, orderId, 'paid');
      await rig.handle(orderId).result();
      await forget(rig, orderId);
      await rig.sandbox.chargeBack(body.invoiceId ?? '');
      const outcome = await told(rig, orderId, 'charged_back');
      expect(outcome.id).not.toBe(id);
      expect((await rig.get(orderId)).body).toMatchObject({ status: 'charged_back', decidedBy: 'callback' });
    });

    it('of an old order is all that is told', async () => {
      const orderId = rig.newOrder();
      const invoiceId = await plant(orderId);
      await rig.sandbox.chargeBack(invoiceId, 10);
      await told(rig, orderId, 'partially_charged_back');
      await rig.sandbox.chargeBack(invoiceId);
      const outcome = await told(rig, orderId, 'charged_back');
      expect(outcome.data).toMatchObject({ money: { chargedBack: '100.55' } });
      expect(typesOf(orderId)).toEqual(['payment.partially_charged_back', 'payment.charged_back']);
    });

    it('of an order that must name at least one order service of ours waits for an operator', async () => {
      for (const metadata of [{}, { [ownerKey]: 'gone' }]) {
        const orderId = rig.newOrder();
        await rig.sandbox.chargeBack(await plant(orderId, { metadata }));
        const unknown = rig.temporal.workflow.getHandle(unknownReferenceIdFor(toForeignReference(orderId)));
        const seen = { by: 'ann', why: 'seen' };
        const resolve = () =>
          unknown.executeUpdate('resolve', { args: [{ ...seen, decision: 'accept' }] }).then(
            () => true,
            () => false,
          );
        await expect.poll(resolve, { timeout: 20_000 }).toBe(true);
        expect(await isKnown(rig, orderId)).toBe(false);
      }
    });

    it('that came while the platform could not be asked whose it is, is told once it can', async () => {
      const orderId = rig.newOrder();
      const invoiceId = await plant(orderId);
      const match = { operation: 'invoice.by-reference', referenceId: orderId };
      await rig.sandbox.fault({ match, times: 1, fault: unavailable });
      await rig.sandbox.chargeBack(invoiceId);
      await told(rig, orderId, 'charged_back');
    });

    it('whose callback was lost is told after the daily reconciliation', async () => {
      const orderId = `S${randomUUID()}`;
      const invoiceId = await plant(orderId, { created: nowSeconds() - 20 * daySeconds });
      await rig.sandbox.callbacks({ mode: 'drop', referenceId: orderId });
      await rig.sandbox.chargeBack(invoiceId);
      const sweep = await startSweep(rig, dayOf(nowSeconds() - 17 * daySeconds), { graceSeconds: 0 });
      await sweep.result();
      await told(rig, orderId, 'charged_back');
      expect(typesOf(orderId)).toEqual(['payment.charged_back']);
      expect((await rig.get(orderId)).body).toMatchObject({ status: 'charged_back', decidedBy: 'sweep' });
    });
  });
});
