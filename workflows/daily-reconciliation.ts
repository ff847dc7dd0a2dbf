import {
  ActivityFailure,
  ApplicationFailure,
  continueAsNew,
  setCurrentDetails,
  sleep,
} from '@temporalio/workflow';
import type { PageOutcome } from '../activities/reconciliation.ts';
import { isDay } from '../src/domain/reconciliation/day.ts';
import { addTally, emptyTally, reportOf, type Report } from '../src/domain/reconciliation/report.ts';
import type { Finding } from '../src/domain/reconciliation/compare.ts';
import { toIso } from '../src/domain/time.ts';
import { activities, pageOptions, tellOptions } from './activity-options.ts';
import { pauseAfterRejection, pauseAfterUnknown } from '../src/domain/payment/pauses.ts';
import { runStartedAt } from './clock.ts';
import { platformFailureOf } from './activity-failure.ts';
import { measures } from './measures.ts';
import type { SweepInput, SweepState } from './messages.ts';

const defaultGraceSeconds = 600;
/** A sweep that cannot go on ends with what it has before the next one begins. */
const longestMs = 20 * 60 * 60 * 1000;
const mostPagesARun = 100;

/** Walks the platform's list of invoices against our payments; its result is the day's report. */
export async function dailySweep(input: SweepInput): Promise<Report> {
  if (!isDay(input.day)) throw ApplicationFailure.nonRetryable('the day must be yyyy-mm-dd', 'Malformed');
  let state = input.state ?? openedAt(runStartedAt());
  for (let pages = 1; ; pages++) {
    showProgress(input, state);
    const { at, outcome } = await compared(input, state);
    state = { ...state, clock: Math.max(state.clock, at) };
    if (outcome === null) return toReport(input, state, 'the platform or Temporal did not answer in time');
    state = { ...state, tally: addTally(state.tally, outcome.tally) };
    const told = await handOn(input, outcome.tally.findings);
    if (!told) return toReport(input, state, 'a finding could not be handed on');
    if (outcome.stuck !== null || !outcome.next) return toReport(input, state, outcome.stuck);
    state = { ...state, ...outcome.next };
    if (pages >= mostPagesARun) await continueAsNew<typeof dailySweep>({ ...input, state });
  }
}

const openedAt = (startedAt: number): SweepState => ({
  startedAt,
  clock: startedAt,
  cursor: null,
  edge: null,
  tally: emptyTally,
});

/** One page, tried until it is compared; null once the sweep's time is over. */
async function compared(
  { day, account, graceSeconds = defaultGraceSeconds }: SweepInput,
  { cursor, edge, startedAt, clock: begun }: SweepState,
): Promise<{ readonly at: number; readonly outcome: PageOutcome | null }> {
  const options = { ...pageOptions, summary: `the page ${cursor ? `after ${cursor}` : 'of the newest'}` };
  for (let tries = 0, clock = begun; ; tries++) {
    try {
      const outcome = await activities.comparePage.executeWithOptions(options, [
        { day, cursor, edge, graceSeconds, ...(account !== undefined && { account }) },
      ]);
      return { at: outcome.at, outcome };
    } catch (error) {
      const { type, retryAfterMs, at } = platformFailureOf(error, 'Unanswered');
      const growing = type === 'CredentialsRejected' ? pauseAfterRejection : pauseAfterUnknown;
      const ms = retryAfterMs ?? growing(tries);
      clock = Math.max(clock, at ?? clock) + ms;
      if (clock > startedAt + longestMs) return { at: startedAt + longestMs, outcome: null };
      await sleep(ms, { summary: 'the same page again' });
    }
  }
}

/** After the page is counted, so that nothing is told and then, told already, not found again. */
async function handOn({ day, account }: SweepInput, findings: readonly Finding[]): Promise<boolean> {
  if (findings.length === 0) return true;
  try {
    const options = { ...tellOptions, summary: `${findings.length} findings` };
    await activities.tellFindings.executeWithOptions(options, [findings, day, account]);
    return true;
  } catch (error) {
    if (error instanceof ActivityFailure) return false;
    throw error;
  }
}

function toReport(
  { day }: SweepInput,
  { startedAt, clock, tally }: SweepState,
  incomplete: string | null,
): Report {
  measures.swept({ counts: tally.counts, isComplete: incomplete === null });
  return reportOf(tally, {
    day,
    startedAt: toIso(startedAt),
    finishedAt: toIso(clock),
    incomplete,
  });
}

function showProgress({ day, account }: SweepInput, { tally, startedAt, cursor }: SweepState): void {
  const found = Object.entries(tally.counts).map(([kind, count]) => `${kind} ${count}`);
  const rows = [
    `The platform's invoices up to the end of ${day} against our payments${account === undefined ? '' : ` on the account ${account}`}.`,
    `- Pages done: ${tally.pages}, invoices read: ${tally.read}, compared: ${tally.compared}`,
    `- Now at: ${cursor ?? 'the newest'}`,
    `- Found: ${found.join(', ') || 'nothing'}`,
    `- Ends at the latest ${toIso(startedAt + longestMs)}`,
  ];
  setCurrentDetails(rows.join('\n'));
}
