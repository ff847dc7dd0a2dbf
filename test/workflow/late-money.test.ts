import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aftermathIdFor, referenceIdFor } from '../../src/domain/identity.ts';
import { aftermath } from '../../workflows/index.ts';
import { callbackReceived, resolveAftermath } from '../../workflows/messages.ts';
import { attributes } from '../../workflows/visibility.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';

const ann = { by: 'ann', why: 'booked by hand' };

describe('money for a reference that has no payment', () => {
  let rig: TimeSkipping;
  beforeAll(async () => {
    rig = await startTimeSkipping();
  });
  afterAll(() => rig.close());
  afterEach(() => rig.sandbox.clearFaults());

  const plant = async (referenceId: string) => {
    const created = Math.floor(Date.now() / 1000);
    const service = 'payment_card_usd_hpp';
    const [made] = await rig.sandbox.plant([
      { referenceId, amount: 5, service, created, status: 'processed' },
    ]);
    return made?.id ?? '';
  };
  async function start() {
    const orderId = rig.newOrderId();
    const invoiceId = await plant(orderId);
    const { taskQueue } = await (await rig.start()).describe();
    const handle = await rig.env.client.workflow.signalWithStart(aftermath, {
      workflowId: aftermathIdFor(orderId),
      taskQueue,
      args: [{ kind: 'unknown', orderId, referenceId: referenceIdFor(orderId, 1) }],
      signal: callbackReceived,
      signalArgs: [{ attempt: 1, status: null, updated: null }],
    });
    const now = async () => {
      const { status, typedSearchAttributes } = await handle.describe();
      return { run: status.name, attention: typedSearchAttributes.get(attributes.attention) ?? null };
    };
    await rig.env.sleep('1 hour');
    expect(await now()).toEqual(inSight);
    return { orderId, invoiceId, handle, now };
  }
  const inSight = { run: 'RUNNING', attention: 'late-money' };
  const over = { run: 'COMPLETED', attention: null };

  it('is in sight after two months, until it is resolved', async () => {
    const { handle, now } = await start();
    await rig.env.sleep('61 days');
    expect(await now()).toEqual(inSight);
    await handle.executeUpdate(resolveAftermath, { args: [ann] });
    await handle.result();
    expect(await now()).toEqual(over);
  }, 60_000);

  it('is in sight where it comes after what was resolved', async () => {
    const { orderId, handle, now } = await start();
    const second = referenceIdFor(orderId, 2);
    const match = { operation: 'invoice.by-reference', referenceId: second };
    await rig.sandbox.fault({ match, times: 0, fault: { type: 'status', status: 500 } });
    await handle.signal(callbackReceived, { attempt: 2, status: null, updated: null });
    await rig.env.sleep('2 minutes');
    await handle.executeUpdate(resolveAftermath, { args: [ann] });
    await plant(second);
    await rig.sandbox.clearFaults();
    await rig.env.sleep('20 minutes');
    expect(await now()).toEqual(inSight);
    await handle.executeUpdate(resolveAftermath, { args: [ann] });
    await handle.result();
  }, 60_000);

  it('is over where it went back, which is seen within a day', async () => {
    const { invoiceId, handle, now } = await start();
    await rig.sandbox.setStatus(invoiceId, 'refunded');
    await handle.result();
    expect(await now()).toEqual(over);
  }, 60_000);

  it('has to be there to be resolved', async () => {
    const { taskQueue } = await (await rig.start()).describe();
    const orderId = rig.newOrderId();
    const match = { operation: 'invoice.by-reference', referenceId: orderId };
    await rig.sandbox.fault({ match, times: 0, fault: { type: 'status', status: 500 } });
    const handle = await rig.env.client.workflow.signalWithStart(aftermath, {
      workflowId: `aftermath-${randomUUID()}`,
      taskQueue,
      args: [{ kind: 'unknown', orderId, referenceId: referenceIdFor(orderId, 1) }],
      signal: callbackReceived,
      signalArgs: [{ attempt: 1, status: null, updated: null }],
    });
    await expect(handle.executeUpdate(resolveAftermath, { args: [ann] })).rejects.toMatchObject({
      cause: { message: 'no money was found: there is nothing to resolve' },
    });
    await handle.terminate();
  });
});
