import { workerConfig } from '../../src/config/config.ts';

/** Settings without a fault, of an account for tests. */
export const base = {
  TEMPORAL_ADDRESS: 'localhost:7233',
  PAYTONE_URL: 'https://api.example.com',
  PAYTONE_ACCOUNT_ID: 'coma_1',
  PAYTONE_PRIVATE_KEY: 'sk_test_one',
  PAYTONE_PUBLIC_KEY: 'pk_test_one',
  PUBLIC_URL: 'https://pay.example.com',
};
export const live = {
  ...base,
  PAYTONE_PRIVATE_KEY: 'sk_live_one',
  PAYTONE_PUBLIC_KEY: 'pk_live_one',
  PAYLOAD_KEYS: 'one=S9bJ0yDq8mFzq2lW1t7cVhR5xYkP3uNaE6oGi4BvQ8c=',
};
export const key = '5f0c1b7e9a3d48826e1fb07c94d2a65388e7';
export const secret = 'whsec_mK3v9Yw0sJtB1xQeZ7rUoLc5NfHdGa8PiV2bX6nTkRs=';
export const url = 'https://shop.example.com/outcomes';
export const shop = {
  name: 'shop',
  keys: [key],
  rights: ['payments'],
  endpoints: [{ url, secrets: [secret] }],
};

/** What is told to be wrong with settings. */
export function faultsOf(settings: object, config: (env: never) => unknown = workerConfig): string[] {
  try {
    config(settings as never);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n  - ').slice(1);
  }
}
