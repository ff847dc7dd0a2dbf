import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { toOrderId } from '../../src/domain/identity.ts';
import { paymentsOver } from '../../src/payments/over-temporal.ts';
import { DeadlineError } from '../../src/temporal/deadline.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { card } from './cases/play.ts';
import { policyIn } from '../support/policy.ts';

/** What an order service may count on (docs/contract.md §3). */
const longestMs = 10_000;

describe('while the platform never answers', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());
  beforeEach(() => rig.sandbox.fault({ times: 0, fault: { type: 'timeout' } }));
  afterEach(() => rig.startWorker());
  afterEach(() => rig.sandbox.clearFaults());

  async function timed(terms: object) {
    const begun = Date.now();
    const { status, body } = await rig.put(rig.newOrder(), terms);
    return { answer: [status, body.status], isInTime: Date.now() - begun <= longestMs };
  }

  it('PUT is 202 in time', async () => {
    expect(await timed(card)).toEqual({ answer: [202, 'creating'], isInTime: true });
  }, 30_000);

  it('PUT is 202 in time also where no worker runs', async () => {
    await rig.stopWorker();
    expect(await timed(card)).toEqual({ answer: [202, 'creating'], isInTime: true });
  }, 30_000);

  it('PUT that leaves the method to the customer is answered in time', async () => {
    expect(await timed({})).toEqual({ answer: [201, 'choosing'], isInTime: true });
  }, 30_000);

  it('is 201 to the request that started the payment, and 200 to the next, also where each was answered too late', async () => {
    await rig.sandbox.clearFaults();
    const { temporal, environment } = rig;
    const policy = { ...policyIn(environment), tellsOutcomes: true };
    const accountIds = () => [policy.account] as const;
    const source = {
      accountIds,
      find: () => Promise.resolve([]),
      policyFor: () => policy,
      isOwner: () => true,
    };
    const { starter } = paymentsOver(temporal, environment['TEMPORAL_TASK_QUEUE'] ?? '', source);
    const start = temporal.workflow.startUpdateWithStart.bind(temporal.workflow);
    vi.spyOn(temporal.workflow, 'startUpdateWithStart').mockImplementation(async (...asked) => {
      await (await start(...asked)).result();
      throw new DeadlineError('late');
    });
    onTestFinished(() => void vi.restoreAllMocks());
    const orderId = toOrderId(rig.newOrder());
    const amount = { minor: 10_055, currency: 'USD' };
    const terms = { amount, flow: 'charge', channel: 'private', locale: 'en' } as const;
    const put = () =>
      starter.start({ orderId, owner: 'rig', requestId: randomUUID(), terms, policy }, Date.now());
    expect(await put()).toMatchObject({ status: 201, body: { status: 'choosing' } });
    expect(await put()).toMatchObject({ status: 200, body: { status: 'choosing' } });
  }, 30_000);
});
