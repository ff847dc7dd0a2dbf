import { randomUUID } from 'node:crypto';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { inject } from 'vitest';
import { startTemporalServer, type TemporalServer } from '../../../src/dev/temporal-server.ts';
import { provision } from '../../support/global-setup.ts';
import type { Rig } from '../../support/rig.ts';
import { startStage, type Stage } from './stage.ts';

const flags = [
  'frontend.WorkflowTimeSkippingEnabled=true',
  'frontend.WorkflowTimeSkippingMaxSkipPerSession=100000',
  // A timer fires within so long after it is due: a second, else.
  'history.timerProcessorMaxTimeShift="10ms"',
];

/** A development server of a file's own, whose workflows can be moved ahead in time one by one; `more`: of its settings. */
export async function startSkippingServer(more: readonly string[] = []): Promise<TemporalServer> {
  const server = await startTemporalServer({
    executable: inject('temporalCliPath'),
    extraArgs: [...flags, ...more].flatMap((flag) => ['--dynamic-config-value', flag]),
  });
  await provision(server.address);
  return server;
}

const namespace = 'default';
const hourMs = 60 * 60 * 1000;
const {
  FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED: completed,
  FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED: failed,
} = proto.temporal.api.enums.v1.FastForwardPollingResult;

/** Moves a running workflow on by so many hours: each of its timers fires on the way, and is answered by its worker. */
export async function fastForward(
  { temporal }: Pick<Rig, 'temporal'>,
  workflowId: string,
  hours: number,
): Promise<void> {
  const { workflowService } = temporal;
  const workflowExecution = { workflowId };
  const fastForwardId = randomUUID();
  const fastForwardConfig = { id: fastForwardId, duration: msToTs(hours * hourMs) };
  await workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution,
    workflowExecutionOptions: { timeSkippingConfig: { enabled: true, fastForwardConfig } },
    updateMask: { paths: ['time_skipping_config'] },
  });
  for (;;) {
    const { fastForwardPollingResult: result, failedReason } =
      await workflowService.pollWorkflowExecutionTimeSkipping({
        namespace,
        workflowExecution,
        fastForwardId,
      });
    if (result === failed && !/ended/.test(failedReason)) throw new Error(failedReason);
    // Or the workflow ended on the way.
    if (result === completed || result === failed) return;
  }
}

/** A test on a stage of its own, so that several can wait for their skipped days at once. */
export async function onStage(
  environment: Record<string, string>,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const stage = await startStage(environment);
  try {
    await play(stage);
  } finally {
    await stage.close();
  }
}

/** Events of each run of a workflow, the newest first. */
export async function historiesOf({ temporal }: Rig, workflowId: string): Promise<number[]> {
  const lengths: number[] = [];
  for await (const { historyLength } of temporal.workflow.list({ query: `WorkflowId = '${workflowId}'` }))
    lengths.push(historyLength);
  return lengths;
}
