import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paymentRecord } from '../../workflows/messages.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';
import { answers } from './directive-cells.ts';

const runs = 40;
const seed = 20_261_123;

const anyAnswer = fc.constantFrom(...answers.filter(({ fault }) => fault !== undefined));
const anyStep = fc.oneof(
  { weight: 5, arbitrary: anyAnswer.map((answer) => ({ kind: 'answer', answer }) as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('before', 'after').map((when) => ({ kind: 'killed worker', when }) as const),
  },
);
type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never;
const say = (step: Step): string =>
  step.kind === 'answer' ? step.answer.name : `worker killed ${step.when} the call`;

describe(`any sequence of answers, with worker kills (${runs} runs, seed ${seed})`, () => {
  let rig: TimeSkipping;
  beforeAll(async () => {
    rig = await startTimeSkipping({ callTimeoutMs: 500 });
  });
  afterAll(() => rig.close());

  it('never makes two invoices, never is paid without a processed answer, always has a next deadline', async () => {
    const ends: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 12 }), fc.boolean(), async (steps, pays) => {
        const end = await play(steps, pays);
        ends[end] = (ends[end] ?? 0) + 1;
      }),
      {
        numRuns: runs,
        seed,
        interruptAfterTimeLimit: 200_000,
        reporter: ({ failed, counterexample, errorInstance, numRuns }) => {
          if (failed && counterexample) {
            const [steps, pays] = counterexample;
            const story = [...steps.map(say), pays ? 'the customer pays' : 'nobody pays'].join(', then ');
            throw new Error(`after ${numRuns} runs: ${story}`, { cause: errorInstance });
          }
        },
      },
    );
    expect(ends['paid']).toBeGreaterThan(0);
  }, 400_000);

  async function play(steps: readonly Step[], pays: boolean): Promise<string> {
    await rig.syncClock();
    await rig.sandbox.clearFaults();
    const orderId = rig.newOrderId();
    for (const step of steps) {
      if (step.kind === 'killed worker') rig.killNext(step.when);
      else {
        const { fault, after } = step.answer;
        const match = { referenceId: orderId };
        await rig.sandbox.fault({ match, when: after ? 'after' : 'before', fault });
      }
    }
    const handle = await rig.start({}, { maxAttempts: 1 }, orderId);
    for (let quarter = 0; quarter < 4; quarter++) {
      await rig.env.sleep('5 minutes');
      await expectSound(handle, orderId);
      const [invoice] = await rig.sandbox.invoices(orderId);
      if (pays && invoice?.status === 'process_pending') await rig.sandbox.setStatus(invoice.id, 'processed');
    }
    await rig.env.sleep('3 hours');
    return expectSound(handle, orderId);
  }

  async function expectSound(
    handle: Awaited<ReturnType<TimeSkipping['start']>>,
    orderId: string,
  ): Promise<string> {
    const { payment } = await handle.query(paymentRecord);
    const created = (await rig.sandbox.journal(orderId)).filter((entry) => entry.created);
    expect(created.length).toBeLessThanOrEqual(1);
    const [invoice] = await rig.sandbox.invoices(orderId);
    if (payment.status === 'paid') expect(invoice?.status).toBe('processed');
    const { status } = await handle.describe();
    expect(['RUNNING', 'COMPLETED']).toContain(status.name);
    if (status.name === 'RUNNING') expect(await openDeadlines(handle)).toBeGreaterThan(0);
    return payment.status;
  }

  /** Timers and activities that end by themselves. */
  async function openDeadlines(handle: Awaited<ReturnType<TimeSkipping['start']>>): Promise<number> {
    const { events } = await handle.fetchHistory();
    const counted = (events ?? []).map(
      (event) =>
        (event.timerStartedEventAttributes || event.activityTaskScheduledEventAttributes ? 1 : 0) -
        (event.timerFiredEventAttributes ||
        event.timerCanceledEventAttributes ||
        event.activityTaskCompletedEventAttributes ||
        event.activityTaskFailedEventAttributes ||
        event.activityTaskTimedOutEventAttributes
          ? 1
          : 0),
    );
    return counted.reduce<number>((sum, each) => sum + each, 0);
  }
});
