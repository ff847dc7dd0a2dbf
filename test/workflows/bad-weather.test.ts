import { env, stdout } from 'node:process';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aftermath } from '../../workflows/index.ts';
import { callbackReceived, paymentRecord, redeliverOutcome, refund } from '../../workflows/messages.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';

/** `DAYS=60 npx vitest run test/workflows/bad-weather.test.ts` plays two months; every run of the tests, a part of it. */
const whole = env['DAYS'] !== undefined;
const days = Number(env['DAYS'] ?? 4);
/** Of one run of a workflow. */
const most = { events: 2_000, bytes: 1_000_000 };
/** Of two references each call alone: three would open the circuit for all. */
const codes = { refunds: whole ? [500, 401, 403] : [403], looks: whole ? [500, 401, 403] : [401] };

type Handle = Pick<
  Awaited<ReturnType<TimeSkipping['start']>>,
  'workflowId' | 'query' | 'executeUpdate' | 'startUpdate' | 'signal'
>;

describe(`${days} days of bad weather`, () => {
  let rig: TimeSkipping;
  beforeAll(async () => {
    rig = await startTimeSkipping();
  });
  afterAll(() => rig.close());

  const failing = async (operations: readonly string[], referenceId: string, code: number): Promise<void> => {
    for (const operation of operations)
      await rig.sandbox.fault({
        match: { operation, referenceId },
        times: 0,
        fault: { type: 'status', status: code },
      });
  };

  async function unmade(code: number): Promise<Handle> {
    const orderId = rig.newOrderId();
    await failing(['invoice.create.private', 'invoice.by-reference'], orderId, code);
    return rig.start({}, {}, orderId);
  }

  async function unseen(code: number): Promise<Handle> {
    const orderId = rig.newOrderId();
    const handle = await rig.start({}, {}, orderId);
    const invoiceId = await rig.invoiceIdOf(handle);
    await failing(['invoice.get.private', 'invoice.by-reference'], orderId, code);
    await rig.sandbox.setStatus(invoiceId, 'processed');
    await handle.signal(callbackReceived, { attempt: 1, status: 'processed', updated: null });
    return handle;
  }

  async function unreturned(code: number): Promise<Handle> {
    const { options } = await rig.paid();
    const [{ orderId }] = options.args;
    const handle = await rig.env.client.workflow.start(aftermath, options);
    await failing(['refund.create'], orderId, code);
    const asking = { refundId: 'r1', reason: 'returned' };
    await handle.startUpdate(refund, { args: [{ owner: 'test', asking }], waitForStage: 'ACCEPTED' });
    return handle;
  }

  async function untold(): Promise<Handle> {
    const orderId = rig.newOrderId();
    const handle = await rig.start({}, {}, orderId);
    const invoiceId = await rig.invoiceIdOf(handle);
    rig.deliverBy(({ data }) =>
      data.orderId === orderId ? { kind: 'failed', why: 'answered 500' } : { kind: 'accepted' },
    );
    await rig.sandbox.setStatus(invoiceId, 'processed');
    await handle.signal(callbackReceived, { attempt: 1, status: 'processed', updated: null });
    return handle;
  }

  const statusOf = async (handle: Handle): Promise<string> =>
    (await handle.query(paymentRecord)).payment.status;
  const toldOf = ({ workflowId }: Handle): string =>
    rig.told
      .filter(({ data }) => workflowId.endsWith(data.orderId))
      .map(({ type }) => type.replace('payment.', ''))
      .join(', ');

  /** The runs of a workflow, from the last to the first. */
  async function isBounded(what: string, { workflowId }: Handle): Promise<void> {
    const lengths: { readonly events: number; readonly bytes: number }[] = [];
    let runId: string | undefined;
    do {
      const history = await rig.env.client.workflow.getHandle(workflowId, runId).fetchHistory();
      const bytes = proto.temporal.api.history.v1.History.encode(history).finish().length;
      lengths.push({ events: history.events?.length ?? 0, bytes });
      const begun = history.events?.[0]?.workflowExecutionStartedEventAttributes;
      runId = begun?.continuedExecutionRunId || undefined;
    } while (runId !== undefined);
    const events = Math.max(...lengths.map((run) => run.events));
    const bytes = Math.max(...lengths.map((run) => run.bytes));
    stdout.write(`${what}: ${lengths.length} runs, of ${events} events and ${bytes} bytes at most\n`);
    expect(events).toBeLessThanOrEqual(most.events);
    expect(bytes).toBeLessThanOrEqual(most.bytes);
  }

  it('leave bounded histories, and everything settles when they are over', async () => {
    const named: (readonly [string, Handle])[] = [];
    const begin = async (what: string, handle: Promise<Handle>): Promise<Handle> => {
      named.push([what, await handle]);
      return handle;
    };
    // Payments take virtual time: those that are to be paid first come first.
    const refunds: Handle[] = [];
    for (const code of codes.refunds) refunds.push(await begin(`refunds answered ${code}`, unreturned(code)));
    const looks: Handle[] = [];
    for (const code of codes.looks) looks.push(await begin(`looks answered ${code}`, unseen(code)));
    const outcomes = await begin('outcomes answered 500', untold());
    const rejected: Handle[] = [];
    for (const code of [401, 403]) rejected.push(await begin(`creates answered ${code}`, unmade(code)));
    // A day of look-ups every minute, each three times.
    const unknown = whole ? [await begin('creates and look-ups answered 500', unmade(500))] : [];

    await rig.env.sleep(`${days} days`);
    for (const handle of [...refunds, ...looks, ...unknown]) expect(await statusOf(handle)).toBe('review');
    for (const handle of rejected) expect(toldOf(handle)).toBe('failed');
    expect(toldOf(outcomes)).toBe('');

    await rig.sandbox.clearFaults();
    rig.deliverBy(() => ({ kind: 'accepted' }));
    await outcomes.executeUpdate(redeliverOutcome, { args: [{ by: 'ann', why: 'the receiver is back' }] });
    await rig.env.sleep('25 hours');
    for (const handle of refunds) expect(toldOf(handle)).toBe('paid, review, refunded');
    for (const handle of looks) expect(toldOf(handle)).toBe('review, paid');
    for (const handle of unknown) expect(toldOf(handle)).toBe('review, failed');
    expect(toldOf(outcomes)).toBe('paid');
    for (const [what, handle] of named) await isBounded(what, handle);
  }, 3_600_000);
});
