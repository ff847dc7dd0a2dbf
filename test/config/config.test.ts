import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAmong } from '../../src/http/address-list.ts';
import { codecConfig, ingressConfig, temporalConfig, workerConfig } from '../../src/config/config.ts';

const base = {
  TEMPORAL_ADDRESS: 'temporal:7233',
  PAYTONE_URL: 'https://api.example.com',
  PAYTONE_ACCOUNT_ID: 'coma_1',
  PAYTONE_PRIVATE_KEY: 'sk_test_one',
  PAYTONE_PUBLIC_KEY: 'pk_test_one',
  PUBLIC_URL: 'https://pay.example.com',
  ORDER_API_KEYS: 'shop=short',
};
const zeros = `zero=${Buffer.alloc(32).toString('base64')}`;
const strong = 'one=S9bJ0yDq8mFzq2lW1t7cVhR5xYkP3uNaE6oGi4BvQ8c=';

let folder = '';
const file = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paytone-config-'));
  await writeFile(file('empty'), '\n');
  await writeFile(file('number'), '900\n');
  await writeFile(file('token'), 'token-of-the-cloud\n');
  await writeFile(file('not.pem'), 'no certificate');
  await writeFile(file('cert.pem'), '-----BEGIN CERTIFICATE-----\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('settings', () => {
  it('that are empty are unset ones, in files as well', () => {
    const settings = { ...base, PAYMENT_TTL_SECONDS: '', OUTCOME_URL: '', WORKER_BUILD_ID: '' };
    expect(ingressConfig(settings).policy).toMatchObject({ ttlSeconds: 1800 });
    expect(ingressConfig(settings).orderServices.endpointsOf('shop')).toEqual([]);
    expect(workerConfig(settings).deployment).toBeNull();
    for (const none of [{ PAYTONE_CALLBACK_SECRETS: '' }, { PAYTONE_CALLBACK_SECRETS_FILE: file('empty') }])
      expect(workerConfig({ ...base, ...none }).paytone.callbackSecrets).toEqual(['sk_test_one']);
  });

  it('that name a secret or a host which nothing could be are refused, and hosts are hosts in any case', () => {
    for (const OUTCOME_SECRETS of ['whsec_abc', 'whsec_ab=cd', 'whsec_'])
      expect(() => workerConfig({ ...base, OUTCOME_SECRETS })).toThrow('must be whsec_ followed by base64');
    for (const REDIRECT_HOSTS of ['https://pay.example.com', 'pay.example.com/x', 'pay example'])
      expect(() => workerConfig({ ...base, REDIRECT_HOSTS })).toThrow(
        'must be hosts, such as pay.example.com',
      );
    const { policy } = ingressConfig({ ...base, REDIRECT_HOSTS: 'Pay.Example.com,localhost:4010' });
    expect(policy.redirects.hosts).toEqual(['pay.example.com', 'localhost:4010']);
  });

  it('refuse a list of nothing', () => {
    const nothing = { ...base, PAYTONE_CALLBACK_SECRETS: ',', PAYLOAD_KEYS: ' , ' };
    expect(() => ingressConfig(nothing)).toThrow(
      /PAYLOAD_KEYS is empty[^]*PAYTONE_CALLBACK_SECRETS is empty/,
    );
  });

  it("place the platform's APIs below its URL, also without a prefix", () => {
    const placed = (more: object) => {
      const { apiPath, publicApiPath } = workerConfig({ ...base, ...more }).paytone;
      return [apiPath, publicApiPath];
    };
    expect(placed({})).toEqual(['/api', '/public-api']);
    expect(placed({ PAYTONE_API_PATH: '', PAYTONE_PUBLIC_API_PATH: '/v2/public' })).toEqual([
      '',
      '/v2/public',
    ]);
    expect(placed({ PAYTONE_API_PATH_FILE: file('empty') })).toEqual(['', '/public-api']);
    expect(placed({ PAYTONE_API_PATH: '/a-p_i.v1' })).toEqual(['/a-p_i.v1', '/public-api']);
    for (const odd of ['api', '/', '/api/', '//api', '/a?b', '/a b', 'https://elsewhere.example/api'])
      expect(() => placed({ PAYTONE_API_PATH: odd })).toThrow('PAYTONE_API_PATH must begin with "/"');
    expect(() => placed({ PAYTONE_PUBLIC_API_PATH: 'public' })).toThrow('PAYTONE_PUBLIC_API_PATH must');
  });

  it('may be files, whatever they hold', () => {
    expect(ingressConfig({ ...base, PAYMENT_TTL_SECONDS_FILE: file('number') }).policy.ttlSeconds).toBe(900);
    const { environment } = temporalConfig({ ...base, TEMPORAL_API_KEY_FILE: file('token') });
    expect(environment['TEMPORAL_API_KEY']).toBe('token-of-the-cloud');
    const missing = { ...base, PAYMENT_TTL_SECONDS_FILE: file('missing') };
    expect(() => ingressConfig(missing)).toThrow('PAYMENT_TTL_SECONDS_FILE names an unreadable file');
  });

  it('name TLS files that cannot be used beside all other faults', () => {
    const without = { ...base, PUBLIC_URL: '' };
    const tls = {
      TEMPORAL_TLS_CLIENT_CERT_PATH: file('cert.pem'),
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: file('not.pem'),
    };
    expect(() => workerConfig({ ...without, ...tls })).toThrow(
      /CA_CERT_PATH names a file that is not PEM[^]*go together[^]*PUBLIC_URL is missing/,
    );
    const away = {
      TEMPORAL_TLS_CLIENT_CERT_PATH: file('cert.pem'),
      TEMPORAL_TLS_CLIENT_KEY_PATH: file('no'),
    };
    expect(() => temporalConfig({ ...base, ...away })).toThrow(
      'TEMPORAL_TLS_CLIENT_KEY_PATH names an unreadable file',
    );
  });
});

describe('secrets', () => {
  it('of the demo are refused outside of it', () => {
    const demo = { ...base, ORDER_API_KEYS: 'shop=demo-shop-key' };
    expect(() => ingressConfig(demo)).toThrow('ORDER_API_KEYS holds a secret of the demo');
    expect(ingressConfig(demo, { isDemo: true }).orderServices.keys).toHaveLength(1);
    const renamed = {
      PAYLOAD_KEYS: 'mine=cGF5dG9uZS1wYXltZW50cy1kZW1vLWtleS0zMi1ieSE=',
      CODEC_TOKENS: 'token',
    };
    expect(() => codecConfig(renamed)).toThrow('PAYLOAD_KEYS holds a secret of the demo');
  });

  it.each(['whsec_YmVuY2gtYmVuY2gtYmVuY2gtYmVuY2gtMQ==', 'whsec_YmVuY2gtYmVuY2gtYmVuY2gtYmVuY2gtMTI='])(
    "%s, which ends as the base64 of any length does, is nobody else's",
    (OUTCOME_SECRETS) => {
      const settings = { ...base, OUTCOME_SECRETS, OUTCOME_URL: 'https://shop.example.com' };
      expect(workerConfig(settings).orderServices.endpointsOf('shop')).toMatchObject([
        { secrets: [OUTCOME_SECRETS] },
      ]);
    },
  );

  it('of a codec server are checked whatever the account, of which it knows nothing', () => {
    const weak = { CODEC_TOKENS: 'ann=short,bob=mK3v9Yw0sJtB1xQeZ7rUoLc5', PAYLOAD_KEYS: zeros };
    expect(() => codecConfig(weak)).toThrow(
      /CODEC_TOKENS holds a secret that is too short or repetitive[^]*PAYLOAD_KEYS holds a secret that is too short/,
    );
    expect(codecConfig(weak, { isDemo: true }).tokens).toHaveLength(2);
    expect(ingressConfig({ ...base, PAYLOAD_KEYS: zeros }).paytone.testMode).toBe(true);
  });
});

describe('tokens of the codec', () => {
  it.each([
    ['ann=mK3v9Yw0sJtB1xQeZ7rUoLc5==', { name: 'ann', token: 'mK3v9Yw0sJtB1xQeZ7rUoLc5==' }],
    ['mK3v9Yw0sJtB1xQeZ7rUoLc5==', { name: 'token 1', token: 'mK3v9Yw0sJtB1xQeZ7rUoLc5==' }],
    ['mK3v9Yw0sJtB1xQeZ7rUoLc5', { name: 'token 1', token: 'mK3v9Yw0sJtB1xQeZ7rUoLc5' }],
  ])('%s', (CODEC_TOKENS, reader) => {
    expect(codecConfig({ CODEC_TOKENS, PAYLOAD_KEYS: strong }).tokens).toEqual([reader]);
  });

  it('of the demo are refused outside of it, under any name', () => {
    const named = { CODEC_TOKENS: 'ann=demo-codec-token', PAYLOAD_KEYS: strong };
    expect(() => codecConfig(named)).toThrow('CODEC_TOKENS holds a secret of the demo');
  });
});

describe('addresses', () => {
  const isTaken = (list: string, address: string): boolean => {
    const { callbackAddresses } = ingressConfig({ ...base, PAYTONE_CALLBACK_ADDRESSES: list });
    return callbackAddresses !== null && isAmong(callbackAddresses, address);
  };
  it.each([
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '::ffff:192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['198.51.100.0/24, 192.0.2.0/30', '::ffff:192.0.2.3', true],
    ['198.51.100.0/24,192.0.2.0/30', '192.0.2.4', false],
    ['2001:db8::/32', '2001:db8:1::1', true],
    ['2001:db8::/32', '192.0.2.1', false],
    ['0.0.0.0/0', 'unknown', false],
  ])('%s: %s is among them: %s', (list, address, expected) => {
    expect(isTaken(list, address)).toBe(expected);
  });

  it.each(['192.0.2', '192.0.2.0/33', '2001:db8::/129', '192.0.2.0/', '192.0.2.0/24/1', 'paytone.com', ','])(
    '%s is refused',
    (list) => {
      for (const name of ['PAYTONE_CALLBACK_ADDRESSES', 'TRUSTED_PROXIES'])
        expect(() => ingressConfig({ ...base, [name]: list })).toThrow(
          `${name} must be IP addresses or ranges, such as 192.0.2.7,2001:db8::/32`,
        );
    },
  );

  it('are none where nothing is set', () => {
    expect(ingressConfig(base)).toMatchObject({ callbackAddresses: null, trustedProxies: null });
  });
});
