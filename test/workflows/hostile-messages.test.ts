import { ServiceError, WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referenceIdFor } from '../../src/domain/identity.ts';
import { unknownReferenceIdFor } from '../../src/payments/callback-inbox.ts';
import { aftermath, unknownReference } from '../../workflows/index.ts';
import { callbackReceived } from '../../workflows/messages.ts';
import { inputOf } from '../support/payment-facts.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';
import { account } from '../support/rig.ts';

const seed = 20_261_127;
const ofEach = 15;

/** Every field of every message, as it should be: a message is made of them all, but for what is typed amiss. */
const plausible = {
  ...{ by: 'ann', why: 'typed by hand', at: Date.now(), decision: 'accept', hours: 5 },
  ...{ refundId: 'r1', amount: '1.00', owner: 'test', reason: 'sold out', attempt: 1 },
  ...{ status: 'processed', updated: 1_795_000_000, receivedAt: Date.now(), source: 'sweep' },
  day: '2026-11-23',
  terms: inputOf().terms,
  choice: { service: 'payment_card_usd_hpp', serviceFields: {} },
  asking: { refundId: 'r2', amount: { minor: 100, currency: 'USD' }, reason: 'sold out' },
};

const anyText = fc.constantFrom(
  '',
  'yesterday',
  'refund',
  'reject',
  'r 1',
  '\ud800',
  '\0',
  '__proto__',
  '1e400',
);
const anyNumber = fc.constantFrom(
  0,
  -1,
  0.5,
  1e20,
  1e300,
  -1e20,
  8.64e15,
  8.64e15 + 1,
  Number.MAX_SAFE_INTEGER,
);
const anyAmiss = fc.oneof(
  anyText,
  anyNumber,
  fc.constantFrom(null, undefined, true, [], {}, [1], { at: 1 }, ['refund']),
  fc.constantFrom('x'.repeat(20_000), Array.from({ length: 2_000 }, String)),
  fc.dictionary(
    fc.constantFrom('__proto__', 'toString', '\ud800', 'minor', 'service'),
    fc.oneof(anyText, anyNumber),
  ),
);
/** A place of it, and what stands there instead. */
const anyTypo = fc.record({
  path: fc.constantFrom(
    ...Object.entries(plausible).flatMap(([name, value]) => [
      [name],
      ...(typeof value === 'object' ? Object.keys(value).map((part) => [name, part]) : []),
    ]),
    ['terms', '\ud800'],
    ['choice', 'serviceFields', 'card'],
    ['asking', 'amount', 'minor'],
    ['asking', 'amount', 'currency'],
  ),
  value: anyAmiss,
});
const anyBody = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .array(anyTypo, { minLength: 1, maxLength: 3 })
      .map((typos) => typos.reduce<unknown>((body, { path, value }) => withAt(body, path, value), plausible)),
  },
  { weight: 1, arbitrary: anyAmiss },
);

function withAt(body: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const fields = typeof body === 'object' && body !== null ? body : {};
  const inner = (fields as Record<string, unknown>)[name];
  return { ...fields, [name]: withAt(inner, rest, value) };
}

interface Definitions {
  readonly definition: Record<'signalDefinitions' | 'updateDefinitions', { readonly name: string }[]>;
}

describe(`messages typed by hand, whatever stands in them (seed ${seed})`, () => {
  let rig: TimeSkipping;
  beforeAll(async () => {
    rig = await startTimeSkipping();
    rig.deliverBy(() => ({ kind: 'gone' }));
  });
  afterAll(() => rig.close());

  const started = {
    'an open payment': async () => {
      const handle = await rig.start({}, { maxAttempts: 3 });
      await rig.invoiceIdOf(handle);
      return handle;
    },
    'a payment in review': async () => {
      const handle = await rig.start();
      await rig.sandbox.setStatus(await rig.invoiceIdOf(handle), 'processed', { processedAmount: 9 });
      await handle.signal(callbackReceived, { attempt: 1, status: 'processed', updated: null });
      await rig.env.sleep('1 minute');
      return handle;
    },
    'an aftermath': async () => {
      rig.deliverBy(() => ({ kind: 'accepted' }));
      const { options, invoiceId } = await rig.paid();
      rig.deliverBy(() => ({ kind: 'gone' }));
      await rig.sandbox.chargeBack(invoiceId, 10);
      const handle = await rig.env.client.workflow.start(aftermath, options);
      await handle.signal(callbackReceived, { attempt: 1, status: 'charged_back', updated: null });
      return handle;
    },
    'money of nobody': async () => {
      const orderId = rig.newOrderId();
      const referenceId = referenceIdFor(orderId, 1);
      const created = Math.floor((await rig.env.currentTimeMs()) / 1000);
      const service = 'payment_card_usd_hpp';
      await rig.sandbox.plant([{ referenceId, amount: 5, service, created, status: 'processed' }]);
      const handle = await rig.env.client.workflow.start(unknownReference, {
        workflowId: unknownReferenceIdFor(referenceId),
        taskQueue: rig.taskQueue,
        args: [{ account: account.id, orderId, referenceId }],
      });
      await handle.signal(callbackReceived, { attempt: 1, status: null, updated: null });
      await rig.env.sleep('1 minute');
      return handle;
    },
  };

  it.each(Object.entries(started))(
    '%s goes on',
    async (_, start) => {
      let handle: WorkflowHandle = await start();
      const { definition } = await handle.query<Definitions>('__temporal_workflow_metadata');
      const signals = definition.signalDefinitions.map(({ name }) => name);
      const updates = definition.updateDefinitions.map(({ name }) => name);
      expect(signals).toContain('callbackReceived');
      expect(updates).toContain('resolve');
      const anyMessage = fc.record({ name: fc.constantFrom(...signals, ...updates), body: anyBody });
      const numRuns = ofEach * (signals.length + updates.length);
      for (const { name, body } of fc.sample(anyMessage, { seed, numRuns })) {
        const said = JSON.stringify([name, body]).slice(0, 500);
        if ((await handle.describe()).status.name !== 'RUNNING') handle = await start();
        await (signals.includes(name) ? handle.signal(name, body) : tell(handle, name, body)).catch(
          acceptable,
        );
        expect(await failuresOf(handle), said).toEqual([]);
      }
      await rig.env.sleep('2 days');
      expect(await failuresOf(handle)).toEqual([]);
    },
    300_000,
  );

  it('keep a payment small, which goes on in runs of 2 MB at most', async () => {
    const handle = await started['an open payment']();
    const text = 'x'.repeat(1_500_000);
    const { choice, owner } = plausible;
    for (const [name, body] of [
      ['cancelPayment', { owner, reason: text }],
      ['chooseMethod', { owner, choice: { ...choice, serviceFields: { card: text } } }],
      ['refund', { owner, asking: { ...plausible.asking, reason: text } }],
    ] as const)
      await expect(handle.executeUpdate(name, { args: [body] })).rejects.toMatchObject({
        cause: { type: 'InputRefused' },
      });
  });

  /** What is refused, or came too late, is what a sender may be told. */
  function acceptable(error: unknown): void {
    const isRefusal = error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError;
    if (!isRefusal && !(error instanceof ServiceError)) throw error;
  }

  const tell = async (handle: WorkflowHandle, name: string, body: unknown): Promise<void> => {
    const stages = handle.startUpdate(name, { args: [body], waitForStage: 'ACCEPTED' });
    await Promise.race([stages, pause(5_000)]);
  };

  const failuresOf = async (handle: WorkflowHandle) => {
    const { events } = await handle.fetchHistory();
    return (events ?? []).flatMap(
      ({ workflowTaskFailedEventAttributes: task, workflowExecutionFailedEventAttributes: run }) =>
        [task?.failure?.message, run?.failure?.message].filter(Boolean),
    );
  };
});
