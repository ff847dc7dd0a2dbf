import { env } from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { referenceIdFor, toForeignReference, type OrderId } from '../../src/domain/identity.ts';
import { unknownReferenceIdFor } from '../../src/payments/callback-inbox.ts';
import { unknownReference } from '../../workflows/index.ts';
import {
  callbackReceived,
  unmatchedMoneyStory,
  paymentStory,
  resolveUnknown,
} from '../../workflows/messages.ts';
import type { UnmatchedMoneyView } from '../../src/domain/unmatched-money/unmatched-view.ts';
import { attributes } from '../../workflows/search-attributes.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';
import { account } from '../support/rig.ts';

/** `DAYS=60 npx vitest run test/workflows/unknown-reference.test.ts` plays two months of silence; every run of the tests, a part of it. */
const days = Number(env['DAYS'] ?? 20);
const ann = { by: 'ann', why: 'booked by hand', decision: 'accept' } as const;
const callback = { attempt: 1, status: null, updated: null };

describe('money for a reference that has no payment', () => {
  let rig: TimeSkipping;
  let taskQueue: string;
  beforeAll(async () => {
    rig = await startTimeSkipping();
    ({ taskQueue } = await (await rig.start()).describe());
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
  const called = (orderId: OrderId, attempt = 1) => {
    const referenceId = referenceIdFor(orderId, attempt);
    return rig.env.client.workflow.signalWithStart(unknownReference, {
      workflowId: unknownReferenceIdFor(referenceId),
      taskQueue,
      args: [{ account: account.id, orderId, referenceId }],
      signal: callbackReceived,
      signalArgs: [{ ...callback, attempt }],
    });
  };
  type Handle = Awaited<ReturnType<typeof called>>;
  const now = async (handle: Handle) => {
    const { status, typedSearchAttributes } = await handle.describe();
    return { run: status.name, attention: typedSearchAttributes.get(attributes.attention) ?? null };
  };
  async function start() {
    const orderId = rig.newOrderId();
    const invoiceId = await plant(orderId);
    const handle = await called(orderId);
    await rig.env.sleep('1 hour');
    expect(await now(handle)).toEqual(inSight);
    return { orderId, invoiceId, handle };
  }
  const inSight = { run: 'RUNNING', attention: 'late-money' };
  const dealtWith = { run: 'RUNNING', attention: null };
  const over = { run: 'COMPLETED', attention: null };
  const silent = (referenceId: string) => {
    const match = { operation: 'invoice.by-reference', referenceId };
    return rig.sandbox.fault({ match, times: 0, fault: { type: 'status', status: 500 } });
  };

  it('is in sight after two months, until it is resolved', async () => {
    const { handle } = await start();
    await rig.env.sleep('61 days');
    expect(await now(handle)).toEqual(inSight);
    await handle.executeUpdate(resolveUnknown, { args: [ann] });
    expect(await now(handle)).toEqual(dealtWith);
    await handle.result();
    expect(await now(handle)).toEqual(over);
  }, 60_000);

  it('is shown without the reference, which somebody else chose: not on the page, in a summary or a string', async () => {
    const reference = 'Sally 4111 [log in](https://evil.example)';
    const invoiceId = await plant(reference);
    const referenceId = toForeignReference(reference);
    const handle = await rig.env.client.workflow.signalWithStart(unknownReference, {
      workflowId: unknownReferenceIdFor(referenceId),
      taskQueue,
      args: [{ account: account.id, orderId: null, referenceId }],
      signal: callbackReceived,
      signalArgs: [callback],
    });
    await rig.env.sleep('1 hour');
    expect(await now(handle)).toEqual(inSight);
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain(`- Invoice \`${invoiceId}\`: \`processed\``);
    expect(currentDetails).not.toMatch(/Sally|evil/);
    const { events } = await handle.fetchHistory();
    const inClear = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: task, userMetadata }) =>
      [...(task?.input?.payloads ?? []), userMetadata?.summary ?? {}].map(({ data }) =>
        Buffer.from(data ?? []).toString(),
      ),
    );
    // An object is encrypted where there are keys; a string never is.
    expect(inClear.filter((text) => text.includes('Sally'))).toEqual([JSON.stringify({ referenceId })]);
    await handle.executeUpdate(resolveUnknown, { args: [ann] });
    await handle.result();
  }, 60_000);

  it('is in sight under each of its references, whatever was resolved of another', async () => {
    const { orderId, handle } = await start();
    const second = referenceIdFor(orderId, 2);
    await silent(second);
    const other = await called(orderId, 2);
    await rig.env.sleep('2 minutes');
    await handle.executeUpdate(resolveUnknown, { args: [ann] });
    await plant(second);
    await rig.sandbox.clearFaults();
    await rig.env.sleep('20 minutes');
    expect([await now(handle), await now(other)]).toEqual([dealtWith, inSight]);
    await handle.result();
    await other.executeUpdate(resolveUnknown, { args: [ann] });
    await other.result();
  }, 60_000);

  it('is in sight where another invoice of the reference comes after what was resolved', async () => {
    const { orderId, handle } = await start();
    await silent(orderId);
    await handle.signal(callbackReceived, callback);
    await rig.env.sleep('2 minutes');
    await handle.executeUpdate(resolveUnknown, { args: [ann] });
    const second = { created: Math.floor(Date.now() / 1000) + 60, status: 'processed' };
    await rig.sandbox.plant([
      { referenceId: orderId, amount: 5, service: 'payment_card_usd_hpp', ...second },
    ]);
    await rig.sandbox.clearFaults();
    await rig.env.sleep('20 minutes');
    expect(await now(handle)).toEqual(inSight);
    await handle.executeUpdate(resolveUnknown, { args: [ann] });
    await handle.result();
  }, 60_000);

  describe('that goes back', () => {
    const back = { by: 'ann', why: 'nobody ordered it', decision: 'refund' } as const;
    const reasonOf = ({ invoices }: UnmatchedMoneyView) => invoices.map(({ standing }) => standing).join();
    const lines = async (referenceId: string) => (await rig.sandbox.ledger(referenceId))[0];

    it('is refunded at the platform, once, though the answer be lost, and stays dealt with', async () => {
      const { orderId, invoiceId, handle } = await start();
      const match = { operation: 'refund.create' };
      await rig.sandbox.fault({ match, when: 'after', fault: { type: 'status', status: 500 } });
      const told = await handle.executeUpdate(resolveUnknown, { args: [back] });
      expect(told.became.split(': ').slice(1).join(': ')).toBe(
        'the refund of 5.00 USD is not confirmed: the platform does not answer; it is asked again',
      );
      expect(await now(handle)).toEqual(inSight);
      await rig.env.sleep('2 minutes');
      expect(await now(handle)).toEqual(dealtWith);
      expect(await lines(orderId)).toMatchObject({ paid: 5, refunded: 5, status: 'refunded' });
      expect((await lines(orderId))?.refunds).toMatchObject([{ referenceId: `late-${invoiceId}-1` }]);
      await handle.signal(callbackReceived, callback);
      await rig.env.sleep('2 minutes');
      expect(await now(handle)).toEqual(dealtWith);
      expect(reasonOf(await handle.query(unmatchedMoneyStory))).toBe('the money is back');
      await handle.result();
    }, 60_000);

    it('is watched until it is back, or has failed: then a person decides again', async () => {
      const { orderId, invoiceId, handle } = await start();
      await rig.sandbox.account({ refunds: 'pending' });
      const told = await handle.executeUpdate(resolveUnknown, { args: [back] });
      await rig.sandbox.account({ refunds: 'at_once' });
      expect(told.became.split(': ').slice(1).join(': ')).toMatch(
        /^the refund of 5.00 USD is under way since /,
      );
      expect(await now(handle)).toEqual(dealtWith);
      await expect(handle.executeUpdate(resolveUnknown, { args: [back] })).rejects.toMatchObject({
        cause: { message: 'a refund is under way: wait for its end' },
      });
      await rig.env.sleep('3 days');
      await rig.env.sleep('1 hour');
      expect(await now(handle)).toEqual(inSight);
      const again = await handle.executeUpdate(resolveUnknown, { args: [back] });
      expect(again.became).toContain('the refund of 5.00 USD is under way since ');
      expect((await lines(orderId))?.refunds).toHaveLength(1);
      await rig.syncClock();
      await rig.sandbox.endRefund(invoiceId, 'failed');
      await rig.env.sleep('20 minutes');
      expect(reasonOf(await handle.query(unmatchedMoneyStory))).toContain(
        'the refund failed at the platform',
      );
      await handle.executeUpdate(resolveUnknown, { args: [back] });
      expect(await lines(orderId)).toMatchObject({ refunded: 5 });
      await handle.result();
    }, 60_000);

    it('stays before the operator where the platform refuses, with its reason', async () => {
      const { handle } = await start();
      const body = { errors: { amount: 'Refunds are off.' } };
      const match = { operation: 'refund.create' };
      await rig.sandbox.fault({ match, fault: { type: 'status', status: 422, body } });
      const told = await handle.executeUpdate(resolveUnknown, { args: [back] });
      expect(told.became.split(': ').slice(1).join(': ')).toBe(
        'the refund of 5.00 USD was refused: amount: Refunds are off.',
      );
      expect(await now(handle)).toEqual(inSight);
      await handle.executeUpdate(resolveUnknown, { args: [ann] });
      expect(await now(handle)).toEqual(dealtWith);
      await handle.result();
    }, 60_000);

    it('is a decision of two', async () => {
      const { handle } = await start();
      const none = { by: 'ann', why: 'x' };
      await expect(handle.executeUpdate('resolve', { args: [none] })).rejects.toMatchObject({
        cause: { message: expect.stringContaining('"decision" must be "refund"') as string },
      });
      await handle.executeUpdate(resolveUnknown, { args: [ann] });
      await handle.result();
    }, 60_000);
  });

  it(`has no run that grows, though the platform answer 500 for ${days} days and callbacks come`, async () => {
    const orderId = rig.newOrderId();
    await silent(orderId);
    const handle = await called(orderId);
    for (let day = 0; day < days; day += 5) {
      for (let times = 0; times < 20; times++) await handle.signal(callbackReceived, callback);
      await rig.env.sleep('5 days');
    }
    const lengths: number[] = [];
    let runId = (await handle.describe()).runId;
    while (runId !== '') {
      const { events } = await rig.env.client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
      lengths.push(events?.length ?? 0);
      runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
    }
    expect(lengths.length).toBeGreaterThanOrEqual(Math.floor((days * 55) / 60));
    expect(Math.max(...lengths)).toBeLessThan(2_000);
    await plant(orderId);
    await rig.sandbox.clearFaults();
    await rig.env.sleep('5 hours');
    expect(await now(handle)).toEqual(inSight);
    await handle.executeUpdate(resolveUnknown, { args: [ann] });
    await handle.result();
  }, 240_000);

  it('is over where it went back, which is seen within a day', async () => {
    const { invoiceId, handle } = await start();
    await rig.sandbox.setStatus(invoiceId, 'refunded');
    await handle.result();
    expect(await now(handle)).toEqual(over);
  }, 60_000);

  it('is over where there is none: nothing waits', async () => {
    const handle = await called(rig.newOrderId());
    await handle.result();
    expect(await now(handle)).toEqual(over);
  }, 60_000);

  it("is handed to the order's payment as soon as there is one, which is asked about it", async () => {
    const orderId = rig.newOrderId();
    await plant(referenceIdFor(orderId, 2));
    const handle = await called(orderId, 2);
    await rig.env.sleep('1 hour');
    expect(await now(handle)).toEqual(inSight);
    const payment = await rig.start({}, {}, orderId);
    await handle.signal(callbackReceived, { ...callback, attempt: 2 });
    await handle.result();
    await rig.env.sleep('1 minute');
    expect(await payment.query(paymentStory)).toMatchObject({
      status: 'review',
      reason: `paid under ${orderId}.2, which this payment never made: 5.00 USD`,
    });
    await payment.executeUpdate('resolve', { args: [{ ...ann, decision: 'reject' }] });
  }, 60_000);

  it('has to be there to be resolved', async () => {
    const orderId = rig.newOrderId();
    await silent(orderId);
    const handle = await called(orderId);
    await expect(handle.executeUpdate(resolveUnknown, { args: [ann] })).rejects.toMatchObject({
      cause: { message: 'no money waits for a decision: there is nothing to resolve' },
    });
    // Terminated while it waits to ask again, it would keep the server from skipping time for everybody.
    await rig.sandbox.clearFaults();
    await handle.result();
  });
});
