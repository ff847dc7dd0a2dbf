import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodecServer } from '../../src/codec/server.ts';
import { EncryptionCodec } from '../../src/temporal/payload-codec.ts';

const { Payload } = proto.temporal.api.common.v1;

describe('the codec server', () => {
  const codec = new EncryptionCodec([{ id: 'a', key: new Uint8Array(randomBytes(32)) }]);
  let server: Awaited<ReturnType<typeof startCodecServer>>;
  beforeAll(async () => {
    server = await startCodecServer({
      port: 0,
      codec,
      tokens: ['older', 'newer'],
      origins: ['https://ui.example'],
    });
  });
  afterAll(() => server.close());

  const ask = async (body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/decode`, {
      method: 'POST',
      headers: { authorization: 'Bearer newer', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  const encrypted = async (value: unknown) =>
    (await codec.encode([defaultPayloadConverter.toPayload(value)])).map((it) =>
      Payload.toObject(Payload.fromObject(it), { bytes: String }),
    );

  it('decodes for a token, stores nothing, and lets the UI of an allowed origin ask', async () => {
    const answer = await ask(
      { payloads: await encrypted({ name: 'Sally' }) },
      { origin: 'https://ui.example' },
    );
    const { payloads } = answer.body as { payloads: { data: string }[] };
    expect(Buffer.from(payloads[0]?.data ?? '', 'base64').toString()).toBe('{"name":"Sally"}');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://ui.example');
    const other = await ask({ payloads: [] }, { origin: 'https://evil.example' });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('shows nothing without a token, and says what cannot be read', async () => {
    const payloads = await encrypted({ name: 'Sally' });
    expect((await ask({ payloads }, { authorization: 'Bearer guess' })).status).toBe(401);
    expect((await ask({ payloads }, { authorization: '' })).status).toBe(401);
    expect((await ask({ payloads: 'x' })).status).toBe(400);
    expect((await ask('not an object')).status).toBe(400);
    const foreign = new EncryptionCodec([{ id: 'b', key: new Uint8Array(randomBytes(32)) }]);
    const unreadable = await foreign.encode([defaultPayloadConverter.toPayload({ a: 1 })]);
    const given = unreadable.map((it) => Payload.toObject(Payload.fromObject(it), { bytes: String }));
    expect((await ask({ payloads: given })).status).toBe(422);
  });
});
