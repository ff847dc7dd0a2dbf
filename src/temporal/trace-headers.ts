import { context, propagation, SpanKind, SpanStatusCode, type Context } from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { tracer } from '../observability/spans.ts';
import { traceHeader } from '../../workflows/messages.ts';

/** What happens is a span with names of ours and the workflow's id; what went wrong stays out of it. */
function inSpan<Result>(
  name: string,
  about: { readonly kind: SpanKind; readonly workflowId: string; readonly parent?: Context },
  act: () => Promise<Result>,
): Promise<Result> {
  const { kind, workflowId, parent = context.active() } = about;
  const attributes = { 'temporal.workflow_id': workflowId };
  return tracer().startActiveSpan(name, { kind, attributes }, parent, async (span) => {
    try {
      return await act();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Headers are in clear: of what a service of one's own carries along (`baggage`, `tracestate`), nothing goes in. */
function withTrace(headers: Headers): Headers {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  const { traceparent } = carrier;
  return traceparent === undefined
    ? headers
    : { ...headers, [traceHeader]: defaultPayloadConverter.toPayload({ traceparent }) };
}

const sending = <Result>(name: string, workflowId: string, send: () => Promise<Result>): Promise<Result> =>
  inSpan(name, { kind: SpanKind.CLIENT, workflowId }, send);

/** Messages to workflows carry the trace in which they were sent; reads do not. */
export const clientTracing: WorkflowClientInterceptor = {
  startWithDetails: (input, next) =>
    sending(`start ${input.workflowType}`, input.options.workflowId, () =>
      next({ ...input, headers: withTrace(input.headers) }),
    ),
  signal: (input, next) =>
    sending(`signal ${input.signalName}`, input.workflowExecution.workflowId, () =>
      next({ ...input, headers: withTrace(input.headers) }),
    ),
  signalWithStart: (input, next) =>
    sending(`start with ${input.signalName}`, input.options.workflowId, () =>
      next({ ...input, headers: withTrace(input.headers) }),
    ),
  startUpdate: (input, next) =>
    sending(`update ${input.updateName}`, input.workflowExecution.workflowId, () =>
      next({ ...input, headers: withTrace(input.headers) }),
    ),
  startUpdateWithStart: (input, next) =>
    sending(`start with ${input.updateName}`, input.workflowStartOptions.workflowId, () =>
      next({
        ...input,
        workflowStartHeaders: withTrace(input.workflowStartHeaders),
        updateHeaders: withTrace(input.updateHeaders),
      }),
    ),
};

/** An activity goes on with the trace of what woke its workflow. */
export const activityTracing: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    execute(input, next) {
      const payload = input.headers[traceHeader];
      if (!payload) return next(input);
      const parent = propagation.extract(context.active(), defaultPayloadConverter.fromPayload(payload));
      const workflowId = info.workflowExecution?.workflowId ?? '';
      return inSpan(info.activityType, { kind: SpanKind.CONSUMER, workflowId, parent }, () => next(input));
    },
  },
});
