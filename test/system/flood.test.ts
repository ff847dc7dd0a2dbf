import { once } from 'node:events';
import { connect } from 'node:net';
import { memoryUsage } from 'node:process';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTemporalServer, type TemporalServer } from '../../src/dev/temporal-server.ts';
import { callbackReceived } from '../../workflows/messages.ts';
import { provision } from '../support/global-setup.ts';
import { account, startRig, type Rig } from '../support/rig.ts';
import { signatureOf } from '../support/sign-callback.ts';

const card = { service: 'payment_card_usd_hpp' };
const suggestAfter = 300;

describe('floods', () => {
  let server: TemporalServer;
  let rig: Rig;
  beforeAll(async () => {
    server = await startTemporalServer({
      executable: inject('temporalCliPath'),
      extraArgs: ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${suggestAfter}`],
    });
    await provision(server.address);
    rig = await startRig({ TEMPORAL_ADDRESS: server.address });
  });
  afterAll(async () => {
    await rig.close();
    await server.stop();
  }, 120_000);

  const historyOf = async (orderId: string): Promise<number> =>
    (await rig.handle(orderId).fetchHistory()).events?.length ?? 0;

  it('500 duplicates of one callback: one outcome, at most three looks', async () => {
    const orderId = rig.newOrder();
    await rig.sandbox.callbacks({ mode: 'drop', referenceId: orderId });
    const { body } = await rig.put(orderId, card);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await rig.sandbox.sendCallback(body.invoiceId ?? '', { times: 500 });
    const callbacks = async () =>
      (await rig.sandbox.journal(orderId)).filter(
        ({ kind, status }) => kind === 'callback' && status === 200,
      );
    await expect.poll(async () => (await callbacks()).length, { timeout: 60_000 }).toBe(500);
    await rig.handle(orderId).result();
    const looks = (await rig.sandbox.journal(orderId)).filter(
      ({ operation }) => operation === 'invoice.get.private',
    );
    expect(looks.length).toBeLessThanOrEqual(3);
    expect(rig.outcomes.of(orderId)).toHaveLength(1);
    // eslint-disable-next-line no-console
    console.log(`500 duplicates: ${looks.length} looks, a history of ${await historyOf(orderId)} events`);
  }, 120_000);

  it('a payment under a constant flood continues as new and keeps its state', async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    const first = (await rig.handle(orderId).describe()).runId;
    let updated = 4_000_000_000;
    for (let wave = 0; wave < 40; wave++) {
      const hints = Array.from({ length: 10 }, () => ({
        attempt: 1,
        status: 'processed',
        updated: ++updated,
      }));
      await Promise.all(hints.map((hint) => rig.handle(orderId).signal(callbackReceived, hint)));
    }
    await expect
      .poll(async () => (await rig.handle(orderId).describe()).runId, { timeout: 60_000 })
      .not.toBe(first);
    await expect.poll(async () => (await rig.get(orderId)).body, { timeout: 60_000 }).toEqual(body);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await rig.outcomes.arrival(orderId, 'payment.paid');
    expect(rig.outcomes.of(orderId)).toHaveLength(1);
  }, 120_000);

  it('5,000 forged callbacks and 100 slow bodies leave genuine ones acknowledged, and touch no workflow', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    const before = await historyOf(orderId);
    const forged = JSON.stringify({
      data: { id: 'cpi_1', attributes: { reference_id: orderId, status: 'processed' } },
    });
    const genuine = JSON.stringify({
      data: { id: 'cpi_1', attributes: { reference_id: orderId, status: 'process_pending', updated: 1 } },
    });
    const url = `${rig.ingressUrl}/callbacks/paytone`;
    const sign = (body: string) => signatureOf(body, account.privateKey);
    const post = async (body: string, signature: string): Promise<number> => {
      const answer = await fetch(url, { method: 'POST', body, headers: { 'x-signature': signature } });
      await answer.arrayBuffer();
      return answer.status;
    };
    const times = async (rounds: number): Promise<number[]> => {
      const ms: number[] = [];
      for (let i = 0; i < rounds; i++) {
        const began = performance.now();
        expect(await post(genuine, sign(genuine))).toBe(200);
        ms.push(performance.now() - began);
      }
      return ms.sort((a, b) => a - b);
    };
    const p99 = (ms: readonly number[]): string => (ms[Math.floor(ms.length * 0.99)] ?? 0).toFixed(0);

    const calm = await times(100);
    const heap = memoryUsage().rss;
    const slow = await Promise.all(Array.from({ length: 100 }, () => trickle(new URL(url))));
    const flood = inTurns(5_000, async () =>
      expect(await post(forged, 'Rk0VYXulmO94JYyqdhdEbuhq0eQ=')).toBe(401),
    );
    const busy = await times(100);
    await flood;
    const ended = await Promise.all(slow.map(({ ended: closed }) => closed));
    const grown = (memoryUsage().rss - heap) / 2 ** 20;
    // eslint-disable-next-line no-console
    console.log(
      `p99 of genuine callbacks: ${p99(calm)} ms before, ${p99(busy)} ms during; ${grown.toFixed(0)} MiB grown`,
    );
    expect(ended.every((text) => text === '' || /^HTTP\/1.1 (400|408)/.test(text))).toBe(true);
    const { events } = await rig.handle(orderId).fetchHistory();
    const signals = (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes);
    // The creation's own callback, and the genuine ones.
    expect(signals.length).toBeLessThanOrEqual(201);
    expect(before).toBeGreaterThan(0);
  }, 180_000);

  /** Sends its body one byte a second; resolves once the server has closed on it. */
  async function trickle({ hostname, port }: URL) {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.write('POST /callbacks/paytone HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n');
    const timer = setInterval(() => socket.write('x'), 1_000);
    const ended = once(socket, 'close').then(() => {
      clearInterval(timer);
      return answer;
    });
    return { ended };
  }

  async function inTurns(total: number, act: () => Promise<unknown>): Promise<void> {
    let left = total;
    const turn = async (): Promise<void> => {
      while (left-- > 0) await act();
    };
    await Promise.all(Array.from({ length: 20 }, turn));
  }
});
