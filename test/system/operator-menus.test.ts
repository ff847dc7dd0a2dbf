import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTemporalServer, type TemporalServer } from '../../src/dev/temporal-server.ts';
import { toOrderId } from '../../src/domain/identity.ts';
import { signReturnToken } from '../../src/ingress/returns/return-token.ts';
import { runCli } from '../support/command-line.ts';
import { provision } from '../support/global-setup.ts';
import { account, startRig, type Rig } from '../support/rig.ts';
import { call, card, paid, refund, set, told, until } from './cases/play.ts';

const run = promisify(execFile);
const operator = { by: 'ann', why: 'seen in the dashboard' };

/** What else Temporal's UI and command line offer for any workflow (docs/operating.md). */
describe('an operator who', () => {
  let server: TemporalServer;
  let rig: Rig;
  beforeAll(async () => {
    const pausing = ['--dynamic-config-value', 'frontend.WorkflowPauseEnabled=true'];
    server = await startTemporalServer({ executable: inject('temporalCliPath'), extraArgs: pausing });
    await provision(server.address);
    rig = await startRig({ TEMPORAL_ADDRESS: server.address });
  });
  afterAll(async () => {
    await rig.close();
    await server.stop();
  });
  const temporal = async (orderId: string, ...words: string[]): Promise<string> => {
    const about = ['--workflow-id', `payment-${orderId}`, '--address', server.address];
    return (await run(inject('temporalCliPath'), ['workflow', ...words, ...about])).stdout;
  };
  const open = async (orderId = rig.newOrder()): Promise<string> => {
    expect((await rig.put(orderId, card)).body.status).toBe('awaiting_payment');
    return orderId;
  };
  const statusOf = async (orderId: string) => (await rig.get(orderId)).body.status;
  const typesOf = (orderId: string): string[] => rig.outcomes.of(orderId).map(({ type }) => type);

  it('requests cancellation, twice, gives the order up; its invoice is watched to its end', async () => {
    const orderId = await open();
    await temporal(orderId, 'cancel');
    await until(rig, orderId, 'canceling');
    await temporal(orderId, 'cancel');
    await set(rig, orderId, 'expired');
    await told(rig, orderId, 'canceled');
    expect(await statusOf(orderId)).toBe('canceled');
  });

  it('requests cancellation in a review changes nothing', async () => {
    const orderId = await open();
    await set(rig, orderId, 'processed', { processedAmount: 50 });
    await told(rig, orderId, 'review');
    await temporal(orderId, 'cancel');
    await temporal(orderId, 'signal', '--name', 'callbackReceived', '--input', 'null');
    expect(await statusOf(orderId)).toBe('review');
    await rig.handle(orderId).executeUpdate('resolve', { args: [{ decision: 'accept', ...operator }] });
    await told(rig, orderId, 'paid');
    expect(typesOf(orderId)).toEqual(['payment.review', 'payment.paid']);
  });

  it('resets one that goes on makes no second invoice', async () => {
    const orderId = await open();
    await temporal(orderId, 'reset', '--type', 'LastWorkflowTask', '--reason', 'curious');
    await set(rig, orderId, 'processed');
    await told(rig, orderId, 'paid');
    await rig.handle(orderId).result();
    expect(await rig.sandbox.invoices(orderId)).toHaveLength(1);
    expect(typesOf(orderId)).toEqual(['payment.paid']);
  });

  it('pauses it stops it until it is unpaused; callbacks are kept, and no other is hindered', async () => {
    const orderId = await open();
    await temporal(orderId, 'pause', '--reason', 'wait');
    await set(rig, orderId, 'processed');
    expect((await rig.get(orderId)).status).toBe(503);
    expect((await rig.put(orderId, card)).status).toBe(503);
    expect(await runCli(rig.environment, 'show', orderId)).toMatchObject({
      code: 1,
      error: expect.stringContaining('it is paused') as string,
    });
    await paid(rig, rig.newOrder());
    expect(typesOf(orderId)).toEqual([]);
    await temporal(orderId, 'unpause', '--reason', 'go on');
    await told(rig, orderId, 'paid');
    expect(await statusOf(orderId)).toBe('paid');
  }, 60_000);

  it.each(['callbackReceived', 'customerReturned', 'nobodyKnows'])(
    'signals %s with nonsense has Paytone asked at most; it is paid as any other',
    async (name) => {
      const orderId = await open();
      for (const input of ['"nonsense"', '{"attempt": "x"}', '[[]]', 'null'])
        await temporal(orderId, 'signal', '--name', name, '--input', input);
      expect(await statusOf(orderId)).toBe('awaiting_payment');
      await set(rig, orderId, 'processed');
      await told(rig, orderId, 'paid');
      await rig.handle(orderId).result();
      expect(typesOf(orderId)).toEqual(['payment.paid']);
    },
    60_000,
  );

  it('updates with nonsense is told what to send; nothing is left in the history', async () => {
    const orderId = await open();
    const events = async () => (await rig.handle(orderId).fetchHistory()).events?.length;
    await expect.poll(async () => (await rig.handle(orderId).describe()).raw.pendingWorkflowTask).toBeFalsy();
    const before = await events();
    const update = async (name: string, input: string): Promise<string> =>
      temporal(orderId, 'update', 'execute', '--name', name, '--input', input).catch(String);
    for (const name of ['resolve', 'reconcile-now', 'acknowledge', 'redeliver-outcome', 'extend-watch'])
      for (const input of ['"nonsense"', '{"by": 7}', 'null'])
        expect(await update(name, input)).toMatch(/send \{"by": |"by" must be a text/);
    expect(await update('nobodyKnows', 'null')).toContain('unable to update workflow');
    expect(await events()).toBe(before);
    await set(rig, orderId, 'processed');
    await told(rig, orderId, 'paid');
  }, 60_000);

  it('terminates it ends it: it is not started again, and its money is shown as nobody’s', async () => {
    const orderId = `T${rig.newOrder()}`;
    await open(orderId);
    await temporal(orderId, 'terminate', '--reason', 'by mistake');
    const answers = async () =>
      [await rig.put(orderId, card), await rig.get(orderId)].map(({ body }) => body);
    const [put, read] = await answers();
    expect(put).toMatchObject({ status: 'awaiting_payment' });
    expect(put).toEqual(read);
    await set(rig, orderId, 'processed');
    const listed = async () => (await runCli(rig.environment, 'attention', '--reason', 'late-money')).out;
    await expect.poll(listed, { timeout: 30_000 }).toMatch(/\nlate-money +unknown-reference-/);
    const [putLater, readLater] = await answers();
    expect(putLater).toEqual(readLater);
    expect(await rig.sandbox.invoices(orderId)).toHaveLength(1);
    expect(typesOf(orderId)).toEqual([]);
  }, 60_000);

  it('terminates it has every other call answered as GET is', async () => {
    const orderId = `T${rig.newOrder()}`;
    await open(orderId);
    await temporal(orderId, 'terminate', '--reason', 'by mistake');
    const { body: read } = await rig.get(orderId);
    const refused = {
      status: 409,
      body: { type: '/docs/problems/wrong-state', paymentStatus: 'awaiting_payment' },
    };
    expect(await call(rig, orderId, 'cancel', { reason: 'changed my mind' })).toMatchObject(refused);
    expect(await call(rig, orderId, 'method', { service: 'paypal_usd_hpp' })).toMatchObject(refused);
    expect(await call(rig, orderId, 'method', card)).toEqual({ status: 200, body: read });
    const again = await refund(rig, orderId, 'R1');
    expect(again).toMatchObject(refused);
    expect(again.body.detail).toContain('ended by an operator');
    expect(await rig.call('GET', `/v1/payments/${orderId}/outcomes`)).toEqual({
      status: 200,
      body: { outcomes: [] },
    });
    const token = signReturnToken(toOrderId(orderId), Date.now() + 60_000, [account.privateKey]);
    const back = await fetch(`${rig.ingressUrl}/return/${token}`, { redirect: 'manual' });
    expect([back.status, back.headers.get('location')]).toEqual([303, '/return/page/en/pending']);
  }, 60_000);
});
