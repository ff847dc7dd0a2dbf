import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workerConfig } from '../../src/config/config.ts';
import { startServicesFile } from '../support/services-file.ts';
import { base, faultsOf, live, shop } from '../support/settings.ts';

let file: Awaited<ReturnType<typeof startServicesFile>>;
beforeAll(async () => {
  file = await startServicesFile();
});
afterAll(() => file.remove());

describe('accounts in ORDER_SERVICES_FILE', () => {
  const more = {
    id: 'coma_2',
    privateKey: 'sk_test_two',
    publicKey: 'pk_test_two',
  };
  const both = async (accounts: unknown, services: unknown = [shop]) => {
    await file.write(JSON.stringify({ services, accounts }));
    const { ORDER_SERVICES_FILE } = file.settings;
    return { ...base, ORDER_SERVICES_FILE };
  };
  const urlOfMain = 'https://api.example.com';

  it('charges the one that a service names, else that of the environment', async () => {
    const url = 'http://eu.example.com/';
    const settings = await both(
      [more, { ...more, id: 'coma_3', privateKey: 'sk_test_3', callbackSecrets: ['c', 'd'], url }],
      [shop, { ...shop, name: 'eu', keys: [], account: 'coma_3' }],
    );
    const { accounts, accountIds, accountOf } = workerConfig(settings).orderServices;
    expect(accountIds).toEqual(['coma_1', 'coma_2', 'coma_3']);
    expect(accounts.slice(1)).toMatchObject([
      { url: urlOfMain, apiPath: '/api', callbackSecrets: ['sk_test_two'] },
      { url: 'http://eu.example.com', privateKey: 'sk_test_3', callbackSecrets: ['c', 'd'] },
    ]);
    expect(['shop', 'eu', 'forgotten'].map((owner) => accountOf(owner).accountId)).toEqual([
      'coma_1',
      'coma_3',
      'coma_1',
    ]);
  });

  it('names every fault by its path', async () => {
    const settings = await both(
      [
        { ...more, id: 'coma 2', privateKey: 'sk_live_two', publicKey: 'two' },
        { ...more, secret: 'x', callbackSecrets: [] },
      ],
      [{ ...shop, account: 7 }],
    );
    expect(faultsOf(settings)).toEqual([
      'ORDER_SERVICES_FILE: services[0].account must be text',
      'ORDER_SERVICES_FILE: accounts[0].id must be letters, digits, "_" or "-"',
      'ORDER_SERVICES_FILE: accounts[0].privateKey must be a test key, as PAYTONE_PRIVATE_KEY is: all accounts are of one mode',
      'ORDER_SERVICES_FILE: accounts[0].publicKey must begin with pk_test_ or pk_live_',
      'ORDER_SERVICES_FILE: accounts[0].publicKey must be a test key, as PAYTONE_PRIVATE_KEY is: all accounts are of one mode',
      'ORDER_SERVICES_FILE: accounts[1].callbackSecrets is empty',
      'ORDER_SERVICES_FILE: accounts[1] has unknown fields: secret',
    ]);
  });

  it('is refused where nobody could say whose a payment or a callback is', async () => {
    const settings = await both(
      [
        { ...more, id: 'coma_1' },
        { ...more, id: 'coma_3', callbackSecrets: ['sk_test_one'] },
        { ...more, id: 'coma_4' },
      ],
      [{ ...shop, account: 'coma_9' }],
    );
    expect(faultsOf(settings)).toEqual([
      'ORDER_SERVICES_FILE: services[0].account is not the id of an account',
      'ORDER_SERVICES_FILE: accounts[0].id is there twice',
      'ORDER_SERVICES_FILE: accounts[1].callbackSecrets[0] is there twice',
      'ORDER_SERVICES_FILE: accounts[2].privateKey is there twice',
    ]);
  });

  it('is as strict as the environment with live keys', async () => {
    const keys = { privateKey: 'sk_live_two', publicKey: 'pk_live_two' };
    const weak = { ...more, ...keys, callbackSecrets: ['short'], url: 'http://eu.example.com' };
    const { ORDER_SERVICES_FILE } = await both([weak]);
    expect(faultsOf({ ...live, ORDER_SERVICES_FILE })).toEqual([
      'ORDER_SERVICES_FILE: accounts[0].callbackSecrets[0] is too short or repetitive. Generate one with "openssl rand", as docs/operating.md explains',
      'ORDER_SERVICES_FILE: accounts[0].url must begin with https:// with live Paytone keys. Over http:, anybody in between can read and change what it carries',
    ]);
  });
});
