import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodecServer } from '../../src/codec-server/server.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { EncryptionCodec } from '../../src/temporal/payload-codec.ts';

const { Payload } = proto.temporal.api.common.v1;

describe('the codec server', () => {
  const codec = new EncryptionCodec([{ id: 'a', key: new Uint8Array(randomBytes(32)) }]);
  let server: Awaited<ReturnType<typeof startCodecServer>>;
  const lines: string[] = [];
  const parts = {
    port: 0,
    codec,
    tokens: ['older', 'newer'].map((token) => ({ name: `${token} reader`, token })),
    origins: ['https://ui.example'],
    rateLimit: 1_000,
    trustedProxies: null,
    logger: createLogger('codec', 'info', { write: (line) => void lines.push(line) }),
  };
  beforeAll(async () => {
    server = await startCodecServer(parts);
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
  const encrypted = async (value: unknown, workflowId = 'payment-A1') =>
    (
      await codec.encode([defaultPayloadConverter.toPayload(value)], {
        type: 'workflow',
        namespace: 'default',
        workflowId,
      })
    ).map((it) => Payload.toObject(Payload.fromObject(it), { bytes: String }));

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
    const strict = await startCodecServer({ ...parts, origins: [], rateLimit: 2 });
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

  it('leaves a line of whose payments were shown to whom, and nothing of them', async () => {
    lines.length = 0;
    const payloads = [
      ...(await encrypted({ name: 'Sally' })),
      ...(await encrypted({ name: 'Sally' }, 'payment-A2')),
      ...(await encrypted({ name: 'Sally' })),
    ];
    expect((await ask({ payloads })).status).toBe(200);
    const [line = '', ...more] = lines;
    expect(more).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      msg: 'payloads shown',
      reader: 'newer reader',
      payloads: 3,
      workflows: ['default/payment-A1', 'default/payment-A2'],
    });
    expect(line).not.toContain('Sally');
  });

  it('makes no more than 32 MB of one request', async () => {
    const [payload] = await encrypted({ text: randomBytes(10_000).toString('hex').repeat(200) });
    expect((await ask({ payloads: [payload] })).status).toBe(200);
    const { status, body } = await ask({ payloads: Array(9).fill(payload) });
    expect([status, body]).toEqual([413, { message: 'The payloads are over 32 MB in clear: send fewer.' }]);
  });

  it.each([
    ['head', 'POST /decode HTTP/1.1\r\nhost: a\r\n'],
    [
      'body',
      'POST /decode HTTP/1.1\r\nhost: a\r\nauthorization: Bearer newer\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    ],
  ])('gives up on a %s that does not come to an end', async (_part, sent) => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(sent);
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    const begun = Date.now();
    await once(socket, 'close', { signal: AbortSignal.timeout(40_000) });
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(Date.now() - begun).toBeLessThan(20_000);
  });
});
