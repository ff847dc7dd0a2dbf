import { expect } from 'vitest';
import type { Rig } from '../../support/rig.ts';
import { invoiceOf, set, until, told, paid, refund, type Case } from './play.ts';

async function inSight(rig: Rig, orderId: string): Promise<void> {
  const query = `PaymentInvoiceId = '${await invoiceOf(rig, orderId)}' AND ExecutionStatus = 'Running'`;
  await expect
    .poll(() => rig.count(`${query} AND PaymentAttention = 'refund-refused'`), { timeout: 15_000 })
    .toBe(1);
}

export const refundCases: readonly Case[] = [
  {
    name: '10 refunded whole, asked twice',
    status: 'refunded',
    outcomes: 'paid, refunded',
    mostLooks: 3,
    async play(rig, orderId) {
      await paid(rig, orderId);
      const answer = await refund(rig, orderId, 'r1');
      expect(answer).toMatchObject({ status: 200, body: { refunds: [{ refundId: 'r1' }] } });
      await told(rig, orderId, 'refunded');
      expect((await refund(rig, orderId, 'r1')).body.refunds).toMatchObject([
        {
          refundId: 'r1',
          amount: { value: '100.55', currency: 'USD' },
          status: 'processed',
          reason: 'broken',
        },
      ]);
      expect((await refund(rig, orderId, 'r1', '1')).status).toBe(409);
      expect((await refund(rig, orderId, 'r2')).status).toBe(422);
    },
  },
  {
    name: '10 concurrent partial refunds over the remainder, then the rest',
    status: 'refunded',
    outcomes: 'paid, partially_refunded, refunded',
    mostLooks: 6,
    async play(rig, orderId) {
      await paid(rig, orderId);
      const answers = await Promise.all(['a', 'b'].map((id) => refund(rig, orderId, id, '60')));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
      await told(rig, orderId, 'partially_refunded');
      expect((await refund(rig, orderId, 'c', '40.56')).status).toBe(422);
      expect((await refund(rig, orderId, 'c', '40.55')).status).toBe(200);
      await told(rig, orderId, 'refunded');
    },
  },
  {
    name: '10 refund refused by the platform',
    status: 'paid',
    outcomes: 'paid',
    mostLooks: 1,
    async play(rig, orderId) {
      await paid(rig, orderId);
      const body = { errors: { amount: 'Refunds are off.' } };
      const match = { operation: 'refund.create' };
      await rig.sandbox.fault({ match, fault: { type: 'status', status: 422, body } });
      const { body: view } = await refund(rig, orderId, 'r1');
      expect(view.refunds).toMatchObject([{ status: 'refused', reason: 'amount: Refunds are off.' }]);
      await inSight(rig, orderId);
    },
  },
  {
    name: '10 refund whose answer is lost',
    status: 'refunded',
    outcomes: 'paid, refunded',
    mostLooks: 4,
    async play(rig, orderId) {
      await paid(rig, orderId);
      await rig.sandbox.fault({
        match: { operation: 'refund.create' },
        when: 'after',
        fault: { type: 'reset' },
      });
      await refund(rig, orderId, 'r1');
      await told(rig, orderId, 'refunded');
      const asked = (await rig.sandbox.journal(orderId)).filter(
        ({ operation }) => operation === 'refund.create',
      );
      // Asked again under the same reference: the platform made one.
      expect(asked.map(({ status, created }) => [status, created])).toEqual([
        [0, true],
        [409, false],
      ]);
    },
  },
  {
    name: '10 refund in states of its own, refused in the end',
    status: 'paid',
    outcomes: 'paid',
    mostLooks: 8,
    async play(rig, orderId) {
      await paid(rig, orderId);
      const body = {
        data: {
          type: 'refunds',
          id: 'ref_1',
          attributes: {
            reference_id: `${orderId}-r-r1`,
            status: 'process_pending',
            amount: 100.55,
            currency: 'USD',
          },
        },
      };
      await rig.sandbox.fault({
        match: { operation: 'refund.create' },
        fault: { type: 'status', status: 201, body },
      });
      await refund(rig, orderId, 'r1');
      await set(rig, orderId, 'refund_pending');
      await until(rig, orderId, 'refunding');
      await set(rig, orderId, 'refund_failed');
      await until(rig, orderId, 'paid');
      expect((await rig.get(orderId)).body.refunds).toMatchObject([{ status: 'refused' }]);
      await inSight(rig, orderId);
    },
  },
];
