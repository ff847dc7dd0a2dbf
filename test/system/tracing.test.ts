import { defaultPayloadConverter } from '@temporalio/common';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIngressProcess, startWorkerProcess } from '../support/built-process.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { startTraceReceiver } from '../support/trace-receiver.ts';
import { freePort } from '../support/whole-product.ts';
import { card, refund, set, told } from './cases/play.ts';

const secret = 'Sally-Secret-4111';
const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

describe('traces of built processes', () => {
  let rig: Rig;
  let receiver: Awaited<ReturnType<typeof startTraceReceiver>>;
  let orderId: string;
  beforeAll(async () => {
    rig = await startRig();
    await rig.stopWorker();
    receiver = await startTraceReceiver();
    const port = await freePort();
    const environment = {
      ...rig.environment,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    };
    const worker = await startWorkerProcess(environment);
    const ingress = await startIngressProcess(environment);
    orderId = rig.newOrder();
    await fetch(`${environment.PUBLIC_URL}/v1/payments/${orderId}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${rig.apiKey}`,
        'content-type': 'application/json',
        traceparent: `00-${caller.traceId}-${caller.spanId}-01`,
        tracestate: `shop=${secret}`,
        baggage: `customer=${secret}`,
      },
      body: JSON.stringify({
        amount: { value: '100.55', currency: 'USD' },
        ...card,
        description: secret,
        customer: { referenceId: secret, name: secret, email: `${secret}@example.com` },
      }),
    });
    await set(rig, orderId, 'processed');
    await told(rig, orderId, 'paid');
    await rig.handle(orderId).result();
    const fault = { type: 'status', status: 422, body: { errors: { amount: secret } } };
    await rig.sandbox.fault({ match: { operation: 'refund.create' }, fault });
    expect((await refund(rig, orderId, 'r1')).body.refunds).toMatchObject([{ status: 'refused' }]);
    // A process that ends has sent all that it had.
    expect([await worker.end('SIGTERM'), await ingress.end('SIGTERM')]).toEqual([0, 0]);
  });
  afterAll(async () => {
    receiver.close();
    await rig.close();
  });

  /** Names of a span's ancestors, the nearest first. */
  function ancestry(name: string): string[] {
    const spans = receiver.spans();
    const names: string[] = [];
    for (let span = spans.find((it) => it.name === name); span;) {
      const { parentSpanId, traceId } = span;
      names.push(span.name);
      if (parentSpanId === caller.spanId) names.push('the caller');
      span = spans.find((it) => it.spanId === parentSpanId && it.traceId === traceId);
    }
    return names;
  }

  it("begin with the caller's, and go through API, workflow, activity and platform", () => {
    expect(ancestry('paytone createPrivate')).toEqual([
      'paytone createPrivate',
      'createInvoice',
      'run payment',
      'start payment',
      'PUT /v1/payments/{orderId}',
      'the caller',
    ]);
  });

  it('of a callback hold the look and the outcome that it led to', () => {
    const callback = ['signal callbackReceived', 'POST /callbacks/paytone'];
    expect(ancestry('paytone statusById')).toEqual(['paytone statusById', 'getInvoice', ...callback]);
    expect(ancestry('deliverOutcome')).toEqual(['deliverOutcome', ...callback]);
  });

  it('hold the order and nothing of the customer', () => {
    expect(receiver.everything()).toContain(`payment-${orderId}`);
    expect(receiver.spans().map(({ name }) => name)).toContain('paytone refund');
    expect(receiver.everything()).not.toContain(secret);
  });

  it('hand on where a message came from, and nothing else that came with it', async () => {
    const { events } = await rig.handle(orderId).fetchHistory();
    const headers = (events ?? []).flatMap(
      ({ workflowExecutionStartedEventAttributes: started, activityTaskScheduledEventAttributes: task }) =>
        (started ?? task)?.header?.fields?.['_tracer-data'] ?? [],
    );
    const read = headers.map((it) => defaultPayloadConverter.fromPayload<object>(it));
    expect(JSON.stringify(read[0])).toContain(caller.traceId);
    for (const each of read) expect(Object.keys(each)).toEqual(['traceparent']);
  });
});
