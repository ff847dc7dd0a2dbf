import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { fetch } from 'undici';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { startTemporalServer, type TemporalServer } from '../../src/dev/temporal-server.ts';
import { AttentionList } from '../../src/operators/attention-list.ts';
import { surveyPayments } from '../../src/operators/survey.ts';
import { startWorkerProcess, type BuiltProcess } from '../support/built-process.ts';
import { changedBuild } from '../support/changed-build.ts';
import { reordered } from '../support/changed-workflows.ts';
import { runCli } from '../support/command-line.ts';
import { provision } from '../support/global-setup.ts';
import { sample } from '../support/prometheus.ts';
import {
  hasPrometheus,
  readAlertRules,
  startPrometheus,
  type Prometheus,
} from '../support/prometheus-server.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { freePort } from '../support/whole-product.ts';
import { card, paid, set, told, until } from './cases/play.ts';

const run = promisify(execFile);
const alert = 'PaytonePaymentStopped';
const failed = 'temporal_workflow_task_execution_failed_total';
const isThere = await hasPrometheus();

/** Another first step, for these orders alone: neither of both versions can replay what the other began. */
const otherFirstStep = (orders: string) => [
  {
    file: 'workflows/payment.ts',
    from: "import { runStartedAt } from './clock.ts';",
    to: "import { sleep } from '@temporalio/workflow';\nimport { runStartedAt } from './clock.ts';",
  },
  {
    file: 'workflows/payment.ts',
    from: '  const opened =',
    to: `  if (input.orderId.startsWith('${orders}')) await sleep(1);\n  const opened =`,
  },
];

/** Temporal's default is five failures in a row, which take a minute. */
const soon = [
  '--dynamic-config-value',
  'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2',
];

const shown = z.object({ events: z.array(z.object({ eventId: z.string(), eventType: z.string() })) });
const operator = { by: 'ann', why: 'as the runbook says' };
const runOf = (orderId: string): string[] => ['--workflow-id', `payment-${orderId}`];
const lastCompleted = (history: string): string =>
  shown
    .parse(JSON.parse(history))
    .events.findLast(({ eventType }) => /WORKFLOW_TASK_COMPLETED/.test(eventType))?.eventId ?? '';

describe('a payment whose workflow tasks fail', () => {
  const orders = `B${randomUUID().slice(0, 8)}`;
  let server: TemporalServer;
  let rig: Rig;
  let faulty: Awaited<ReturnType<typeof changedBuild>>;
  let worker: BuiltProcess | null = null;
  let port: number;
  beforeAll(async () => {
    server = await startTemporalServer({ executable: inject('temporalCliPath'), extraArgs: soon });
    await provision(server.address);
    port = await freePort();
    rig = await startRig({
      TEMPORAL_ADDRESS: server.address,
      SURVEY_SECONDS: '1',
      POLL_SCHEDULE_SECONDS: '86400',
    });
    await rig.stopWorker();
    faulty = await changedBuild([...otherFirstStep(orders), reordered]);
  });
  afterAll(async () => {
    await worker?.end('SIGTERM');
    await rig.close();
    await server.stop();
    await faulty.remove();
  });

  /** In place of the one that runs, as a release or its roll-back does. */
  async function deploy(tree?: string): Promise<void> {
    await worker?.end('SIGTERM');
    const environment = { ...rig.environment, ADMIN_PORT: String(port) };
    worker = await startWorkerProcess(environment, tree === undefined ? {} : { tree });
  }
  const metrics = (): Promise<string | null> =>
    fetch(`http://127.0.0.1:${port}/metrics`).then(
      (answer) => answer.text(),
      () => null,
    );
  const cli = (...args: string[]) => runCli(rig.environment, ...args);
  const temporal = async (...words: string[]): Promise<string> =>
    (await run(inject('temporalCliPath'), [...words, '--address', server.address])).stdout;
  const becomesStopped = (orderId: string) =>
    expect
      .poll(async () => (await cli('attention', '--reason', 'stopped')).out, { timeout: 60_000 })
      .toMatch(new RegExp(`\nstopped +${orderId} `));
  const nothingIsStopped = () =>
    expect
      .poll(async () => (await cli('attention')).out, { timeout: 60_000 })
      .toContain('Nothing needs attention in ');

  describe.skipIf(!isThere && !env['CI'])('fires the alert', () => {
    let prometheus: Prometheus;
    beforeAll(async () => {
      const rules = (await readAlertRules()).replaceAll('for: 1m', 'for: 1s').replace('[10m]', '[12s]');
      prometheus = await startPrometheus({ worker: metrics }, rules);
    });
    afterAll(() => prometheus.stop());
    const becomes = (state: string) =>
      expect.poll(() => prometheus.stateOf(alert), { timeout: 90_000, interval: 250 }).toBe(state);

    it('is named, takes callbacks, harms no other, and goes on once the workers are rolled back', async () => {
      const [orderId, other] = [`${orders}a`, `C${randomUUID()}`];
      await deploy();
      expect((await rig.put(orderId, card)).body.status).toBe('awaiting_payment');
      expect((await cli('attention')).out).toContain('Nothing needs attention in ');
      expect(await prometheus.stateOf(alert)).toBe('inactive');

      await deploy(faulty.tree);
      const [invoice] = await rig.sandbox.invoices(orderId);
      await rig.sandbox.setStatus(invoice?.id ?? '', 'processed');
      await becomes('firing');
      await becomesStopped(orderId);
      const listed = await cli('attention');
      expect(listed.out).toMatch(
        /stands still: its workflow tasks fail since 20\S+Z \(NonDeterministicError\)\./,
      );
      const text = (await metrics()) ?? '';
      expect(sample(text, 'paytone_attention', { reason: 'stopped' })).toBe(1);
      expect(sample(text, failed, { failure_reason: 'NonDeterminismError' })).toBeGreaterThan(0);
      expect((await rig.get(orderId)).status).toBe(503);
      expect(await cli('show', orderId)).toMatchObject({
        code: 1,
        error: expect.stringContaining('its workflow tasks fail (see "attention")') as string,
      });
      await paid(rig, other);

      await deploy();
      await until(rig, orderId, 'paid');
      await told(rig, orderId, 'paid');
      await becomes('inactive');
      await nothingIsStopped();
      expect(rig.outcomes.of(orderId)).toHaveLength(1);
      // eslint-disable-next-line no-console
      console.log(listed.out);
    }, 240_000);
  });

  it('and that no good version can replay is mended by a reset: one invoice, each outcome once, nothing forgotten', async () => {
    // The faulty version delivered an outcome of one of them only.
    const [asked, begun] = [`A${randomUUID()}`, `${orders}b`];
    await deploy();
    expect((await rig.put(asked, card)).body.status).toBe('awaiting_payment');
    const good = lastCompleted(await temporal('workflow', 'show', ...runOf(asked), '--output', 'json'));

    await deploy(faulty.tree);
    await rig.handle(asked).executeUpdate('reconcile-now', { args: [operator] });
    await rig.put(begun, card);
    await set(rig, begun, 'processed', { processedAmount: 50 });
    await told(rig, begun, 'review');

    await deploy();
    // Taken by the ingress, and not acted on.
    await set(rig, asked, 'processed');
    await set(rig, begun, 'processed', { processedAmount: 100.55 });
    await becomesStopped(asked);
    await becomesStopped(begun);

    const reset = ['workflow', 'reset', '--reason', 'no version replays what the last release did'];
    await temporal(...reset, ...runOf(asked), '--event-id', good);
    await temporal(...reset, ...runOf(begun), '--type', 'FirstWorkflowTask');
    for (const orderId of [asked, begun]) {
      await told(rig, orderId, 'paid');
      await rig.handle(orderId).result();
      expect(await rig.sandbox.invoices(orderId)).toHaveLength(1);
      rig.replays(`payment-${orderId}`);
    }
    await nothingIsStopped();
    expect(typesOf(asked)).toEqual(['payment.paid']);
    expect(typesOf(begun)).toEqual(['payment.review', 'payment.paid']);
    expect(new Set(rig.outcomes.of(begun).map(({ id }) => id)).size).toBe(2);
    // The operator's update came after the event that the payment was reset to.
    expect((await cli('show', asked)).out).toContain('ann: reconcile-now');
  }, 240_000);
  const typesOf = (orderId: string): string[] => rig.outcomes.of(orderId).map(({ type }) => type);

  it('is left out where Temporal does not report it, and the others are listed', async () => {
    const client = rig.temporal;
    const { workflow } = client;
    const unreported = (query = ''): string => query.replace('TemporalReportedProblems', 'TemporalNothing');
    const count = workflow.count.bind(workflow);
    const list = workflow.list.bind(workflow);
    vi.spyOn(workflow, 'count').mockImplementation((query) => count(unreported(query)));
    vi.spyOn(workflow, 'list').mockImplementation((options) =>
      list({ ...options, query: unreported(options?.query) }),
    );
    onTestFinished(() => void vi.restoreAllMocks());
    const orderId = rig.newOrder();
    await deploy();
    await rig.put(orderId, card);
    await set(rig, orderId, 'processed', { processedAmount: 50 });
    const queue = rig.environment['TEMPORAL_TASK_QUEUE'] ?? '';
    await expect
      .poll(() => surveyPayments(client, queue), { timeout: 20_000 })
      .toMatchObject({ stopped: null, attention: { review: 1 } });
    const attention = new AttentionList(client, queue);
    expect(await attention.rows()).toMatchObject([{ orderId, attention: 'review', stopped: null }]);
    expect(await attention.rows('stopped')).toEqual([]);
    await rig.handle(orderId).executeUpdate('resolve', { args: [{ decision: 'accept', ...operator }] });
  });
});
