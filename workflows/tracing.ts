import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { proxySinks, workflowInfo, type Sinks, type WorkflowInterceptors } from '@temporalio/workflow';
import { traceHeader } from './messages.ts';

/** A run as a span; its id is made of the run's, so that no random number is drawn for it. */
export interface RunSpan {
  readonly workflowType: string;
  readonly workflowId: string;
  /** Of what started the run. */
  readonly traceparent: string;
  readonly spanId: string;
  /** Epoch milliseconds; it ends when it is told. */
  readonly from: number;
}

export interface Traces extends Sinks {
  readonly traces: { ran(span: RunSpan): void };
}

const { traces } = proxySinks<Traces>();
const traceOf = (traceparent: string): string => traceparent.split('-')[1] ?? '';

function traceparentIn(headers: Headers): string | null {
  const payload = headers[traceHeader];
  const carrier: unknown = payload ? defaultPayloadConverter.fromPayload(payload) : null;
  const given = typeof carrier === 'object' && carrier !== null && 'traceparent' in carrier;
  const { traceparent } = given ? carrier : {};
  return typeof traceparent === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(traceparent)
    ? traceparent
    : null;
}

/**
 * Hands the trace of what woke a run last (its start, a callback, an update) on to the activities that follow. Adds
 * headers alone, without a promise of its own: histories replay the same with and without it.
 */
export const interceptors = (): WorkflowInterceptors => {
  const spanId = workflowInfo().runId.replaceAll('-', '').slice(16);
  let started: string | null = null;
  let cause: string | null = null;
  const wakes = (headers: Headers): void => {
    const traceparent = traceparentIn(headers);
    if (traceparent === null) return;
    const ofStart = started !== null && traceOf(traceparent) === traceOf(started);
    cause = ofStart ? traceparent.replace(/-[0-9a-f]{16}-/, `-${spanId}-`) : traceparent;
  };
  const handOn = <Input extends { readonly headers: Headers }>(input: Input): Input =>
    cause === null
      ? input
      : {
          ...input,
          headers: {
            ...input.headers,
            [traceHeader]: defaultPayloadConverter.toPayload({ traceparent: cause }),
          },
        };
  return {
    inbound: [
      {
        execute(input, next) {
          started = traceparentIn(input.headers);
          wakes(input.headers);
          const result = next(input);
          if (started === null) return result;
          const { workflowType, workflowId, startTime } = workflowInfo();
          const about = { workflowType, workflowId, traceparent: started, spanId, from: startTime.getTime() };
          const ran = (): void => traces.ran(about);
          result.then(ran, ran);
          return result;
        },
        handleSignal(input, next) {
          wakes(input.headers);
          return next(input);
        },
        handleUpdate(input, next) {
          wakes(input.headers);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(handOn(input)),
        scheduleLocalActivity: (input, next) => next(handOn(input)),
        startChildWorkflowExecution: (input, next) => next(handOn(input)),
        continueAsNew: (input, next) => next(handOn(input)),
      },
    ],
  };
};
