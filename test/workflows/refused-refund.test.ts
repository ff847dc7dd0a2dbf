import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toPaymentView } from '../../src/domain/payment/to-payment-view.ts';
import { aftermath } from '../../workflows/index.ts';
import { acknowledge, paymentStory, refund } from '../../workflows/messages.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';

const ann = { by: 'ann', why: 'given in the dashboard' };
type Handle = Awaited<ReturnType<TimeSkipping['start']>>;

describe('a refund that the platform refuses', () => {
  let rig: TimeSkipping;
  beforeAll(async () => {
    rig = await startTimeSkipping();
  });
  afterAll(() => rig.close());
  afterEach(() => rig.sandbox.clearFaults());

  const ask = (handle: Pick<Handle, 'executeUpdate'>, refundId: string) =>
    handle.executeUpdate(refund, { args: [{ owner: 'test', asking: { refundId, reason: 'broken' } }] });

  /** A paid payment that is over, in an aftermath whose refund was refused. */
  async function refused() {
    const { invoiceId, options } = await rig.paid();
    const handle = await rig.env.client.workflow.start(aftermath, options);
    const body = { errors: { amount: 'Refunds are off.' } };
    const match = { operation: 'refund.create' };
    await rig.sandbox.fault({ match, fault: { type: 'status', status: 422, body } });
    expect((await ask(handle, 'r1')).payment).toMatchObject({
      status: 'paid',
      refunds: [{ status: 'refused', reason: 'amount: Refunds are off.' }],
    });
    return { handle, invoiceId };
  }
  const standingOf = async (handle: Pick<Handle, 'query' | 'describe'>) => ({
    run: (await handle.describe()).status.name,
    attention: (await handle.query(paymentStory)).attention,
  });
  const inSight = { run: 'RUNNING', attention: 'refund-refused' };

  it('stays in sight for days, with a deadline, until a person says that it is seen to', async () => {
    const { handle } = await refused();
    await rig.env.sleep('3 days');
    expect(await standingOf(handle)).toEqual(inSight);
    expect((await handle.query(paymentStory)).waiting).toMatch(
      /^(an operator's `acknowledge`, or another refund|a callback, .* poll of \S+), until 20\d\d-/,
    );
    await handle.executeUpdate(acknowledge, { args: [ann] });
    expect((await handle.query(paymentStory)).attention).toBeNull();
    // There is nothing more to wait for: it is over, and a second one is refused.
    const again = handle.executeUpdate(acknowledge, { args: [ann] });
    await expect(again).rejects.toThrow();
    const ended = await handle.result();
    expect(toPaymentView(ended)).toMatchObject({ status: 'paid', refunds: [{ status: 'refused' }] });
    expect(ended.operators).toMatchObject([{ by: 'ann', what: 'acknowledge' }]);
  }, 60_000);

  it('is over where another refund is given', async () => {
    const { handle, invoiceId } = await refused();
    await ask(handle, 'r2');
    expect((await standingOf(handle)).attention).toBeNull();
    await rig.sandbox.setStatus(invoiceId, 'refunded');
    expect(toPaymentView(await handle.result()).status).toBe('refunded');
  }, 60_000);

  it("is over where it is given in Paytone's dashboard, which the look of the next day sees", async () => {
    const { handle, invoiceId } = await refused();
    await rig.sandbox.setStatus(invoiceId, 'refunded');
    expect(toPaymentView(await handle.result()).status).toBe('refunded');
  }, 60_000);
});
