import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutcomeActivities } from '../../activities/index.ts';
import type { Outcome } from '../../src/domain/payment/outcome.ts';
import { secretOf } from '../support/outcome-receiver.ts';
import { createOutcomeSender, type Endpoint, type OutcomeSender } from '../../src/outcomes/sender.ts';
import { startHttpStub } from '../support/http-stub.ts';

const message = {
  type: 'payment.paid',
  timestamp: '2026-11-22T10:00:00Z',
  data: { orderId: 'A1001', status: 'paid' },
};
const outcome = { id: 'out_A1001_1', ...message } as unknown as Outcome;

type Stub = Awaited<ReturnType<typeof startHttpStub>>;

describe('an outcome for several endpoints', () => {
  let [shop, warehouse]: Stub[] = [];
  let endpoints: Endpoint[] = [];
  let sender: OutcomeSender;
  const answers: string[] = [];
  beforeEach(async () => {
    [shop, warehouse] = [await startHttpStub(), await startHttpStub()];
    endpoints = [
      { url: shop.url, secrets: [secretOf('a')] },
      { url: `${warehouse.url}/paid`, secrets: [secretOf('b'), secretOf('c')], types: ['payment.paid'] },
    ];
    answers.length = 0;
    sender = createOutcomeSender((owner) => (owner === 'shop' ? endpoints : []), {
      count: (answer) => answers.push(answer),
    });
  });
  afterEach(async () => {
    shop?.close();
    warehouse?.close();
    await sender.close();
  });

  const answering = (...statuses: number[]): void =>
    [shop, warehouse].forEach((stub, place) => stub?.json(statuses[place] ?? 204, ''));
  const send = (sent = outcome, acceptedBy: readonly string[] = []) =>
    sender.send(sent, { owner: 'shop', acceptedBy });

  it('is posted to each, signed with the secrets of that one, under one id', async () => {
    answering(204, 200);
    expect(await send()).toEqual({ kind: 'accepted' });
    expect(answers.sort()).toEqual(['2xx', '2xx']);
    const sent = [shop, warehouse].map((stub) => stub?.last());
    expect(sent.map((request) => [request?.url, request?.headers['webhook-id']])).toEqual([
      ['/', outcome.id],
      ['/paid', outcome.id],
    ]);
    for (const [place, letter] of [
      [0, 'a'],
      [1, 'b'],
      [1, 'c'],
    ] as const) {
      const headers = sent[place]?.headers as Record<string, string>;
      const verify = (by: string): unknown =>
        new Webhook(secretOf(by)).verify(JSON.stringify(message), headers);
      expect(verify(letter)).toEqual(message);
      expect(() => verify('d')).toThrow();
    }
  });

  it('is posted to those that take its type alone', async () => {
    answering(204, 500);
    expect(await send({ ...outcome, type: 'payment.refunded' })).toEqual({ kind: 'accepted' });
    expect(warehouse?.requests).toEqual([]);
    endpoints = endpoints.slice(1);
    expect(await send({ ...outcome, type: 'payment.refunded' })).toEqual({ kind: 'accepted' });
    expect([shop?.requests.length, warehouse?.requests]).toEqual([1, []]);
  });

  it('has to be accepted by each; who has accepted it is not sent it again', async () => {
    answering(204, 503);
    const acceptedBy = [shop?.url ?? ''];
    const why = 'endpoint 2: the order service answered 503';
    expect(await send()).toEqual({ kind: 'failed', why, acceptedBy });
    answering(500, 204);
    expect(await send(outcome, acceptedBy)).toEqual({ kind: 'accepted' });
    expect([shop?.requests.length, warehouse?.requests.length]).toEqual([1, 2]);
    answering(500, 500);
    expect(await send()).toMatchObject({
      why: 'endpoint 1: the order service answered 500; endpoint 2: the order service answered 500',
      acceptedBy: [],
    });
  });

  it('is over where the others want no more of it, and tried again where one has failed', async () => {
    answering(204, 410);
    expect(await send()).toEqual({ kind: 'gone', acceptedBy: [shop?.url] });
    answering(410, 500);
    expect(await send()).toMatchObject({ kind: 'failed', why: 'endpoint 2: the order service answered 500' });
  });

  it('has nobody to be told where its order service has no endpoint', async () => {
    const none = await sender.send(outcome, { owner: 'stranger', acceptedBy: [] });
    expect(none).toEqual({ kind: 'failed', why: 'the order service has no endpoint' });
  });

  it('is told in the same words as ever where there is one', async () => {
    answering(500);
    endpoints = endpoints.slice(0, 1);
    const activities = createOutcomeActivities(sender, () => 7);
    const deliver = () => activities.deliverOutcome(outcome, { owner: 'shop', acceptedBy: [] });
    await expect(deliver()).rejects.toMatchObject({
      type: 'NotDelivered',
      message: 'the order service answered 500',
      details: [{ at: 7 }],
    });
    answering(410);
    await expect(deliver()).rejects.toMatchObject({ type: 'Gone', details: [{ at: 7 }] });
    answering(204);
    expect(await deliver()).toEqual({ at: 7 });
  });

  it('says in the failure, encrypted with it, who has accepted it', async () => {
    answering(204, 503);
    const activities = createOutcomeActivities(sender, () => 7);
    await expect(activities.deliverOutcome(outcome, { owner: 'shop', acceptedBy: [] })).rejects.toMatchObject(
      { details: [{ at: 7, acceptedBy: [shop?.url] }] },
    );
  });
});
