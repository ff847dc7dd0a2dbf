import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { connectionOptionsFor, dataConverterFor, type TemporalTarget } from './connection.ts';

export interface WorkerParts {
  readonly target: TemporalTarget;
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

export async function startWorker({
  target,
  activities,
  sinks,
  workflows,
}: WorkerParts): Promise<RunningWorker> {
  const connection = await NativeConnection.connect(connectionOptionsFor(target));
  const worker = await Worker.create({
    connection,
    namespace: target.namespace,
    taskQueue: target.taskQueue,
    activities,
    sinks: sinks ?? {},
    dataConverter: dataConverterFor(target),
    ...workflows,
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    activityTaskPollerBehavior: { type: 'autoscaling' },
    // An accepted activity is a call of at most 10 s; the process has 30 s to drain (contract, section 1).
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
