import { createCipheriv, randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporalConfig } from '../../src/config/config.ts';
import { EncryptionCodec } from '../../src/temporal/payload-codec.ts';
import { payloadKey, recordedHistories } from '../support/histories.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const key = (id: string) => ({ id, key: new Uint8Array(randomBytes(32)) });
/** Every payload of a history, however deep. */
function payloadsIn(value: unknown): Payload[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('metadata' in value && 'data' in value) return [PayloadMessage.fromObject(value)];
  return Object.values(value).flatMap(payloadsIn);
}
const payloadOf = (value: unknown) => defaultPayloadConverter.toPayload(value);

describe('the payload codec', () => {
  it('hides what it encodes, and gives back exactly that', async () => {
    const codec = new EncryptionCodec([key('a')]);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
        const payload = payloadOf({ secret: 'Sally', ...value });
        const [encoded] = await codec.encode([payload]);
        expect(Buffer.from(encoded?.data ?? []).includes('Sally')).toBe(false);
        const [decoded] = await codec.decode(encoded ? [encoded] : []);
        expect(Buffer.from(decoded?.data ?? [])).toEqual(Buffer.from(payload.data ?? []));
      }),
    );
  });

  it('takes `undefined` as a workflow hands it over, with an array for data', async () => {
    const codec = new EncryptionCodec([key('a')]);
    const encoded = await codec.encode([{ ...payloadOf(undefined), data: [] as never }]);
    const [decoded] = await codec.decode(encoded);
    expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toBeUndefined();
  });

  it('reads what an older key wrote, after a rotation', async () => {
    const [older, newer] = [key('older'), key('newer')];
    const encoded = await new EncryptionCodec([older]).encode([payloadOf({ a: 1 })]);
    const rotated = new EncryptionCodec([newer, older]);
    expect(defaultPayloadConverter.fromPayload((await rotated.decode(encoded))[0] ?? {})).toEqual({ a: 1 });
    const [again] = await rotated.encode([payloadOf({ a: 1 })]);
    expect(Buffer.from(again?.metadata?.['key-id'] ?? []).toString()).toBe('newer');
  });

  describe('compresses what it encrypts', () => {
    const ownKey = key('a');
    const codec = new EncryptionCodec([ownKey]);
    const encoded = async (value: unknown) => {
      const [payload = {}] = await codec.encode([payloadOf(value)]);
      const compression = Buffer.from(payload.metadata?.['compression'] ?? []).toString();
      return { payload, compression, size: payload.data?.length ?? 0 };
    };
    const decoded = async (payload: Payload): Promise<unknown> =>
      defaultPayloadConverter.fromPayload((await codec.decode([payload]))[0] ?? {});

    it('where that pays: neither what is small nor what gets no smaller', async () => {
      const long = { text: 'payment '.repeat(500) };
      const { payload, compression, size } = await encoded(long);
      expect([compression, size < 500]).toEqual(['gzip', true]);
      expect(await decoded(payload)).toEqual(long);
      expect((await encoded({ text: 'payment '.repeat(20) })).compression).toBe('');
      const random = new Uint8Array(randomBytes(5_000));
      const unchanged = await encoded(random);
      expect(unchanged.compression).toBe('');
      expect(await decoded(unchanged.payload)).toEqual(random);
    });

    it('close to a fifth of all that a recorded payment keeps', async () => {
      const recorded = (await recordedHistories()).find(({ name }) => name === 'paid-encrypted');
      const before = payloadsIn(recorded?.history);
      const rig = new EncryptionCodec(
        temporalConfig({ TEMPORAL_ADDRESS: 'nowhere:1', PAYLOAD_KEYS: payloadKey }).payloadKeys,
      );
      const clear = await rig.decode(before);
      const after = await rig.encode(clear);
      const sum = (payloads: Payload[]) => payloads.reduce((all, { data }) => all + (data?.length ?? 0), 0);
      expect(sum(after) / sum(clear)).toBeLessThan(0.82);
      expect(await rig.decode(after)).toEqual(clear);
    });

    it('and inflates nothing beyond 8 MiB, nor to more than a hundred times its size', async () => {
      const bomb = async (inside: Buffer): Promise<Payload> => {
        const { payload } = await encoded({ text: 'payment '.repeat(100) });
        const cipher = createCipheriv('aes-256-gcm', ownKey.key, new Uint8Array(12));
        const encrypted = Buffer.concat([cipher.update(inside), cipher.final()]);
        return { ...payload, data: Buffer.concat([new Uint8Array(12), cipher.getAuthTag(), encrypted]) };
      };
      for (const length of [9_000_000, 4_000_000, 100_000])
        await expect(codec.decode([await bomb(gzipSync(Buffer.alloc(length)))])).rejects.toThrow(
          'Cannot create a Buffer larger than',
        );
      for (const large of [{ text: 'x'.repeat(9_000_000) }, { text: 'x'.repeat(50_000) }]) {
        const { payload, compression } = await encoded(large);
        expect(compression).toBe('');
        expect(await decoded(payload)).toEqual(large);
      }
    });
  });

  describe('binds what it encrypts to its workflow', () => {
    const ownKey = key('a');
    const [client, worker] = [
      new EncryptionCodec([ownKey]),
      new EncryptionCodec([ownKey], { isOfWorker: true }),
    ];
    const payment = (workflowId: string, namespace = 'default') =>
      ({ type: 'workflow', namespace, workflowId }) as const;
    const activity = (workflowId: string) =>
      ({ type: 'activity', namespace: 'default', workflowId, activityId: '1', isLocal: false }) as const;
    const value = { decision: 'accept' };
    const read = (payload: Payload | undefined): unknown =>
      defaultPayloadConverter.fromPayload(payload ?? {});

    it('so that it is read there, in its activities and by who looks at it alone', async () => {
      const sealed = await client.encode([payloadOf(value)], payment('payment-A1'));
      for (const context of [payment('payment-A1'), activity('payment-A1'), undefined]) {
        const [given] = await worker.decode(sealed, context);
        expect(read(given)).toEqual(value);
      }
    });

    it('and is nothing in another workflow, or another namespace', async () => {
      const sealed = await client.encode([payloadOf(value)], payment('payment-A1'));
      for (const context of [payment('payment-A2'), activity('payment-A2'), payment('payment-A1', 'other')]) {
        await expect(client.decode(sealed, context)).rejects.toThrow(
          'A payload of ["default","payment-A1"] stands where one of',
        );
        const [given] = await worker.decode(sealed, context);
        expect(() => read(given)).toThrow('Unknown encoding: binary/unreadable');
      }
    });

    it('save where it was written without: by the codec server, or before', async () => {
      const [given] = await worker.decode(await client.encode([payloadOf(value)]), payment('payment-A2'));
      expect(read(given)).toEqual(value);
    });
  });

  it('of a worker takes strings in clear alone', async () => {
    const own = key('a');
    const worker = new EncryptionCodec([own], { isOfWorker: true });
    const [string, object, bytes] = await worker.decode([
      payloadOf('USD'),
      payloadOf({ decision: 'accept' }),
      payloadOf(new Uint8Array(3)),
    ]);
    expect(defaultPayloadConverter.fromPayload(string ?? {})).toBe('USD');
    for (const refused of [object, bytes])
      expect(() => defaultPayloadConverter.fromPayload(refused ?? {})).toThrow('binary/unreadable');
    const [shown] = await new EncryptionCodec([own]).decode([payloadOf({ a: 1 })]);
    expect(defaultPayloadConverter.fromPayload(shown ?? {})).toEqual({ a: 1 });
  });

  it('says which key is missing, and believes no changed payload', async () => {
    const codec = new EncryptionCodec([key('a')]);
    const [encoded] = await codec.encode([payloadOf({ a: 1 })]);
    expect(encoded).toBeDefined();
    if (!encoded) return;
    await expect(new EncryptionCodec([key('b')]).decode([encoded])).rejects.toThrow(
      'No key "a" in PAYLOAD_KEYS',
    );
    const data = Buffer.from(encoded.data ?? []);
    data.writeUInt8(data.readUInt8(data.length - 1) ^ 1, data.length - 1);
    await expect(codec.decode([{ ...encoded, data }])).rejects.toThrow();
  });

  it('takes what stands for undefined as it comes out of a workflow: without bytes', async () => {
    const nothing = Object.create(
      { data: [] },
      {
        metadata: { enumerable: true, value: { encoding: new TextEncoder().encode('binary/null') } },
      },
    ) as Payload;
    const codec = new EncryptionCodec([key('a')]);
    const [back] = await codec.decode(await codec.encode([nothing]));
    expect(defaultPayloadConverter.fromPayload(back ?? {})).toBeUndefined();
  });

  it('leaves what people read on the page of a run: strings, current details, and all without keys', async () => {
    const details = payloadOf({ definition: { type: 'payment' }, currentDetails: '| Order | A1001 |' });
    expect(await new EncryptionCodec([key('a')]).encode([details])).toEqual([details]);
    const text = payloadOf('| Order | A1001 |');
    expect(await new EncryptionCodec([key('a')]).encode([text])).toEqual([text]);
    const clear = payloadOf({ a: 1 });
    expect(await new EncryptionCodec([]).encode([clear])).toEqual([clear]);
  });
});
