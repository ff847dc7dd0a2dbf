import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ingressConfig, workerConfig } from '../../src/config/config.ts';
import { startAdminServer } from '../../src/observability/admin-server.ts';

const settings = {
  TEMPORAL_ADDRESS: 'temporal:7233',
  PAYTONE_URL: 'https://api.example.com',
  PAYTONE_ACCOUNT_ID: 'coma_1',
  PAYTONE_PRIVATE_KEY: 'sk_test_one',
  PAYTONE_PUBLIC_KEY: 'pk_test_one',
  PUBLIC_URL: 'https://pay.example.com',
  ORDER_API_KEYS: 'shop=short',
  ADMIN_PORT: '0',
};
const outside = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

/** Whether health and metrics of a process with these settings are there for others on the network. */
async function isReachable(address: string, more: object = {}): Promise<boolean> {
  const { host } = workerConfig({ ...settings, ...more }).admin;
  const server = await startAdminServer({ host, port: 0, metrics: () => Promise.resolve('') });
  const answer = await fetch(`http://${address}:${server.port}/readyz`).catch(() => null);
  await answer?.text();
  server.close();
  return answer?.status === 200;
}

describe('the admin port', () => {
  it('listens on loopback unless ADMIN_HOST says otherwise', async () => {
    expect(ingressConfig(settings).admin).toEqual({ host: '127.0.0.1', port: 0 });
    expect(await isReachable('127.0.0.1')).toBe(true);
    expect(await isReachable('127.0.0.1', { ADMIN_HOST: 'localhost' })).toBe(true);
    for (const odd of ['everywhere', '0.0.0.0:9101', '10.0.0'])
      expect(() => workerConfig({ ...settings, ADMIN_HOST: odd })).toThrow(
        'ADMIN_HOST must be an IP address, such as 0.0.0.0',
      );
  });

  it.skipIf(outside === undefined)('is open to the network with ADMIN_HOST=0.0.0.0 alone', async () => {
    expect(await isReachable(outside ?? '')).toBe(false);
    expect(await isReachable(outside ?? '', { ADMIN_HOST: '0.0.0.0' })).toBe(true);
  });
});
