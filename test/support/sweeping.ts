import type { Report } from '../../src/domain/reconciliation/report.ts';
import { sweepIdFor, type SweepInput } from '../../workflows/messages.ts';
import type { Rig } from './rig.ts';

/** Starts the sweep of a day as an operator would by hand. */
export const startSweep = (
  { temporal, environment, replays }: Rig,
  day: string,
  more: Partial<SweepInput> = {},
) => {
  replays(sweepIdFor(day));
  return temporal.workflow.start<(input: SweepInput) => Promise<Report>>('dailySweep', {
    workflowId: sweepIdFor(day),
    taskQueue: environment['TEMPORAL_TASK_QUEUE'] ?? '',
    args: [{ day, ...more }],
  });
};

export const runSweep = async (rig: Rig, day: string): Promise<Report> =>
  (await startSweep(rig, day)).result();
