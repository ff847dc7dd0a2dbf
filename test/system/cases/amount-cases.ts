import { expect } from 'vitest';
import { invoiceOf, set, told, card, type Case } from './play.ts';

export const amountCases: readonly Case[] = [
  ...(
    [
      ['under', { processedAmount: 100.54 }, 'processed'],
      ['over', { processedAmount: 100.56 }, 'processed'],
      ['partial', { processedAmount: 50 }, 'partially_processed'],
    ] as const
  ).map(([name, more, status]): Case => ({
    name: `9 ${name}`,
    status: 'review',
    outcomes: 'review',
    mostLooks: 1,
    async play(rig, orderId) {
      await rig.put(orderId, card);
      await set(rig, orderId, status, more);
      await told(rig, orderId, 'review');
      expect((await rig.get(orderId)).body.reason).toContain(String(more.processedAmount));
    },
  })),
  ...(
    [
      ['other currency', { 'data.attributes.currency': 'EUR' }, 'EUR'],
      ['other mode', { 'data.attributes.test_mode': false }, 'live'],
    ] as const
  ).map(([name, changes, reason]): Case => ({
    name: `9 ${name}`,
    status: 'review',
    outcomes: 'review',
    mostLooks: 1,
    async play(rig, orderId) {
      await rig.put(orderId, card);
      const invoice = await invoiceOf(rig, orderId);
      const match = { operation: 'invoice.get.private', referenceId: orderId };
      await rig.sandbox.fault({ match, fault: { type: 'rewrite', set: changes } });
      await rig.sandbox.setStatus(invoice, 'processed');
      await told(rig, orderId, 'review');
      expect((await rig.get(orderId)).body.reason).toContain(reason);
    },
  })),
];
