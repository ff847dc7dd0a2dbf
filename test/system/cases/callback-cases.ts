import { expect } from 'vitest';
import { invoiceOf, set, call, until, told, paid, failed, resolve, card, type Case } from './play.ts';

export const callbackCases: readonly Case[] = [
  {
    name: "3 callback before the create's answer",
    status: 'paid',
    outcomes: 'paid',
    mostLooks: 2,
    async play(rig, orderId) {
      const match = { operation: 'invoice.create.private', referenceId: orderId };
      await rig.sandbox.fault({ match, when: 'after', fault: { type: 'reset' } });
      await paid(rig, orderId);
    },
  },
  {
    name: '3 twenty callbacks at once',
    status: 'paid',
    outcomes: 'paid',
    mostLooks: 2,
    async play(rig, orderId) {
      await rig.sandbox.callbacks({ mode: 'drop', referenceId: orderId });
      await rig.put(orderId, card);
      await set(rig, orderId, 'processed');
      await rig.sandbox.sendCallback(await invoiceOf(rig, orderId), { times: 20 });
      await told(rig, orderId, 'paid');
    },
  },
  {
    name: '3 the same callback again after the close',
    status: 'paid',
    outcomes: 'paid',
    mostLooks: 1,
    async play(rig, orderId) {
      await paid(rig, orderId);
      await rig.sandbox.sendCallback(await invoiceOf(rig, orderId), { times: 20 });
      await expect
        .poll(
          async () => (await rig.sandbox.journal(orderId)).filter(({ kind }) => kind === 'callback').length,
        )
        .toBeGreaterThanOrEqual(20);
      const aftermath = rig.temporal.workflow.getHandle(`aftermath-${orderId}`);
      await expect(aftermath.describe()).rejects.toThrow();
    },
  },
  {
    name: '6 late payment, LATE_PAYMENT=review, accepted by an operator',
    status: 'paid',
    outcomes: 'failed, review, paid',
    mostLooks: 2,
    async play(rig, orderId) {
      await failed(rig, orderId);
      await set(rig, orderId, 'processed');
      await told(rig, orderId, 'review');
      await resolve(rig, `aftermath-${orderId}`, 'accept');
      await told(rig, orderId, 'paid');
    },
  },
  {
    name: '6 late payment, LATE_PAYMENT=review, refunded by an operator',
    status: 'refunded',
    outcomes: 'failed, review, refunded',
    mostLooks: 4,
    async play(rig, orderId) {
      await failed(rig, orderId);
      await set(rig, orderId, 'processed');
      await told(rig, orderId, 'review');
      await resolve(rig, `aftermath-${orderId}`, 'refund');
      await told(rig, orderId, 'refunded');
    },
  },
  {
    name: '6 late payment, LATE_PAYMENT=refund',
    rules: 'refund',
    status: 'refunded',
    outcomes: 'failed, refunded',
    mostLooks: 4,
    async play(rig, orderId) {
      await failed(rig, orderId);
      await set(rig, orderId, 'processed');
      await told(rig, orderId, 'refunded');
    },
  },
  {
    name: '6 late payment, LATE_PAYMENT=accept',
    rules: 'accept',
    status: 'paid',
    outcomes: 'failed, paid',
    mostLooks: 2,
    async play(rig, orderId) {
      await failed(rig, orderId);
      await set(rig, orderId, 'processed');
      await told(rig, orderId, 'paid');
    },
  },
  {
    name: '6 chargeback after the close',
    status: 'charged_back',
    outcomes: 'paid, charged_back',
    mostLooks: 2,
    async play(rig, orderId) {
      await paid(rig, orderId);
      await set(rig, orderId, 'charged_back');
      await told(rig, orderId, 'charged_back');
    },
  },
  {
    name: '7 canceled before an invoice exists',
    status: 'canceled',
    outcomes: 'canceled',
    // Whether the order is one that Temporal has forgotten: no create tells that at once.
    mostLooks: 1,
    async play(rig, orderId) {
      await rig.put(orderId);
      const answer = await call(rig, orderId, 'cancel', { reason: 'sold out' });
      expect(answer.body).toMatchObject({ status: 'canceled', reason: 'sold out' });
      await told(rig, orderId, 'canceled');
    },
  },
  {
    name: '7 canceled, never paid',
    status: 'canceled',
    outcomes: 'canceled',
    mostLooks: 2,
    async play(rig, orderId) {
      await rig.put(orderId, card);
      const answer = await call(rig, orderId, 'cancel', { reason: 'sold out' });
      expect(answer.body.status).toBe('canceling');
      await set(rig, orderId, 'process_failed', { resolution: 'expired' });
      await told(rig, orderId, 'canceled');
    },
  },
  {
    name: '7 canceled, paid all the same, PAID_AFTER_CANCEL=refund',
    status: 'refunded',
    outcomes: 'canceled, refunded',
    mostLooks: 4,
    async play(rig, orderId) {
      await rig.put(orderId, card);
      await call(rig, orderId, 'cancel', { reason: 'sold out' });
      await set(rig, orderId, 'processed');
      await told(rig, orderId, 'refunded');
    },
  },
  {
    name: '7 canceled, paid all the same, PAID_AFTER_CANCEL=review, accepted',
    rules: 'refund',
    status: 'paid',
    outcomes: 'review, paid',
    mostLooks: 2,
    async play(rig, orderId) {
      await rig.put(orderId, card);
      await call(rig, orderId, 'cancel', { reason: 'sold out' });
      await set(rig, orderId, 'processed');
      await told(rig, orderId, 'review');
      await resolve(rig, `payment-${orderId}`, 'accept');
      await told(rig, orderId, 'paid');
    },
  },
  {
    name: '8 declined, chosen again, paid',
    status: 'paid',
    outcomes: 'paid',
    mostLooks: 3,
    async play(rig, orderId) {
      await rig.put(orderId, card);
      await set(rig, orderId, 'process_failed', { resolution: 'declined' });
      await until(rig, orderId, 'choosing');
      await call(rig, orderId, 'method', card);
      await set(rig, `${orderId}.2`, 'processed');
      await told(rig, orderId, 'paid');
    },
  },
  {
    name: '8 the first attempt paid after its successor, refunded by an operator',
    status: 'paid',
    outcomes: 'paid, review, paid',
    mostLooks: 6,
    async play(rig, orderId) {
      await rig.put(orderId, card);
      await set(rig, orderId, 'process_failed', { resolution: 'declined' });
      await until(rig, orderId, 'choosing');
      await call(rig, orderId, 'method', card);
      await set(rig, `${orderId}.2`, 'processed');
      await told(rig, orderId, 'paid');
      await rig.handle(orderId).result();
      await set(rig, orderId, 'processed');
      await told(rig, orderId, 'review');
      // By the second in which each was paid, which may be the same.
      const inOrder = [`${orderId}, ${orderId}.2`, `${orderId}.2, ${orderId}`].map(
        (it) => `paid 2 times: ${it}`,
      );
      expect(inOrder).toContain((await rig.get(orderId)).body.reason);
      await resolve(rig, `aftermath-${orderId}`, 'refund');
      await until(rig, orderId, 'paid');
      expect((await rig.get(orderId)).body.refunds).toMatchObject([{ status: 'processed' }]);
    },
  },
];
