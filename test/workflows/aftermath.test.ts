import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPaymentView } from '../../src/domain/payment/to-payment-view.ts';
import { aftermath } from '../../workflows/index.ts';
import { callbackReceived, paymentRecord } from '../../workflows/messages.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';

const callback = { attempt: 1, status: null, updated: null };

describe('what comes after a payment has closed', () => {
  let rig: TimeSkipping;
  beforeAll(async () => {
    rig = await startTimeSkipping();
  });
  afterAll(() => rig.close());

  async function paid() {
    const { invoiceId, options } = await rig.paid();
    const handle = await rig.env.client.workflow.signalWithStart(aftermath, {
      ...options,
      signal: callbackReceived,
      signalArgs: [callback],
    });
    return { handle, invoiceId };
  }
  const runOf = async (handle: Awaited<ReturnType<typeof paid>>['handle']) =>
    (await handle.describe()).status.name;

  const becomes = async (invoiceId: string, status: string): Promise<void> => {
    await rig.syncClock();
    await rig.sandbox.setStatus(invoiceId, status);
  };

  it('ends by itself where there was nothing, after it has waited a minute for more', async () => {
    const { handle } = await paid();
    await rig.env.sleep('30 seconds');
    expect(await runOf(handle)).toBe('RUNNING');
    await rig.env.sleep('2 minutes');
    expect(await runOf(handle)).toBe('COMPLETED');
  });

  it('ends by itself though timers are still set that nobody needs any more', async () => {
    const { handle, invoiceId } = await paid();
    await becomes(invoiceId, 'refunding');
    await handle.signal(callbackReceived, callback);
    await rig.env.sleep('3 seconds');
    expect((await handle.query(paymentRecord)).payment.status).toBe('refunding');
    await becomes(invoiceId, 'refunded');
    await handle.signal(callbackReceived, callback);
    await rig.env.sleep('3 seconds');
    expect((await handle.query(paymentRecord)).payment.status).toBe('refunded');
    await rig.env.sleep('20 minutes');
    expect(await runOf(handle)).toBe('COMPLETED');
    expect(toPaymentView(await handle.result()).status).toBe('refunded');
    const types = rig.told
      .filter(({ data }) => handle.workflowId.endsWith(data.orderId))
      .map(({ type }) => type);
    expect(types).toEqual(['payment.paid', 'payment.refunded']);
  });
});
