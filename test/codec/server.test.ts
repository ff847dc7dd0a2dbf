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
      rateLimit: 1_000,
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

  it('answers 429 beyond a limit of a token, and to who tries tokens', async () => {
    const strict = await startCodecServer({
      port: 0,
      codec,
      tokens: ['older', 'newer'],
      origins: [],
      rateLimit: 2,
    });
    const post = async (token: string) => {
      const answer = await fetch(`http://127.0.0.1:${strict.port}/decode`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{"payloads":[]}',
      });
      await answer.arrayBuffer();
      return { status: answer.status, retryAfter: Number(answer.headers.get('retry-after')) };
    };
    const statuses = [await post('newer'), await post('newer'), await post('newer'), await post('older')];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
    expect(statuses[2]?.retryAfter).toBeGreaterThan(0);

    for (let guess = 0; guess < 20; guess++) expect((await post(`guess ${guess}`)).status).toBe(401);
    expect((await post('another guess')).status).toBe(429);
    // Others behind the same address hold a token, and go on.
    expect((await post('older')).status).toBe(200);
    await strict.close();
  });
});
