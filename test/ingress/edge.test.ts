import { fetch } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loneKey, startLoneIngress } from '../support/lone-ingress.ts';

/** An ingress of its own, with what it logs. */
async function startIngress(more: Readonly<Record<string, string>>) {
  const lines: string[] = [];
  const ingress = await startLoneIngress({ write: (line) => void lines.push(line) }, more);
  onTestFinished(() => ingress.stop());
  /** Forged, so that whatever is looked at is answered 401. */
  const callback = async (headers: Record<string, string> = {}): Promise<number> => {
    const answer = await fetch(`${ingress.url}/callbacks/paytone`, {
      method: 'POST',
      headers: { 'x-signature': 'forged', ...headers },
      body: '{}',
    });
    await answer.text();
    return answer.status;
  };
  const read = async (key: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${ingress.url}/v1/payments/A1`, {
      headers: { authorization: `Bearer ${key}`, ...headers },
    });
    return {
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      text: await answer.text(),
    };
  };
  return { ...ingress, lines, callback, read };
}

describe('paths', () => {
  it('are told apart by case, as a proxy does that lets through what is listed', async () => {
    const { url } = await startIngress({});
    for (const path of ['/CALLBACKS/paytone', '/callbacks/Paytone', '/V1/payments/A1', '/v1/Payments/A1']) {
      const answer = await fetch(url + path, { headers: { authorization: `Bearer ${loneKey}` } });
      expect([path, answer.status, await answer.json()]).toMatchObject([
        path,
        404,
        { detail: 'There is no such path.' },
      ]);
    }
  });
});

describe('callbacks with PAYTONE_CALLBACK_ADDRESSES', () => {
  it('are refused from elsewhere before they are looked at, and counted', async () => {
    const ingress = await startIngress({ PAYTONE_CALLBACK_ADDRESSES: '192.0.2.0/24' });
    expect(await ingress.callback()).toBe(403);
    // Nobody's word is taken for where a request is from.
    expect(await ingress.callback({ 'x-forwarded-for': '192.0.2.7' })).toBe(403);
    expect(await ingress.metrics()).toContain('paytone_callbacks_total{result="elsewhere"} 2');
  });

  it('are looked at from there', async () => {
    for (const addresses of ['127.0.0.1', '127.0.0.0/8', '192.0.2.7,127.0.0.1']) {
      const ingress = await startIngress({ PAYTONE_CALLBACK_ADDRESSES: addresses });
      expect(await ingress.callback()).toBe(401);
    }
  });

  it('come through TRUSTED_PROXIES, the last of which that is none of them says where from', async () => {
    const ingress = await startIngress({
      PAYTONE_CALLBACK_ADDRESSES: '192.0.2.0/24',
      TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8',
    });
    const from = (forwarded: string) => ingress.callback({ 'x-forwarded-for': forwarded });
    expect(await from('192.0.2.7')).toBe(401);
    expect(await from('192.0.2.7, 10.1.2.3')).toBe(401);
    expect(await from('203.0.113.9')).toBe(403);
    expect(await from('192.0.2.7, 203.0.113.9')).toBe(403);
    expect(await from('nonsense')).toBe(403);
    expect(await ingress.callback()).toBe(403);
  });
});

describe('wrong keys of the order API', () => {
  it('are answered 429 after 20 a minute of one address, which hinders nobody with a key', async () => {
    const ingress = await startIngress({ TRUSTED_PROXIES: '127.0.0.1' });
    const from = (address: string, key: string) => ingress.read(key, { 'x-forwarded-for': address });
    for (let guess = 0; guess < 20; guess++)
      expect((await from('203.0.113.9', `guess-${guess}`)).status).toBe(401);
    const over = await from('203.0.113.9', 'guess-more');
    expect([over.status, Number(over.retryAfter) > 0]).toEqual([429, true]);
    expect(JSON.parse(over.text)).toMatchObject({ type: '/docs/problems/too-many-requests' });
    expect((await from('203.0.113.9', loneKey)).status).not.toBe(429);
    expect((await from('203.0.113.10', 'guess')).status).toBe(401);
    expect((await fetch(`${ingress.url}/v1/payments/A1`)).status).toBe(401);

    expect(await ingress.metrics()).toContain('paytone_wrong_keys_total 22');
    const told = ingress.lines.filter((line) => line.includes('wrong API key'));
    expect(told).toHaveLength(21);
    expect(JSON.parse(told[0] ?? '')).toMatchObject({ address: '203.0.113.9', answer: 401 });
    expect(ingress.lines.join('')).not.toContain('guess');
  });
});
