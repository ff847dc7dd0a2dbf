import {
  NativeConnection,
  Worker,
  type WorkerDeploymentOptions,
  type WorkerOptions,
} from '@temporalio/worker';
import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { cachedPaymentsFor } from './cached-payments.ts';
import { concealErrors } from './conceal-customer-data.ts';
import { connectionOptionsFor, workerConverterFor, type TemporalTarget } from './connection.ts';
import { activityTracing } from './trace-headers.ts';

const tracingModule = fileURLToPath(new URL('../../workflows/tracing', import.meta.url));

/** Which version of the workflows a worker runs; payments stay with the version that they began with. */
interface Deployment {
  readonly deploymentName: string;
  readonly buildId: string;
}

export interface WorkerParts {
  readonly target: TemporalTarget;
  /** Null: workers of all versions share all payments. */
  readonly deployment: Deployment | null;
  readonly activities: object;
  readonly sinks: WorkerOptions['sinks'];
  /** A bundle made ahead of time, or where to make one from. */
  readonly workflows: Pick<WorkerOptions, 'workflowBundle'> | Pick<WorkerOptions, 'workflowsPath'>;
}

export interface RunningWorker {
  readonly isPolling: () => boolean;
  /** Ends when the worker has drained, or fails when it cannot go on. */
  readonly finished: Promise<void>;
  stop(): Promise<void>;
}

const versioned = (version: Deployment): WorkerDeploymentOptions => ({
  useWorkerVersioning: true,
  version,
  defaultVersioningBehavior: 'PINNED',
});

/** Of the container, where there is one; it says 0 or more than there is where it has no limit. */
const memoryLimit = (): number => Math.min(constrainedMemory() || Infinity, totalmem());

export async function startWorker(parts: WorkerParts): Promise<RunningWorker> {
  const { target, deployment, activities, sinks, workflows } = parts;
  const connection = await NativeConnection.connect(connectionOptionsFor(target));
  const worker = await Worker.create({
    connection,
    namespace: target.namespace,
    taskQueue: target.taskQueue,
    activities,
    sinks: sinks ?? {},
    interceptors: {
      activity: [activityTracing, concealErrors],
      ...('workflowsPath' in workflows && { workflowModules: [tracingModule] }),
    },
    dataConverter: workerConverterFor(target),
    ...workflows,
    ...(deployment && { workerDeploymentOptions: versioned(deployment) }),
    maxCachedWorkflows: cachedPaymentsFor({
      heap: getHeapStatistics().heap_size_limit,
      memory: memoryLimit(),
    }),
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    activityTaskPollerBehavior: { type: 'autoscaling' },
    // An accepted activity is a call of at most 10 s; the process has 30 s to drain (docs/contract.md §1).
    shutdownGraceTime: '15 seconds',
    shutdownForceTime: '25 seconds',
  });
  const finished = worker.run().finally(() => connection.close());
  return {
    isPolling: () => worker.getState() === 'RUNNING',
    finished,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await finished;
    },
  };
}
