import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCodecServer } from '../../src/codec-server/server.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { EncryptionCodec } from '../../src/temporal/payload-codec.ts';

const ui = 'https://ui.example';

describe('a browser at the codec server', () => {
  let server: Awaited<ReturnType<typeof startCodecServer>>;
  const lines: string[] = [];
  const start = (tokens: string[]) =>
    startCodecServer({
      port: 0,
      codec: new EncryptionCodec([{ id: 'a', key: new Uint8Array(randomBytes(32)) }]),
      tokens: tokens.map((token) => ({ name: `who has ${token.slice(0, 1)}`, token })),
      origins: [ui],
      rateLimit: 1_000,
      trustedProxies: null,
      logger: createLogger('codec', 'info', { write: (line) => void lines.push(line) }),
    });
  beforeAll(async () => {
    server = await start(['older', 'newer']);
  });
  afterAll(() => server.close());

  type Headers = Record<string, string>;
  const send = async (method: 'GET' | 'POST' | 'OPTIONS', path: string, headers: Headers = {}, body = '') => {
    const { port } = server;
    const answer = await request(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      ...(method === 'POST' && { body }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  };
  const own = (): Headers => ({
    origin: `http://127.0.0.1:${server.port}`,
    'content-type': 'application/x-www-form-urlencoded',
  });
  const logIn = (token: string, headers: Headers = own()) =>
    send('POST', '/login', headers, `token=${encodeURIComponent(token)}`);
  const setCookieOf = (headers: Awaited<ReturnType<typeof send>>['headers']): string =>
    String(headers['set-cookie'] ?? '');
  const cookieAfter = async (token: string): Promise<string> =>
    setCookieOf((await logIn(token)).headers).split(';')[0] ?? '';
  const decode = (headers: Headers) =>
    send('POST', '/decode', { 'content-type': 'application/json', ...headers }, '{"payloads":[]}');

  it('logs in with a token, reads for the Temporal UI, and logs out', async () => {
    expect((await send('GET', '/')).text).toContain('<form method="post" action="/login">');
    const { status, headers } = await logIn('newer');
    expect([status, headers['location']]).toEqual([303, '/']);
    const setCookie = setCookieOf(headers);
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=14400'])
      expect(setCookie).toContain(attribute);
    expect(setCookie).not.toContain('newer');
    const cookie = setCookie.split(';')[0] ?? '';
    expect((await send('GET', '/', { cookie })).text).toContain('This browser may read payments');

    const read = await decode({ cookie, origin: ui });
    expect([read.status, read.headers['access-control-allow-origin']]).toEqual([200, ui]);
    expect(read.headers['access-control-allow-credentials']).toBe('true');
    const encode = await send(
      'POST',
      '/encode?preserveStorageRefs=true',
      { cookie, origin: ui, 'content-type': 'application/json' },
      '{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"e30="}]}',
    );
    expect(encode.text).toContain(Buffer.from('binary/aes-256-gcm').toString('base64'));

    expect(setCookieOf((await send('POST', '/logout', { ...own(), cookie })).headers)).toMatch(
      /paytone-codec=;.*Max-Age=0/,
    );
    // Whoever has copied the cookie meanwhile has nothing.
    expect((await decode({ cookie, origin: ui })).status).toBe(401);
    expect((await send('GET', '/', { cookie })).text).toContain('<form method="post" action="/login">');
  });

  it('believes a session from pages of CODEC_ORIGINS alone', async () => {
    const cookie = await cookieAfter('newer');
    const statuses = [];
    for (const headers of [
      { cookie },
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'null' },
      { cookie, origin: 'https://evil.example', authorization: 'Bearer guess' },
      { origin: 'https://evil.example', authorization: 'Bearer newer' },
      { origin: ui },
    ])
      statuses.push((await decode(headers)).status);
    expect(statuses).toEqual([403, 403, 403, 403, 200, 401]);
    const preflight = await send('OPTIONS', '/decode', { origin: 'https://evil.example' });
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('takes no form from another page, and no forged, changed or outdated session', async () => {
    for (const origin of ['https://evil.example', ui, 'null']) {
      const answer = await logIn('newer', { ...own(), origin });
      expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
      expect((await send('POST', '/logout', { ...own(), origin })).status).toBe(403);
    }
    const cookie = await cookieAfter('newer');
    const [name = '', value = ''] = cookie.split('=');
    for (const wrong of ['', 'x', 'newer', `${value}x`, value.slice(1), value.toUpperCase()])
      expect((await decode({ cookie: `${name}=${wrong}`, origin: ui })).status).toBe(401);

    vi.setSystemTime(Date.now() + 4 * 60 * 60 * 1000 + 1_000);
    const late = await decode({ cookie, origin: ui });
    vi.useRealTimers();
    expect(late.status).toBe(401);
  });

  it('ends sessions with a restart, and so with their token', async () => {
    const cookie = await cookieAfter('older');
    const restarted = await start(['older', 'newer']);
    const answer = await request(`http://127.0.0.1:${restarted.port}/decode`, {
      method: 'POST',
      headers: { cookie, origin: ui, 'content-type': 'application/json' },
      body: '{"payloads":[]}',
    });
    await answer.body.dump();
    expect(answer.statusCode).toBe(401);
    await restarted.close();
  });

  it('leaves a line of each login, refusal and read, which holds who it was and no token', async () => {
    lines.length = 0;
    const cookie = await cookieAfter('newer');
    await decode({ cookie, origin: ui });
    await decode({ cookie, origin: 'https://evil.example' });
    await decode({ authorization: 'Bearer a-guess' });
    await logIn('another-guess');
    await logIn('newer', { ...own(), origin: 'https://evil.example' });
    await send('GET', '/4111111111111111', {});
    await send('POST', '/logout', { ...own(), cookie });
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const by = { reader: 'who has n', address: '::ffff:127.0.0.1' };
    expect(told).toMatchObject([
      { ...by, msg: 'logged in' },
      { ...by, msg: 'payloads shown', operation: 'decode', payloads: 0, workflows: [] },
      { ...by, msg: 'refused', operation: 'decode', answer: 403 },
      { msg: 'refused', operation: 'decode', answer: 401 },
      { msg: 'refused', operation: 'login', answer: 401 },
      { msg: 'refused', operation: 'login', answer: 403 },
      { msg: 'refused', operation: 'other', answer: 401 },
      { ...by, msg: 'logged out' },
    ]);
    expect(told.every(({ time }) => typeof time === 'number')).toBe(true);
    const all = lines.join('');
    for (const secret of ['newer', 'guess', cookie.split('=')[1] ?? 'no cookie', '4111'])
      expect(all).not.toContain(secret);
  });

  it('sends the cookie through TLS alone, where it is not on the machine itself', async () => {
    const host = 'codec.example';
    const answer = await logIn('newer', { ...own(), host, origin: `https://${host}` });
    expect(setCookieOf(answer.headers)).toMatch(/^__Host-paytone-codec=.*; Secure/);
  });

  it('keeps no answer anywhere, whatever was asked', async () => {
    const json = { 'content-type': 'application/json', authorization: 'Bearer newer' };
    const answers = [
      await send('GET', '/'),
      await logIn('newer'),
      await logIn('guess'),
      await send('GET', '/nothing'),
      await send('GET', '/nothing', { authorization: 'Bearer newer' }),
      await send('POST', '/decode', json, '{'),
      await send('POST', '/decode', json, `"${'x'.repeat(9_000_000)}"`),
      await send('OPTIONS', '/decode', { origin: ui }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 303, 401, 401, 404, 400, 413, 204]);
    for (const { headers } of answers) expect(headers['cache-control']).toBe('no-store');
  });

  it('answers 429 to who tries tokens in the form, and lets in who has one', async () => {
    const usual = server;
    server = await start(['newer']);
    for (let guess = 0; guess < 20; guess++) expect((await logIn(`guess ${guess}`)).status).toBe(401);
    const over = await logIn('another guess');
    expect([over.status, Number(over.headers['retry-after']) > 0]).toEqual([429, true]);
    expect((await logIn('newer')).status).toBe(303);
    await server.close();
    server = usual;
  });
});
