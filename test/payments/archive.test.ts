import { expect, it, onTestFinished } from 'vitest';
import { toAccountId, toOrderId, type AccountId } from '../../src/domain/identity.ts';
import { Archive } from '../../src/payments/archive.ts';
import { disconnect } from '../../src/temporal/connection.ts';
import { plainClient } from '../support/plain-client.ts';

it('in a rush of orders, an account that is silent keeps no other from being asked', async () => {
  const [silent, other] = [toAccountId('coma_silent'), toAccountId('coma_other')];
  const asked: AccountId[] = [];
  const client = plainClient('127.0.0.1:1');
  onTestFinished(() => disconnect(client));
  const archive = new Archive(client, 'payments', {
    accountIds: () => [silent, other],
    isOwner: () => true,
    policyFor: () => {
      throw new Error('nothing is found');
    },
    find(account) {
      asked.push(account);
      return account === silent ? Promise.reject(new Error('no answer')) : Promise.resolve([]);
    },
  });
  const look = (account: AccountId, orderId: string) =>
    archive.earlier({ account, orderId: toOrderId(orderId) });
  expect(await look(silent, 'A1')).toBeNull();
  // It is left alone for a minute.
  expect(await look(silent, 'A2')).toBeNull();
  expect(await look(other, 'B1')).toBeNull();
  expect(asked).toEqual([silent, other]);
});
