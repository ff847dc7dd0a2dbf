import { createHash } from 'node:crypto';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workerConfig } from '../../src/config/config.ts';
import { EncryptionCodec } from '../../src/temporal/payload-codec.ts';
import {
  startCodecProcess,
  startIngressProcess,
  startWorkerProcess,
  type BuiltProcess,
} from '../support/built-process.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { freePort } from '../support/whole-product.ts';
import { card, invoiceOf } from './cases/play.ts';

const keyOf = (id: string): string => `${id}=${createHash('sha256').update(id).digest('base64')}`;
const [older, newer] = [keyOf('a'), keyOf('b')];
const codecToken = 'codec-token-of-the-rotation';

/** Two of each kind, of which one runs while the other is started anew, as a rolling release does it. */
class Fleet {
  readonly #running = new Map<string, BuiltProcess>();
  readonly #environment: Readonly<Record<string, string>>;
  readonly ports: Readonly<Record<string, string>>;

  constructor(environment: Readonly<Record<string, string>>, ports: Readonly<Record<string, string>>) {
    this.#environment = environment;
    this.ports = ports;
  }

  /** One after the other, each ending with every request answered; `between`: after each. */
  async roll(PAYLOAD_KEYS: string, between: () => Promise<void>): Promise<void> {
    for (const name of ['worker-1', 'worker-2', 'ingress-1', 'ingress-2', 'codec-1', 'codec-2']) {
      await this.#end(name);
      const start = { w: startWorkerProcess, i: startIngressProcess, c: startCodecProcess }[name[0] ?? ''];
      const own = { PAYLOAD_KEYS, PORT: this.ports[name] ?? '0' };
      const started = await start?.({ ...this.#environment, ...own });
      if (started) this.#running.set(name, started);
      await between();
    }
  }

  async stop(): Promise<void> {
    for (const name of [...this.#running.keys()]) await this.#end(name);
  }

  async #end(name: string): Promise<void> {
    const running = this.#running.get(name);
    if (running) expect(await running.end('SIGTERM')).toBe(0);
    this.#running.delete(name);
  }
}

describe('PAYLOAD_KEYS rotated while payments run', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({ PAYLOAD_KEYS: `${newer},${older}`, CODEC_TOKENS: codecToken });
    await rig.stopWorker();
  });
  afterAll(() => rig.close());

  const terms = { amount: { value: '100.55', currency: 'USD' }, ...card };
  /** By the first ingress that is there; a payment takes 201 at the first, and every answer must be a good one. */
  const put = async (api: readonly string[], orderId: string) => {
    for (const at of api) {
      const answer = await fetch(`${at}/v1/payments/${orderId}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${rig.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(terms),
      }).catch(() => null);
      if (answer) return { status: answer.status, body: await answer.json() };
    }
    throw new Error('no ingress is there');
  };
  const inputOf = async (orderId: string) => {
    const { events } = await rig.handle(orderId).fetchHistory();
    return events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  };
  const keyIdOf = async (orderId: string) =>
    Buffer.from((await inputOf(orderId))[0]?.metadata?.['key-id'] ?? []).toString();
  const isDecoded = async (codecs: readonly string[], orderId: string): Promise<boolean> => {
    const payloads = (await inputOf(orderId)).map(({ metadata, data }) => ({
      metadata: Object.fromEntries(
        Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
      ),
      data: Buffer.from(data ?? []).toString('base64'),
    }));
    for (const at of codecs) {
      const answer = await fetch(`${at}/decode`, {
        method: 'POST',
        headers: { authorization: `Bearer ${codecToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ payloads }),
      }).catch(() => null);
      if (!answer) continue;
      const { payloads: [read] = [] } = (await answer.json()) as { payloads?: { data: string }[] };
      return Buffer.from(read?.data ?? '', 'base64').includes(`"orderId":"${orderId}"`);
    }
    return false;
  };

  it('in the order that the manual gives, nothing fails and nothing is unreadable at any time', async () => {
    const names = ['ingress-1', 'ingress-2', 'codec-1', 'codec-2'];
    const ports: Record<string, string> = {};
    for (const name of names) ports[name] = String(await freePort());
    const urlsOf = (kind: string) =>
      names.filter((name) => name.startsWith(kind)).map((name) => `http://127.0.0.1:${ports[name]}`);
    const [api, codecs] = [urlsOf('ingress'), urlsOf('codec')];
    const fleet = new Fleet({ ...rig.environment, PUBLIC_URL: api[0] ?? '' }, ports);
    const begun: string[] = [];
    const begin = async (): Promise<string> => {
      const orderId = rig.newOrder();
      expect(await put(api, orderId)).toMatchObject({ status: 201, body: { status: 'awaiting_payment' } });
      begun.push(orderId);
      return orderId;
    };
    const pay = async (orderId: string): Promise<void> => {
      await rig.sandbox.setStatus(await invoiceOf(rig, orderId), 'processed');
      await rig.outcomes.arrival(orderId, 'payment.paid');
      await rig.handle(orderId).result();
    };
    /** At every moment: a new payment begins, an old one is paid, and both are readable. */
    const goesOn = async (): Promise<void> => {
      const orderId = await begin();
      const first = begun[0] ?? '';
      expect(await put(api, first)).toMatchObject({ status: 200, body: { orderId: first } });
      expect([await isDecoded(codecs, first), await isDecoded(codecs, orderId)]).toEqual([true, true]);
      const oldest = begun.find((each) => each !== first && !paid.has(each));
      if (oldest === undefined) return;
      paid.add(oldest);
      await pay(oldest);
    };
    const paid = new Set<string>();

    await fleet.roll(older, () => Promise.resolve());
    for (let i = 0; i < 10; i++) await begin();
    const closed = await begin();
    await pay(closed);
    paid.add(closed);
    await goesOn();
    // First every process learns to read the new key; none writes it yet.
    await fleet.roll(`${older},${newer}`, goesOn);
    expect(await keyIdOf(begun.at(-1) ?? '')).toBe('a');
    await fleet.roll(`${newer},${older}`, goesOn);
    const fresh = await begin();
    expect([await keyIdOf(closed), await keyIdOf(fresh)]).toEqual(['a', 'b']);

    for (const orderId of begun) if (!paid.has(orderId)) await pay(orderId);
    for (const orderId of begun) {
      const { status, body } = await put(api, orderId);
      expect([status, body]).toMatchObject([200, { orderId, status: 'paid', decidedBy: 'callback' }]);
      expect(rig.outcomes.of(orderId)).toHaveLength(1);
      const { events } = await rig.handle(orderId).fetchHistory();
      expect(events?.filter(({ workflowTaskFailedEventAttributes: failed }) => failed)).toEqual([]);
    }
    await fleet.stop();

    // The old key must be kept for as long as its histories are.
    const { payloadKeys } = workerConfig({ ...rig.environment, PAYLOAD_KEYS: newer }).temporal;
    const codec = new EncryptionCodec(payloadKeys);
    await expect(codec.decode(await inputOf(closed))).rejects.toThrow('No key "a"');
  }, 240_000);
});
