import { fetch } from 'undici';
import { expect } from 'vitest';
import { toForeignReference } from '../../src/domain/identity.ts';
import { unknownReferenceIdFor } from '../../src/payments/callback-inbox.ts';
import { callbackReceived, customerReturned } from '../../workflows/messages.ts';
import { account, type Rig } from '../support/rig.ts';
import {
  call,
  card,
  failed,
  invoiceOf,
  paid,
  refund,
  resolve,
  set,
  told,
  until,
} from '../system/cases/play.ts';
import { signatureOf } from '../support/sign-callback.ts';

type Play = (rig: Rig, orderId: string) => Promise<void>;

/** Payments by what becomes of them; some are left as they stand, since an upgrade meets those. */
export const payments: Readonly<Record<string, Play>> = {
  'paid-by-callback': (rig, orderId) => paid(rig, orderId),
  async 'paid-by-return'(rig, orderId) {
    await paidUnheard(rig, orderId);
    await rig.handle(orderId).signal(customerReturned, { at: Date.now() });
    await rig.handle(orderId).result();
  },
  async 'paid-by-form'(rig, orderId) {
    const { body } = await rig.put(orderId, { ...card, channel: 'form' });
    const { url = '', fields } = body.redirect ?? {};
    await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    await set(rig, orderId, 'processed');
    await rig.handle(orderId).result();
  },
  async 'paid-after-lost-answer'(rig, orderId) {
    const match = { operation: 'invoice.create.private', referenceId: orderId };
    await rig.sandbox.fault({ match, when: 'after', fault: { type: 'reset' } });
    await paid(rig, orderId);
  },
  async 'paid-second-attempt'(rig, orderId) {
    await rig.put(orderId, card);
    await set(rig, orderId, 'process_failed', { resolution: 'declined' });
    await until(rig, orderId, 'choosing');
    await call(rig, orderId, 'method', card);
    await set(rig, `${orderId}.2`, 'processed');
    await rig.handle(orderId).result();
  },
  async 'paid-another-choice'(rig, orderId) {
    await rig.put(orderId, card);
    await call(rig, orderId, 'method', { ...card, attempt: 2 });
    await set(rig, `${orderId}.2`, 'processed');
    await told(rig, orderId, 'paid');
    await set(rig, orderId, 'process_failed', { resolution: 'expired' });
    await rig.handle(orderId).result();
  },
  async 'paid-outcome-parked'(rig, orderId) {
    rig.outcomes.answerWith(410);
    await rig.put(orderId, card);
    await set(rig, orderId, 'processed');
    await expect.poll(() => rig.count("PaymentAttention = 'outcome-parked'"), { timeout: 15_000 }).toBe(1);
    rig.outcomes.answerWith(204);
    await rig.handle(orderId).executeUpdate('redeliver-outcome', { args: [{ by: 'ann', why: 'mended' }] });
    await rig.handle(orderId).result();
  },
  failed,
  async refused(rig, orderId) {
    const body = { errors: { amount: 'This value should be less.' } };
    const match = { operation: 'invoice.create.private', referenceId: orderId };
    await rig.sandbox.fault({ match, fault: { type: 'status', status: 422, body } });
    await rig.put(orderId, { ...card, maxAttempts: 1 });
    await rig.handle(orderId).result();
  },
  async expired(rig, orderId) {
    await rig.put(orderId, { ...card, maxAttempts: 1 });
    await set(rig, orderId, 'process_failed', { resolution: 'expired' });
    await rig.handle(orderId).result();
  },
  async canceled(rig, orderId) {
    await rig.put(orderId, card);
    await call(rig, orderId, 'cancel', { reason: 'sold out' });
    await set(rig, orderId, 'process_failed', { resolution: 'expired' });
    await rig.handle(orderId).result();
  },
  async 'canceled-in-the-ui'(rig, orderId) {
    await rig.put(orderId, card);
    await rig.handle(orderId).cancel();
    await until(rig, orderId, 'canceling');
    await set(rig, orderId, 'process_failed', { resolution: 'expired' });
    await rig.handle(orderId).result();
  },
  async 'refunded-after-cancel'(rig, orderId) {
    await rig.put(orderId, card);
    await call(rig, orderId, 'cancel', { reason: 'sold out' });
    await set(rig, orderId, 'processed');
    await told(rig, orderId, 'refunded');
  },
  async 'review-accepted'(rig, orderId) {
    await rig.put(orderId, card);
    await set(rig, orderId, 'processed', { processedAmount: 100.54 });
    await told(rig, orderId, 'review');
    await resolve(rig, `payment-${orderId}`, 'accept');
    await rig.handle(orderId).result();
  },
  async 'open-choosing'(rig, orderId) {
    await rig.put(orderId);
  },
  async 'open-awaiting-payment'(rig, orderId) {
    await rig.put(orderId, card);
  },
  async 'open-review'(rig, orderId) {
    await rig.put(orderId, card);
    await set(rig, orderId, 'processed', { processedAmount: 100.54 });
    await told(rig, orderId, 'review');
  },
};

/** What comes after a payment has closed. */
export const aftermaths = {
  async refunded(rig, orderId) {
    await paid(rig, orderId);
    await refund(rig, orderId, 'r1', '60');
    await refund(rig, orderId, 'r2', '40.55');
    await told(rig, orderId, 'refunded');
  },
  async 'refund-refused'(rig, orderId) {
    await paid(rig, orderId);
    const body = { errors: { amount: 'Refunds are off.' } };
    const match = { operation: 'refund.create' };
    await rig.sandbox.fault({ match, fault: { type: 'status', status: 422, body } });
    await refund(rig, orderId, 'r1');
    const aftermath = rig.temporal.workflow.getHandle(`aftermath-${orderId}`);
    await aftermath.executeUpdate('acknowledge', { args: [{ by: 'ann', why: 'told the customer' }] });
  },
  async 'charged-back'(rig, orderId) {
    await paid(rig, orderId);
    await set(rig, orderId, 'charged_back');
    await told(rig, orderId, 'charged_back');
  },
  async 'late-money-accepted'(rig, orderId) {
    await failed(rig, orderId);
    await set(rig, orderId, 'processed');
    await told(rig, orderId, 'review');
    await resolve(rig, `aftermath-${orderId}`, 'accept');
    await told(rig, orderId, 'paid');
  },
  async 'late-money-refunded'(rig, orderId) {
    await failed(rig, orderId);
    await set(rig, orderId, 'processed');
    await told(rig, orderId, 'review');
    await resolve(rig, `aftermath-${orderId}`, 'refund');
    await told(rig, orderId, 'refunded');
  },
} satisfies Record<string, Play>;

/** Money for a reference without a payment; the id of the workflow that looks after it. */
export async function nobodyOrdered(rig: Rig, reference: string): Promise<string> {
  const created = Math.floor(Date.now() / 1000);
  await rig.sandbox.plant([{ referenceId: reference, amount: 5, created, status: 'processed', ...card }]);
  await callBack(rig, reference);
  const workflowId = unknownReferenceIdFor(toForeignReference(reference));
  await expect.poll(() => rig.count("PaymentAttention = 'late-money'"), { timeout: 15_000 }).toBe(1);
  await resolve(rig, workflowId, 'refund');
  return workflowId;
}

/** Paid, and no callback says so. */
export async function paidUnheard(rig: Rig, orderId: string): Promise<void> {
  await rig.sandbox.callbacks({ mode: 'drop', referenceId: orderId });
  await rig.put(orderId, card);
  await set(rig, orderId, 'processed');
}

/** Called back until so much is known that it goes on in another run; answers with both run ids. */
export async function continued(rig: Rig, orderId: string): Promise<string[]> {
  await rig.put(orderId, card);
  const now = async (): Promise<string> => (await rig.handle(orderId).describe()).runId;
  const first = await now();
  const callback = { attempt: 1, status: null, updated: null };
  for (let signals = 0; signals < 400 && (await now()) === first; signals++)
    await rig.handle(orderId).signal(callbackReceived, callback);
  const second = await now();
  await set(rig, orderId, 'processed');
  await rig.handle(orderId).result();
  return [first, second];
}

async function callBack(rig: Rig, referenceId: string): Promise<void> {
  const attributes = { reference_id: referenceId, status: 'processed', updated: 4_000_000_000 };
  const body = JSON.stringify({ data: { type: 'payment-invoices', id: 'cpi_x', attributes } });
  const answer = await fetch(`${rig.ingressUrl}/callbacks/paytone`, {
    method: 'POST',
    body,
    headers: { 'x-signature': signatureOf(body, account.privateKey), 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(200);
  expect(await invoiceOf(rig, referenceId)).not.toBe('');
}
