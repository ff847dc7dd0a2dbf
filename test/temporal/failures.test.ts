import { randomUUID } from 'node:crypto';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { temporalConfig } from '../../src/config/config.ts';
import type { PaymentInput } from '../../src/domain/payment/payment.ts';
import { toOrderId } from '../../src/domain/identity.ts';
import { concealErrors } from '../../src/temporal/conceal-customer-data.ts';
import { connectLazily, disconnect } from '../../src/temporal/connection.ts';
import { eventsOf } from '../../src/operators/history.ts';
import { startWorker, type RunningWorker } from '../../src/temporal/worker.ts';
import { payloadKey } from '../support/histories.ts';
import { inputOf } from '../support/payment-facts.ts';
import { workflowBundle } from '../support/rig.ts';
import { silentSinks } from '../support/silent-sinks.ts';

const secret = 'Sally Secret';

describe('an error that nobody foresaw in an activity', () => {
  const thrown = async (error: unknown): Promise<unknown> => {
    const environment = new MockActivityEnvironment(
      {},
      { interceptors: [concealErrors], logger: new DefaultLogger('ERROR') },
    );
    return environment.run(() => Promise.reject(error as Error)).catch((failure: unknown) => failure);
  };

  it('reaches Temporal as its name and where it came from', async () => {
    const failure = await thrown(new TypeError(`cannot read ${secret}\n${secret}`));
    expect(failure).toBeInstanceOf(ApplicationFailure);
    const { type, message, stack, cause } = failure as ApplicationFailure;
    expect([type, message, cause]).toEqual(['Unexpected', 'unexpected TypeError', undefined]);
    expect(stack).toMatch(/^unexpected TypeError\n +at .*failures\.test\.ts/);
    expect(stack).not.toContain(secret);
  });

  it('is nothing but its kind where it is no error, or has a name of its own', async () => {
    expect(await thrown(secret)).toMatchObject({ message: 'unexpected string' });
    const named = Object.assign(new Error('x'), { name: `${secret}!` });
    expect(await thrown(named)).toMatchObject({ message: 'unexpected Error' });
  });

  it('leaves what was made for Temporal', async () => {
    for (const error of [ApplicationFailure.create({ type: 'Refused' }), new CancelledFailure('stop')])
      expect(await thrown(error)).toBe(error);
  });
});

const paymentInput: PaymentInput = {
  ...inputOf({}, { maxAttempts: 1 }),
  orderId: toOrderId(`A${randomUUID()}`),
};

describe('failures with PAYLOAD_KEYS', () => {
  const taskQueue = `failures-${randomUUID()}`;
  const target = temporalConfig({
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_TASK_QUEUE: taskQueue,
    PAYLOAD_KEYS: payloadKey,
  });
  const client = connectLazily(target);
  const workflowId = `payment-${taskQueue}`;
  let worker: RunningWorker;
  beforeAll(async () => {
    worker = await startWorker({
      target,
      deployment: null,
      activities: {
        createInvoice: () =>
          Promise.reject(ApplicationFailure.create({ type: 'Refused', message: secret, nonRetryable: true })),
        deliverOutcome: () => Promise.resolve({ at: Date.now() }),
      },
      sinks: silentSinks,
      workflows: { workflowBundle: workflowBundle() },
    });
  });
  afterAll(async () => {
    await worker.stop();
    await disconnect(client);
  });

  it('are encrypted, stacks too, and told by the story to those who have the keys', async () => {
    const handle = await client.workflow.start('payment', {
      workflowId,
      taskQueue,
      args: [paymentInput],
    });
    await handle.result();
    const { events } = await handle.fetchHistory();
    const failures = (events ?? []).flatMap(
      ({ activityTaskFailedEventAttributes: failed }) => failed?.failure ?? [],
    );
    expect(failures.map(({ message, stackTrace }) => [message, stackTrace])).toEqual([
      ['Encoded failure', ''],
    ]);
    expect(Buffer.from(failures[0]?.encodedAttributes?.metadata?.['encoding'] ?? []).toString()).toBe(
      'binary/aes-256-gcm',
    );
    const told = async (as: typeof client) => (await eventsOf(as, workflowId)).map(({ what }) => what);
    expect(await told(client)).toContain(`createInvoice gave up: ${secret}`);
    const keyless = connectLazily({ ...target, payloadKeys: [] });
    expect(await told(keyless)).toContain('createInvoice gave up: Encoded failure');
    await disconnect(keyless);
  });
});
