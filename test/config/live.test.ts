import { describe, expect, it } from 'vitest';
import { clientConfig, ingressConfig, workerConfig } from '../../src/config/config.ts';

const random = {
  payloadKey: 'one=S9bJ0yDq8mFzq2lW1t7cVhR5xYkP3uNaE6oGi4BvQ8c=',
  apiKey: 'shop=5f0c1b7e9a3d48826e1fb07c94d2a65388e7',
  outcomeSecret: 'whsec_mK3v9Yw0sJtB1xQeZ7rUoLc5NfHdGa8PiV2bX6nTkRs=',
};
const live = {
  TEMPORAL_ADDRESS: 'localhost:7233',
  PAYTONE_URL: 'https://api.example.com',
  PAYTONE_ACCOUNT_ID: 'coma_1',
  PAYTONE_PRIVATE_KEY: 'sk_live_one',
  PAYTONE_PUBLIC_KEY: 'pk_live_one',
  PUBLIC_URL: 'https://pay.example.com',
  ORDER_API_KEYS: random.apiKey,
  OUTCOME_URL: 'https://shop.example.com/outcomes',
  OUTCOME_SECRETS: random.outcomeSecret,
  PAYLOAD_KEYS: random.payloadKey,
};
const test = { ...live, PAYTONE_PRIVATE_KEY: 'sk_test_one', PAYTONE_PUBLIC_KEY: 'pk_test_one' };

type Settings = Readonly<Record<string, string>>;
const message = (settings: Settings): string => {
  try {
    workerConfig(settings);
    return 'starts';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const weak = (name: string): string =>
  `${name} holds a secret that is too short or repetitive. Generate one with "openssl rand", as docs/operating.md explains`;
const plaintext =
  'TEMPORAL_ADDRESS is neither on this machine nor reached over TLS. Set TEMPORAL_TLS=true or certificates (docs/temporal-cloud.md), or TEMPORAL_PLAINTEXT=yes if nobody else can reach the network in between';
const unencrypted = (name: string): string =>
  `${name} must begin with https:// with live Paytone keys. Over http:, anybody in between can read and change what it carries`;
const unverified =
  'NODE_TLS_REJECT_UNAUTHORIZED=0 turns off TLS verification. Remove it; if you have your own certificate authority, name it in NODE_EXTRA_CA_CERTS';

describe('with live keys', () => {
  it.each<[Settings, string]>([
    [{ PAYTONE_URL: 'http://api.example.com' }, unencrypted('PAYTONE_URL')],
    [{ OUTCOME_URL: 'http://shop.example.com/outcomes' }, unencrypted('OUTCOME_URL')],
    [{ PUBLIC_URL: 'http://pay.example.com' }, unencrypted('PUBLIC_URL')],
    [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, unverified],
    [{ TEMPORAL_ADDRESS: 'temporal:7233' }, plaintext],
    [{ TEMPORAL_ADDRESS: '10.0.0.7:7233' }, plaintext],
    [{ TEMPORAL_ADDRESS: 'localhost.example.com:7233' }, plaintext],
    [{ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_TLS: 'false' }, plaintext],
    [{ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_PLAINTEXT: 'no' }, plaintext],
    [{ ORDER_API_KEYS: 'shop=5f0c1b7e9a3d488' }, weak('ORDER_API_KEYS')],
    [{ ORDER_API_KEYS: `shop=${'a'.repeat(64)}` }, weak('ORDER_API_KEYS')],
    [{ ORDER_API_KEYS: `shop=${'0123456789abcdef'.repeat(3)}` }, weak('ORDER_API_KEYS')],
    [{ ORDER_API_KEYS: 'shop=changemechangeme1!' }, weak('ORDER_API_KEYS')],
    [{ ORDER_API_KEYS: `${random.apiKey},other=short` }, weak('ORDER_API_KEYS')],
    [{ PAYTONE_CALLBACK_SECRETS: 'short' }, weak('PAYTONE_CALLBACK_SECRETS')],
    [{ PAYTONE_CALLBACK_SECRETS: 'ab'.repeat(30) }, weak('PAYTONE_CALLBACK_SECRETS')],
    [{ OUTCOME_SECRETS: 'whsec_c2hvcnQ=' }, weak('OUTCOME_SECRETS')],
    [{ OUTCOME_SECRETS: `whsec_${Buffer.alloc(32, 'bench-').toString('base64')}` }, weak('OUTCOME_SECRETS')],
    [{ PAYLOAD_KEYS: `zero=${Buffer.alloc(32).toString('base64')}` }, weak('PAYLOAD_KEYS')],
    [{ PAYLOAD_KEYS: `ten=${Buffer.alloc(32, '0123456789').toString('base64')}` }, weak('PAYLOAD_KEYS')],
    [{ CODEC_TOKENS: 'ops=short' }, weak('CODEC_TOKENS')],
  ])('%j is refused', (settings, fault) => {
    expect(message({ ...live, ...settings })).toBe(`The settings are not usable:\n  - ${fault}`);
  });

  it.each<Settings>([
    {},
    { TEMPORAL_ADDRESS: '127.0.0.1:7233' },
    { TEMPORAL_ADDRESS: '[::1]:7233' },
    { TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_PLAINTEXT: 'yes' },
    { TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_TLS: 'true' },
    { TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_API_KEY: 'of the cloud' },
    { NODE_TLS_REJECT_UNAUTHORIZED: '1' },
    { CODEC_TOKENS: 'ops=mK3v9Yw0sJtB1xQeZ7rUoLc5,NfHdGa8PiV2bX6nTkRs9QwEr==' },
  ])('%j is taken', (settings) => {
    expect(message({ ...live, ...settings })).toBe('starts');
  });

  it("every fault is told at once, by the ingress and a service of one's own as well", () => {
    const faults = {
      ...live,
      PAYTONE_URL: 'http://api.example.com',
      OUTCOME_URL: 'http://shop.example.com',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      TEMPORAL_ADDRESS: 'temporal:7233',
      ORDER_API_KEYS: 'shop=short',
      MAX_ATTEMPTS: 'many',
    };
    const told = [
      ...[unencrypted('PAYTONE_URL'), unencrypted('OUTCOME_URL'), unverified, plaintext],
      ...[weak('ORDER_API_KEYS'), 'MAX_ATTEMPTS must be a whole number'],
    ];
    for (const config of [ingressConfig, clientConfig])
      expect(() => config(faults)).toThrow(told.map((fault) => `  - ${fault}`).join('\n'));
  });

  it('none of this concerns a test account', () => {
    const settings = {
      ...test,
      PAYTONE_URL: 'http://sandbox:4010',
      OUTCOME_URL: 'http://shop',
      PUBLIC_URL: 'http://localhost:3000',
      TEMPORAL_ADDRESS: 'temporal:7233',
      ORDER_API_KEYS: 'shop=short',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    };
    expect(message(settings)).toBe('starts');
  });
});
