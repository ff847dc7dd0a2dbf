import { toForeignReference } from '../../../src/domain/identity.ts';
import { unknownReferenceIdFor } from '../../../src/payments/callback-inbox.ts';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { dayAfter, dayOf, startOf } from '../../../src/domain/reconciliation/day.ts';
import type { startGate } from '../../support/gate.ts';
import type { Rig } from '../../support/rig.ts';
import { runSweep } from '../../support/sweeping.ts';
import { card, invoiceOf, paid, refund, set, told, until } from '../cases/play.ts';

/** What makes alerts fire, and what a person does about it. */
export interface Fault {
  readonly alerts: readonly string[];
  /** Absent where time alone does it. */
  readonly breaks?: () => unknown;
  /** Absent where the alert looks back, and so clears by time alone. */
  readonly mends?: () => unknown;
}

const operator = { by: 'ann', why: 'as the runbook says' };
// No other test sweeps these days; all tests share one server.
const swept = (daysAgo: number): string => dayAfter(dayOf(Date.now() / 1000), -daysAgo);

/** The platform is asked again after a pause, which grows with each try. */
const created = (rig: Rig, orderId: string) =>
  expect
    .poll(async () => (await rig.get(orderId)).body.status, {
      message: orderId,
      timeout: 90_000,
      interval: 250,
    })
    .toBe('awaiting_payment');

async function pay(rig: Rig, orderId: string): Promise<void> {
  await set(rig, orderId, 'processed');
  await until(rig, orderId, 'paid');
}

interface Stage {
  readonly rig: Rig;
  /** The way of all processes to Temporal. */
  readonly gate: Awaited<ReturnType<typeof startGate>>;
  /** Awaits its payment from the start. */
  readonly oldest: string;
}

export function faultsOf({ rig, gate, oldest }: Stage) {
  return {
    ...faultsOfPlatform(rig, oldest),
    ...faultsOfPeople(rig),
    ...faultsOfSweep(rig),
    temporalIsAway: {
      alerts: ['PaytoneIngressNotReady', 'PaytoneSurveyStale'],
      breaks: () => gate.shut(),
      mends: () => gate.open(),
    },
    noWorker: {
      alerts: ['PaytoneWorkerNotPolling'],
      breaks: () => rig.stopWorker(),
      mends: () => rig.startWorker(),
    },
  } satisfies Record<string, Fault>;
}

function faultsOfPlatform(rig: Rig, oldest: string) {
  const rejected = [rig.newOrder(), rig.newOrder(), rig.newOrder()];
  const silent = rig.newOrder();
  return {
    credentialsRejected: {
      alerts: ['PaytoneCredentialsRejected'],
      async breaks() {
        // Once creates are rejected, its own would be held back, and it would wait for that instead.
        await expect.poll(() => rig.sandbox.journal(silent), { timeout: 20_000 }).not.toEqual([]);
        await rig.sandbox.account({ credentialsRejected: true });
        for (const orderId of rejected) await rig.begin(orderId, card);
      },
      async mends() {
        await rig.sandbox.account({ credentialsRejected: false });
        for (const orderId of rejected) {
          await created(rig, orderId);
          await pay(rig, orderId);
        }
      },
    },
    platformSilent: {
      alerts: ['PaytonePlatformSilent'],
      async breaks() {
        const fault = { type: 'status', status: 503 };
        await rig.sandbox.fault({ match: { referenceId: silent }, times: 0, fault });
        await rig.begin(silent, card);
      },
      async mends() {
        await rig.sandbox.clearFaults();
        await created(rig, silent);
        await pay(rig, silent);
      },
    },
    openForLong: {
      alerts: ['PaytoneOldestOpenPayment'],
      mends: () => pay(rig, oldest),
    },
    forgedCallbacks: {
      alerts: ['PaytoneForgedCallbacks'],
      breaks: async () => rig.sandbox.sendCallback(await invoiceOf(rig, oldest), { forged: true, times: 60 }),
    },
    wrongKeys: {
      alerts: ['PaytoneWrongKeys'],
      // Over several scrapes: a burst between two of them is soon out of a window of seconds.
      async breaks() {
        for (let guess = 0; guess < 10; guess++) {
          await rig.call('GET', '/v1/payments/A1', undefined, 'guess');
          await setTimeout(1_000);
        }
      },
    },
  };
}

function faultsOfPeople(rig: Rig) {
  const [parked, failing, refused, other] = [rig.newOrder(), rig.newOrder(), rig.newOrder(), rig.newOrder()];
  return {
    outcomeParked: {
      alerts: ['PaytoneOutcomesParked'],
      async breaks() {
        rig.outcomes.answerWith(410);
        await rig.put(parked, card);
        await pay(rig, parked);
      },
      async mends() {
        rig.outcomes.answerWith(204);
        await rig.handle(parked).executeUpdate('redeliver-outcome', { args: [operator] });
        await told(rig, parked, 'paid');
      },
    },
    outcomesFailing: {
      alerts: ['PaytoneOutcomesFailing'],
      async breaks() {
        rig.outcomes.answerWith(500);
        await rig.put(failing, card);
        await pay(rig, failing);
      },
      async mends() {
        rig.outcomes.answerWith(204);
        await rig.handle(failing).executeUpdate('redeliver-outcome', { args: [operator] });
        await told(rig, failing, 'paid');
      },
    },
    refundRefused: {
      alerts: ['PaytoneRefundRefused'],
      async breaks() {
        await paid(rig, refused);
        const body = { errors: { amount: 'Refunds are off.' } };
        const match = { operation: 'refund.create' };
        await rig.sandbox.fault({ match, fault: { type: 'status', status: 422, body } });
        await refund(rig, refused, 'r1');
      },
      mends: () =>
        rig.temporal.workflow
          .getHandle(`aftermath-${refused}`)
          .executeUpdate('acknowledge', { args: [operator] }),
    },
    otherAmount: {
      alerts: ['PaytoneReviewWaiting'],
      async breaks() {
        await rig.put(other, card);
        await set(rig, other, 'partially_processed', { processedAmount: 50 });
      },
      mends: () =>
        rig.handle(other).executeUpdate('resolve', { args: [{ decision: 'accept', ...operator }] }),
    },
  };
}

function faultsOfSweep(rig: Rig) {
  const nobody = `L${randomUUID()}`;
  const parkedAs = unknownReferenceIdFor(toForeignReference(nobody));
  rig.replays(parkedAs);
  return {
    neverSwept: { alerts: ['PaytoneSweepMissing'], mends: () => runSweep(rig, swept(12)) },
    sweptLongAgo: { alerts: ['PaytoneSweepMissing'], mends: () => runSweep(rig, swept(10)) },
    /** Money that nobody ordered; and the list's second page goes on with today's invoices. */
    wrongList: {
      alerts: ['PaytoneSweepFindings', 'PaytoneSweepIncomplete', 'PaytoneLateMoney'],
      async breaks() {
        const time = startOf(swept(11)) + 1_000;
        const invoice = { amount: 10, service: card.service, status: 'processed' };
        // Changed last before that day began: no news.
        const old = Array.from({ length: 100 }, (_, index) => ({
          ...invoice,
          referenceId: `L${randomUUID()}`,
          created: time - 900 + index,
          updated: time - 1_001,
        }));
        await rig.sandbox.plant([...old, { ...invoice, referenceId: nobody, created: time }]);
        const match = { operation: 'invoice.list' };
        const today = { 'data.0.attributes.created': Math.floor(Date.now() / 1000) };
        await rig.sandbox.fault({ match, fault: { type: 'rewrite' } });
        await rig.sandbox.fault({ match, fault: { type: 'rewrite', set: today } });
        await runSweep(rig, swept(11));
      },
      mends: () =>
        rig.temporal.workflow
          .getHandle(parkedAs)
          .executeUpdate('resolve', { args: [{ decision: 'accept', ...operator }] }),
    },
  };
}
