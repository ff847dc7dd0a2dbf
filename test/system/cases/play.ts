import { expect, vi } from 'vitest';
import type { Rig } from '../../support/rig.ts';

export interface Case {
  readonly name: string;
  readonly rules?: 'refund' | 'accept';
  readonly status: string;
  readonly outcomes: string;
  readonly mostLooks: number;
  readonly play: (rig: Rig, orderId: string) => Promise<void>;
}

export const card = { service: 'payment_card_usd_hpp' };
const once = { ...card, maxAttempts: 1 };

/** A busy machine may answer the `PUT` before the invoice is there (202). */
export async function invoiceOf(rig: Rig, referenceId: string): Promise<string> {
  const first = async () => (await rig.sandbox.invoices(referenceId))[0];
  return (await vi.waitUntil(first, { timeout: 30_000 })).id;
}
export const set = async (
  rig: Rig,
  referenceId: string,
  status: string,
  more: object = {},
): Promise<unknown> => rig.sandbox.setStatus(await invoiceOf(rig, referenceId), status, more);
export const call = (rig: Rig, orderId: string, path: string, body: object) =>
  rig.call('POST', `/v1/payments/${orderId}/${path}`, body);
export const until = (rig: Rig, orderId: string, status: string) =>
  vi.waitFor(async () => expect((await rig.get(orderId)).body.status).toBe(status), { timeout: 20_000 });
export const told = (rig: Rig, orderId: string, type: string) =>
  rig.outcomes.arrival(orderId, `payment.${type}`);

export async function paid(rig: Rig, orderId: string, terms: object = card): Promise<void> {
  await rig.put(orderId, terms);
  await set(rig, orderId, 'processed');
  await told(rig, orderId, 'paid');
  await rig.handle(orderId).result();
}
export async function failed(rig: Rig, orderId: string): Promise<void> {
  await rig.put(orderId, once);
  await set(rig, orderId, 'process_failed', { resolution: 'declined' });
  await told(rig, orderId, 'failed');
  await rig.handle(orderId).result();
}
export const resolve = async (rig: Rig, workflowId: string, decision: string): Promise<unknown> =>
  rig.temporal.workflow
    .getHandle(workflowId)
    .executeUpdate('resolve', { args: [{ decision, by: 'ann', why: 'checked with Paytone' }] });
export const refund = (rig: Rig, orderId: string, refundId: string, value?: string) =>
  call(rig, orderId, 'refunds', {
    refundId,
    reason: 'broken',
    ...(value !== undefined && { amount: { value, currency: 'USD' } }),
  });
