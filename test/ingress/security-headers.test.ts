import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { fetch } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { sendTagged } from '../../src/ingress/order-api/conditional.ts';
import { securityHeaders } from '../../src/ingress/security-headers.ts';
import { loneKey, startLoneIngress } from '../support/lone-ingress.ts';

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};
const strict = { 'strict-transport-security': 'max-age=31536000' };

const live = {
  PAYTONE_URL: 'https://127.0.0.1:1',
  PAYTONE_PRIVATE_KEY: 'sk_live_lone',
  PAYTONE_PUBLIC_KEY: 'pk_live_lone',
  PAYTONE_CALLBACK_SECRETS: 'x8Rk2vQm5TzLw0Jc7NbY',
  ORDER_API_KEYS: 'shop=5f0c1b7e9a3d48826e1fb07c94d2a65388e7',
  PAYLOAD_KEYS: 'one=S9bJ0yDq8mFzq2lW1t7cVhR5xYkP3uNaE6oGi4BvQ8c=',
};

const answers: readonly (readonly [status: number, method: string, path: string])[] = [
  [200, 'GET', '/livez'],
  [503, 'GET', '/readyz'],
  [200, 'GET', '/docs/problems/refused'],
  [200, 'GET', '/openapi.json'],
  [200, 'GET', '/return/page/en/success'],
  [404, 'GET', '/return/forged'],
  [401, 'POST', '/callbacks/paytone'],
  [401, 'GET', '/v1/payments/A1'],
  [404, 'GET', '/nowhere'],
  [405, 'DELETE', '/docs'],
];

async function ingressWith(more: Readonly<Record<string, string>>) {
  const ingress = await startLoneIngress(undefined, more);
  onTestFinished(() => ingress.stop());
  return async (method: string, path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${ingress.url}${path}`, { method, headers });
    await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers) };
  };
}

it('live, every answer is kept nowhere, runs nothing, and is asked for over TLS alone from then on', async () => {
  const ask = await ingressWith(live);
  for (const [status, method, path] of answers) {
    const answer = await ask(method, path);
    expect(answer.status, path).toBe(status);
    expect(answer.headers, path).toMatchObject({ ...always, ...strict });
  }
});

it('in test mode, so is every answer, and TLS is insisted on where a proxy says that it ended there', async () => {
  const ask = await ingressWith({ TRUSTED_PROXIES: '127.0.0.1' });
  const authorization = `Bearer ${loneKey}`;
  const plain = await ask('GET', '/v1/payments/A1', { authorization });
  expect(plain).toMatchObject({ status: 503, headers: always });
  expect(plain.headers).not.toHaveProperty('strict-transport-security');
  const ended = await ask('GET', '/livez', { 'x-forwarded-proto': 'https' });
  expect(ended.headers).toMatchObject({ ...always, ...strict });
});

it('nobody else can say that TLS ended before us', async () => {
  const ask = await ingressWith({});
  const said = await ask('GET', '/livez', { 'x-forwarded-proto': 'https' });
  expect(said.headers).toMatchObject(always);
  expect(said.headers).not.toHaveProperty('strict-transport-security');
});

it('a payment is kept nowhere either, changed or not', async () => {
  const app = express().set('etag', false).use(securityHeaders(false));
  app.get('/', (request, response) => sendTagged(request, response, { orderId: 'A1' }));
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const first = await fetch(url);
  const tag = first.headers.get('etag') ?? '';
  const again = await fetch(url, { headers: { 'if-none-match': tag } });
  expect([first.status, again.status]).toEqual([200, 304]);
  for (const { headers } of [first, again]) expect(headers.get('cache-control')).toBe('no-store');
});
