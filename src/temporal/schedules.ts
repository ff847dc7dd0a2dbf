import { ScheduleAlreadyRunning, ScheduleNotFoundError, type Client } from '@temporalio/client';
import { sweepHour } from '../domain/reconciliation/days-due.ts';
import { scheduledSweepWorkflow } from '../../workflows/messages.ts';

export const dailySweepSchedule = 'daily-sweep';

/** What can wait when there is more to do than workers can. */
const whatIsLeft = { priorityKey: 5 };

const plan = (taskQueue: string) => ({
  spec: {
    calendars: [{ hour: sweepHour, minute: 0, comment: 'reports the day before (UTC)' }],
    timezone: 'UTC',
  },
  action: {
    type: 'startWorkflow' as const,
    workflowType: scheduledSweepWorkflow,
    workflowId: dailySweepSchedule,
    taskQueue,
    args: [],
    priority: whatIsLeft,
  },
  policies: { overlap: 'SKIP' as const, catchupWindow: '7 days' as const },
});

/** Registers the schedule, or brings the one that is there up to date; paused, it stays paused. */
export async function provisionSchedule(
  { schedule }: Client,
  taskQueue: string,
): Promise<'added' | 'updated'> {
  const wanted = plan(taskQueue);
  try {
    await schedule.create({ scheduleId: dailySweepSchedule, ...wanted });
    return 'added';
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
  await schedule.getHandle(dailySweepSchedule).update(({ state }) => ({ ...wanted, state }));
  return 'updated';
}

export async function hasSchedule({ schedule }: Client): Promise<boolean> {
  try {
    await schedule.getHandle(dailySweepSchedule).describe();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}
