import type { InjectedSinks } from '@temporalio/worker';
import type { Measures } from '../../workflows/measures.ts';
import type { Traces } from '../../workflows/tracing.ts';
import { traceRun } from '../observability/spans.ts';
import type { WorkerMetrics } from '../observability/worker-metrics.ts';
import type { Survey } from '../operators/survey.ts';

/** Counts what workflows report. */
export const countWorkflows = ({
  started,
  redirectLag,
  closed,
  callbackLag,
  findings,
  sweeps,
}: WorkerMetrics): InjectedSinks<Measures & Traces> => ({
  traces: { ran: { fn: (_info, span) => traceRun({ ...span, to: Date.now() }) } },
  measures: {
    started: { fn: (_info, { service }) => started.inc({ service }) },
    closed: {
      fn: (_info, { status, decidedBy, service }) => closed.inc({ status, decided_by: decidedBy, service }),
    },
    redirected: { fn: (_info, seconds) => redirectLag.observe(seconds) },
    told: { fn: (_info, lagSeconds) => callbackLag.observe(lagSeconds) },
    swept: {
      fn: (_info, { counts, isComplete }) => {
        sweeps.inc({ result: isComplete ? 'complete' : 'incomplete' });
        for (const [kind, count = 0] of Object.entries(counts)) findings.inc({ kind }, count);
      },
    },
  },
});

const stoppedLabel = { reason: 'stopped' };

/** Shows what a survey counted. */
export const showSurvey =
  ({ attention, oldestOpen, oldestUntold, sweptAt, surveyedAt }: WorkerMetrics) =>
  (survey: Survey): void => {
    for (const [reason, count] of Object.entries(survey.attention)) attention.set({ reason }, count);
    if (survey.stopped === null) attention.remove(stoppedLabel);
    else attention.set(stoppedLabel, survey.stopped);
    oldestOpen.set(survey.oldestOpenSeconds);
    oldestUntold.set(survey.oldestUntoldSeconds);
    sweptAt.set((survey.sweptAt ?? 0) / 1000);
    surveyedAt.setToCurrentTime();
  };
