import type { AccountId, OrderId } from '../domain/identity.ts';
import type { Invoice } from '../domain/invoice/invoice.ts';
import type { CallerOptions, PaytoneAccount } from './caller.ts';
import { createPaytoneClient, type PaytoneClient } from './client.ts';

/** A client for each account of the settings, which may change while the process runs. */
export class PaytoneClients {
  readonly #accounts: () => readonly PaytoneAccount[];
  readonly #options: CallerOptions;
  readonly #clients = new Map<AccountId, { readonly key: string; readonly client: PaytoneClient }>();

  constructor(accounts: () => readonly PaytoneAccount[], options: CallerOptions = {}) {
    this.#accounts = accounts;
    this.#options = options;
  }

  /** With the keys that are set now; for an account without any, one that answers as if its keys were rejected. */
  readonly of = (accountId: AccountId): PaytoneClient => {
    const account = this.#accounts().find((it) => it.accountId === accountId);
    const key = JSON.stringify(account ?? null);
    const known = this.#clients.get(accountId);
    if (known?.key === key) return known.client;
    const client = account
      ? createPaytoneClient(account, this.#options)
      : createPaytoneClient(withoutKeys(accountId), { ...this.#options, isHeldBack: true });
    this.#clients.set(accountId, { key, client });
    // It ends once the calls that are under way are answered.
    known?.client.close().catch(() => undefined);
    return client;
  };

  /** An order's invoices on an account, one for each attempt. */
  readonly findAttempts = (account: AccountId, orderId: OrderId): Promise<readonly Invoice[]> =>
    this.of(account).findAttempts(orderId);

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map(({ client }) => client.close()));
  }
}

const withoutKeys = (accountId: AccountId): PaytoneAccount => ({
  ...{ accountId, privateKey: '', publicKey: '' },
  url: 'https://nowhere.invalid',
});
