import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncryptionCodec } from '../../src/temporal/payload-codec.ts';

const key = (id: string) => ({ id, key: new Uint8Array(randomBytes(32)) });
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
