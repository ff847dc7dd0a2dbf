import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { PageInput, PageOutcome } from '../../activities/reconciliation.ts';
import { emptyTally } from '../../src/domain/reconciliation/report.ts';
import { toFinding } from '../../src/domain/reconciliation/compare.ts';
import { dailySweep } from '../../workflows/index.ts';
import { snapshotOf } from '../support/payment-facts.ts';
import { plainBundle } from '../support/rig.ts';
import { silentSinks } from '../support/silent-sinks.ts';

const page: PageOutcome = {
  at: Date.now(),
  tally: { ...emptyTally, pages: 1, read: 100 },
  next: null,
  stuck: null,
};
const after = (number: number): PageOutcome => ({
  ...page,
  next: { cursor: `cpi_${number}`, edge: { second: 1_000 - number, ids: [] } },
});

describe('the walk, in time', () => {
  let env: TestWorkflowEnvironment;
  beforeAll(async () => {
    env = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: inject('timeSkippingServerPath') } },
    });
  });
  afterAll(() => env.teardown());

  /** Runs a sweep whose pages are answered by `answer`. */
  async function sweep(answer: (input: PageInput) => PageOutcome, tellFindings = () => Promise.resolve()) {
    const taskQueue = `sweep-${randomUUID()}`;
    const comparePage = (input: PageInput) => Promise.resolve().then(() => answer(input));
    const activities = { comparePage, tellFindings };
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue,
      workflowBundle: plainBundle(),
      activities,
      sinks: silentSinks,
    });
    return worker.runUntil(async () => {
      const handle = await env.client.workflow.start(dailySweep, {
        workflowId: taskQueue,
        taskQueue,
        args: [{ day: '2026-11-20' }],
      });
      const report = await handle.result();
      return { report, runs: handle.firstExecutionRunId === (await handle.describe()).runId ? 1 : 'several' };
    });
  }

  it('continues as new, where it was', async () => {
    const cursors: (string | null)[] = [];
    const { report, runs } = await sweep(({ cursor }) => {
      cursors.push(cursor);
      return cursors.length < 150 ? after(cursors.length) : page;
    });
    expect(cursors).toEqual([null, ...Array.from({ length: 149 }, (_, index) => `cpi_${index + 1}`)]);
    expect(report).toMatchObject({ incomplete: null, walked: { pages: 150, read: 15_000 } });
    expect(runs).toBe('several');
  });

  it('tries a page again, and after 20 hours ends with what it has', async () => {
    const asked: string[] = [];
    const { report } = await sweep(({ cursor }) => {
      if (cursor === null) return after(1);
      asked.push(cursor);
      throw ApplicationFailure.create({ type: 'CredentialsRejected', message: 'no', nonRetryable: true });
    });
    expect(report).toMatchObject({
      incomplete: 'the platform or Temporal did not answer in time',
      walked: { pages: 1 },
    });
    expect(new Set(asked)).toEqual(new Set(['cpi_1']));
    const hours = (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 3_600_000;
    expect(hours).toBeGreaterThan(19);
    expect(hours).toBeLessThanOrEqual(20);
  });

  it('says that it is incomplete where the list is wrong, or a finding cannot be handed on', async () => {
    const stuck = await sweep(() => ({ ...after(1), stuck: 'the list is wrong' }));
    expect(stuck.report.incomplete).toBe('the list is wrong');
    const finding = toFinding('paid_there', { ...snapshotOf(), chargedBackAmount: null }, null);
    const tally = { ...page.tally, findings: [finding], counts: { paid_there: 1 } };
    const refused = () => Promise.reject(ApplicationFailure.nonRetryable('no'));
    const untold = await sweep(() => ({ ...page, tally }), refused);
    expect(untold.report).toMatchObject({
      findings: [finding],
      incomplete: 'a finding could not be handed on',
    });
  });
});
