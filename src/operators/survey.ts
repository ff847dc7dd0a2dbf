import { setTimeout } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { dailySweepWorkflow, paymentWorkflow } from '../../workflows/messages.ts';
import { attentions, attributes, type AnyAttention } from '../../workflows/search-attributes.ts';
import { toIso } from '../domain/time.ts';
import { within } from '../temporal/deadline.ts';
import { isStopped, whereReported } from './stopped-runs.ts';
import { ofTaskQueue } from '../temporal/visibility-rows.ts';

export interface Survey {
  readonly attention: Readonly<Record<AnyAttention, number>>;
  /** Workflows that stand still because their workflow tasks fail; null where the server does not tell. */
  readonly stopped: number | null;
  /**
   * Of the oldest payment that is neither over nor in review, to within 5 %; 0 where there is none. A payment that
   * an operator has watched on is left out until then.
   */
  readonly oldestOpenSeconds: number;
  /** Of the oldest payment with an outcome that the order service has not taken; the same way. */
  readonly oldestUntoldSeconds: number;
  /** Epoch milliseconds; null where the namespace knows of none. */
  readonly sweptAt: number | null;
}

const youngestSeconds = 60;
/** Older than this, only what an operator has watched on has its deadline before it. */
const longestSeconds = 3 * 24 * 60 * 60;
const oldestSeconds = 400 * 24 * 60 * 60;
const precision = 1.05;

/** Of one count. Those beside a failed one go on, and must be over before their connection is closed. */
const mostMs = 10_000;

/** Counts payments by Temporal's visibility, whose queries are no billable actions. */
export async function surveyPayments(client: Client, taskQueue: string, now = Date.now()): Promise<Survey> {
  const ours = ofTaskQueue(taskQueue);
  const count = async (...conditions: readonly string[]): Promise<number> =>
    (await within(mostMs, client.workflow.count([ours, ...conditions].join(' AND ')))).count;
  const attention = await Promise.all(
    attentions.map(async (reason) => [
      reason,
      await count("ExecutionStatus = 'Running'", `${attributes.attention.name} = '${reason}'`),
    ]),
  );
  const due = attributes.expiresAt.name;
  const isOpen = [
    `WorkflowType = '${paymentWorkflow}'`,
    "ExecutionStatus = 'Running'",
    `${attributes.status.name} IN ('choosing', 'creating', 'awaiting_payment', 'canceling')`,
    `(${due} IS NULL OR ${due} <= '${toIso(now)}' OR StartTime > '${toIso(now - longestSeconds * 1000)}')`,
  ];
  const isUntold = [
    "ExecutionStatus = 'Running'",
    `${attributes.attention.name} IN ('outcome-failing', 'outcome-parked')`,
  ];
  const ageOf = async (conditions: readonly string[], since: string): Promise<number> => {
    const olderThan = (seconds: number): Promise<number> =>
      count(...conditions, `${since} <= '${toIso(now - seconds * 1000)}'`);
    return (await count(...conditions)) === 0 ? 0 : ageOfOldest(olderThan);
  };
  return {
    attention: Object.fromEntries(attention) as Survey['attention'],
    stopped: await whereReported(count("ExecutionStatus = 'Running'", isStopped)),
    oldestOpenSeconds: await ageOf(isOpen, 'StartTime'),
    oldestUntoldSeconds: await ageOf(isUntold, attributes.openedAt.name),
    sweptAt: await lastSweep(client, ours),
  };
}

/** Halves the span of ages, on their scale, until it is narrow: visibility sorts by nothing on every store. */
async function ageOfOldest(countOlderThan: (seconds: number) => Promise<number>): Promise<number> {
  if ((await countOlderThan(youngestSeconds)) === 0) return youngestSeconds;
  let [from, to] = [youngestSeconds, oldestSeconds];
  while (to / from > precision) {
    const middle = Math.sqrt(from * to);
    if ((await countOlderThan(middle)) > 0) from = middle;
    else to = middle;
  }
  return to;
}

/** Visibility lists what closed last first. */
async function lastSweep(client: Client, ours: string): Promise<number | null> {
  const query = `${ours} AND WorkflowType = '${dailySweepWorkflow}' AND ExecutionStatus = 'Completed'`;
  for await (const { closeTime } of client.workflow.list({ query, pageSize: 1 })) {
    return closeTime?.getTime() ?? null;
  }
  return null;
}

/** Tells a survey at once and then every so often, until it is stopped; one that fails is told by its absence. */
export function surveyEvery(
  ms: number,
  survey: () => Promise<Survey>,
  tell: (survey: Survey) => void,
): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await survey().then(tell, () => undefined);
      await pauseUnless(ms, stopped.signal);
    }
  };
  const running = run();
  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };
}

const pauseUnless = (ms: number, signal: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal }).catch(() => undefined);
