import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseMethod, customerReturned, paymentRecord, callbackReceived } from '../../workflows/messages.ts';
import { decide } from '../../src/domain/payment/decide.ts';
import { openPayment, type Payment } from '../../src/domain/payment/payment.ts';
import { toPaymentView } from '../../src/domain/payment/to-payment-view.ts';
import { inputOf } from '../support/payment-facts.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';

const minute = 60_000;

/** How often a run said to operators' lists that it stands otherwise than when it started. */
async function publishedTimes(handle: WorkflowHandle): Promise<number> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).filter((event) => event.upsertWorkflowSearchAttributesEventAttributes).length;
}

describe('a payment in time', () => {
  let rig: TimeSkipping;
  beforeAll(async () => {
    rig = await startTimeSkipping();
  });
  afterAll(() => rig.close());

  it('is expired after a last look when nobody pays, having asked by the schedule', async () => {
    rig.looksAt.length = 0;
    const startedAt = await rig.env.currentTimeMs();
    const handle = await rig.start();
    const payment = toPaymentView(await handle.result());
    expect(payment).toMatchObject({ status: 'expired', decidedBy: 'expiry', reason: null });
    const minutes = rig.looksAt.map((at) => Math.round((at - startedAt) / minute));
    expect(minutes).toEqual([2, 7, 17, 30]);
    expect(rig.told.filter(({ data }) => data.orderId === payment.orderId).map(({ type }) => type)).toEqual([
      'payment.expired',
    ]);
  });

  it('is paid by a poll when the callback is lost', async () => {
    const handle = await rig.start();
    await rig.sandbox.setStatus(await rig.invoiceIdOf(handle), 'processed');
    const payment = toPaymentView(await handle.result());
    expect(payment).toMatchObject({ status: 'paid', decidedBy: 'poll' });
  });

  it('is paid by the return of the customer', async () => {
    const handle = await rig.start();
    await rig.sandbox.setStatus(await rig.invoiceIdOf(handle), 'processed');
    await handle.signal(customerReturned, { at: await rig.env.currentTimeMs() });
    expect(toPaymentView(await handle.result())).toMatchObject({ status: 'paid', decidedBy: 'return' });
  });

  it('takes a callback that comes before the answer of the create', async () => {
    await rig.sandbox.fault({
      match: { operation: 'invoice.create.private' },
      when: 'after',
      fault: { type: 'reset' },
    });
    const handle = await rig.start();
    await handle.signal(callbackReceived, { attempt: 1, status: 'process_pending', updated: null });
    const invoiceId = await rig.invoiceIdOf(handle);
    const journal = await rig.sandbox.journal((await handle.query(paymentRecord)).payment.referenceId);
    expect(journal.filter(({ created }) => created)).toHaveLength(1);
    await rig.sandbox.setStatus(invoiceId, 'processed');
    expect(toPaymentView(await handle.result()).status).toBe('paid');
  });

  it('looks for what a worker that died may have created, before it creates again', async () => {
    rig.killNext('after');
    const handle = await rig.start();
    await rig.env.sleep('1 minute');
    const { payment } = await handle.query(paymentRecord);
    expect(payment.status).toBe('awaiting_payment');
    const journal = await rig.sandbox.journal(payment.referenceId);
    expect(journal.filter(({ kind }) => kind === 'request').map(({ operation }) => operation)).toEqual([
      'invoice.create.private',
      'invoice.by-reference',
    ]);
    await handle.result();
  });

  it('asks on after the deadline until the platform is final', async () => {
    const handle = await rig.start();
    const invoiceId = await rig.invoiceIdOf(handle);
    await rig.sandbox.fault({
      match: { operation: 'invoice.get.private' },
      times: 0,
      fault: {
        type: 'rewrite',
        set: { 'data.attributes.status': 'process_pending', 'data.attributes.resolution': 'ok' },
      },
    });
    await rig.env.sleep('3 hours');
    expect((await handle.query(paymentRecord)).payment.status).toBe('awaiting_payment');
    await rig.sandbox.clearFaults();
    await rig.sandbox.setStatus(invoiceId, 'processed');
    expect(toPaymentView(await handle.result())).toMatchObject({ status: 'paid', decidedBy: 'expiry' });
  });

  it('is handed to review, not guessed, when the platform stays silent for a day', async () => {
    const handle = await rig.start();
    await rig.invoiceIdOf(handle);
    await rig.sandbox.fault({
      match: { operation: 'invoice.get.private' },
      times: 0,
      fault: { type: 'status', status: 500 },
    });
    // On a busy machine the worker lags behind a clock that skips: its own timers count the day.
    const shown = async () => (await handle.query(paymentRecord)).payment;
    for (let hours = 0; hours < 72 && (await shown()).status !== 'review'; hours += 2)
      await rig.env.sleep('2 hours');
    const payment = await shown();
    expect(payment).toMatchObject({ status: 'review', reason: 'the platform said nothing final for 24 h' });
    await rig.sandbox.clearFaults();
    const resolved = await handle.executeUpdate('resolve', {
      args: [{ decision: 'reject', by: 'ann', why: 'no money' }],
    });
    expect(resolved).toMatchObject({
      payment: { status: 'failed', decidedBy: 'operator', reason: 'no money' },
    });
    await handle.result();
    expect(rig.told.filter(({ data }) => data.orderId === payment.orderId).map(({ type }) => type)).toEqual([
      'payment.review',
      'payment.failed',
    ]);
  }, 120_000);

  it('delivers the outcome once to an order service that was down for a day, at its next delivery', async () => {
    const handle = await rig.start();
    const hours = (): number[] => {
      const at = rig.deliveries.flatMap((it) => (handle.workflowId.endsWith(it.orderId) ? [it.at] : []));
      return at.map((time) => (time - (at[0] ?? 0)) / (60 * minute));
    };
    rig.deliverBy(() =>
      (hours().at(-1) ?? 0) < 24
        ? { kind: 'failed', why: 'the order service answered 503' }
        : { kind: 'accepted' },
    );
    await rig.sandbox.setStatus(await rig.invoiceIdOf(handle), 'processed');
    const payment = toPaymentView(await handle.result());
    rig.deliverBy(() => ({ kind: 'accepted' }));
    expect(payment.status).toBe('paid');
    expect(rig.told.filter(({ data }) => data.orderId === payment.orderId)).toHaveLength(1);
    expect(
      hours()
        .slice(-2)
        .map((hour) => Math.round(hour * 100) / 100),
    ).toEqual([22.75, 34.75]);
  });

  it('tries for 78 h to deliver the outcome, at growing pauses, then parks it for an operator', async () => {
    rig.deliverBy(() => ({ kind: 'failed', why: 'the order service answered 503' }));
    const handle = await rig.start();
    await rig.sandbox.setStatus(await rig.invoiceIdOf(handle), 'processed');
    await rig.env.sleep('4 days');
    const { orderId } = (await handle.query(paymentRecord)).payment;
    const at = rig.deliveries.flatMap((it) => (it.orderId === orderId ? [it.at] : []));
    const hours = at.map((time) => Math.round(((time - (at[0] ?? 0)) / (60 * minute)) * 100) / 100);
    expect(hours.slice(-7)).toEqual([11.38, 22.75, 34.75, 46.75, 58.75, 70.75, 78]);
    rig.deliverBy(() => ({ kind: 'accepted' }));
    await handle.executeUpdate('redeliver-outcome', { args: [{ by: 'ann', why: 'repaired' }] });
    const payment = toPaymentView(await handle.result());
    expect(rig.told.filter(({ data }) => data.orderId === payment.orderId)).toHaveLength(1);
  }, 120_000);

  it('that expired while no worker ran, as its next run begins, is found as expired by operators', async () => {
    const orderId = rig.newOrderId();
    const input = { ...inputOf({ service: undefined }), orderId };
    const before = openPayment(input, Date.now() - 120 * minute);
    expect(decide(before).status).toBe('choosing');
    const handle = await rig.continued(before, input);
    expect(toPaymentView((await handle.result()) as Payment).status).toBe('expired');
    expect(await publishedTimes(handle)).toBe(1);
  });

  it('expires a choice that nobody makes, and refuses one that comes too late', async () => {
    const handle = await rig.start({ service: undefined as never });
    const payment = toPaymentView(await handle.result());
    expect(payment).toMatchObject({ status: 'expired', decidedBy: 'expiry', invoiceId: null });
    expect(await publishedTimes(handle)).toBe(1);
    await expect(
      handle.executeUpdate(chooseMethod, {
        args: [{ owner: 'test', choice: { service: 'x', serviceFields: {} } }],
      }),
    ).rejects.toThrow();
  });
});
