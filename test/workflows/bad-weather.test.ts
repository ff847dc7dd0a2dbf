import { env, stdout } from 'node:process';
import proto from '@temporalio/proto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aftermath } from '../../workflows/index.ts';
import { callbackReceived, paymentRecord, redeliverOutcome, refund } from '../../workflows/messages.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';

/** `DAYS=60 npx vitest run test/workflows/bad-weather.test.ts` plays two months; every run of the tests, a part of it. */
const whole = env['DAYS'] !== undefined;
const days = Number(env['DAYS'] ?? 4);
/** Of one run of a workflow. */
const most = { events: 2_000, bytes: 1_000_000 };
const codes = whole
  ? { refunds: [500, 401, 403], looks: [500, 401, 403], creates: [401, 403] }
  : { refunds: [403], looks: [401], creates: [401] };

type Handle = Pick<
  Awaited<ReturnType<TimeSkipping['start']>>,
  'workflowId' | 'query' | 'executeUpdate' | 'startUpdate' | 'signal'
>;

describe(`${days} days of bad weather`, { timeout: 3_600_000 }, () => {
  let rig: TimeSkipping;
  /** One for each payment: under many the server of skipped time may block one of them for good. */
  beforeEach(async () => {
    rig = await startTimeSkipping(whole ? { taskTimeoutMs: 120_000 } : {});
  });
  afterEach(() => rig.close());

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

  /** Bad weather from now on, and fair weather after it; `during` and `afterwards` look at the payment. */
  async function weather(
    what: string,
    handle: Handle,
    during: (handle: Handle) => Promise<void> | void,
    afterwards: (handle: Handle) => void,
  ): Promise<void> {
    await rig.env.sleep(`${days} days`);
    await during(handle);
    await rig.sandbox.clearFaults();
    rig.deliverBy(() => ({ kind: 'accepted' }));
    await rig.env.sleep('25 hours');
    afterwards(handle);
    await isBounded(what, handle);
  }

  const inReview = async (handle: Handle): Promise<void> => expect(await statusOf(handle)).toBe('review');
  const isTold =
    (outcomes: string) =>
    (handle: Handle): void =>
      expect(toldOf(handle)).toBe(outcomes);

  it.each(codes.refunds)(
    'refuse refunds (%i): bounded histories, and the money goes back when it is over',
    async (code) =>
      weather(`refunds answered ${code}`, await unreturned(code), inReview, isTold('paid, review, refunded')),
  );

  it.each(codes.looks)(
    'refuse looks (%i): bounded histories, and what was paid is told when it is over',
    async (code) => weather(`looks answered ${code}`, await unseen(code), inReview, isTold('review, paid')),
  );

  it.each(codes.creates)(
    'refuse creates (%i): bounded histories, and an order that got no invoice has failed',
    async (code) =>
      weather(`creates answered ${code}`, await unmade(code), isTold('failed'), isTold('failed')),
  );

  // A day of look-ups every minute, each three times.
  if (whole)
    it('hide creates: a bounded history, and a review that ends by itself', async () =>
      weather('creates and look-ups answered 500', await unmade(500), inReview, isTold('review, failed')));

  it('lose outcomes: a bounded history, and they are told when an operator asks for it', async () => {
    const askAgain = async (handle: Handle): Promise<void> => {
      isTold('')(handle);
      rig.deliverBy(() => ({ kind: 'accepted' }));
      await handle.executeUpdate(redeliverOutcome, { args: [{ by: 'ann', why: 'the receiver is back' }] });
    };
    await weather('outcomes answered 500', await untold(), askAgain, isTold('paid'));
  });
});
