import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAccountId } from '../../src/domain/identity.ts';
import { PaytoneClients } from '../../src/paytone/accounts.ts';
import type { Observed } from '../../src/paytone/caller.ts';
import { paytoneErrorOf, startHttpStub } from '../support/http-stub.ts';
import { after, created, invoiceIdOf } from '../support/payment-facts.ts';
import { draftOf } from '../../src/domain/payment/payment.ts';
import { sample } from '../support/samples.ts';

const first = toAccountId('coma_1');
const second = toAccountId('coma_2');
const gone = toAccountId('coma_gone');

describe('the clients of several accounts', () => {
  let platform: Awaited<ReturnType<typeof startHttpStub>>;
  let keys: Readonly<Record<string, string>>;
  let clients: PaytoneClients;
  const observed: Observed[] = [];
  beforeEach(async () => {
    platform = await startHttpStub();
    keys = { coma_1: 'sk_test_1', coma_2: 'sk_test_2' };
    observed.length = 0;
    const accounts = () =>
      Object.entries(keys).map(([accountId, privateKey]) => ({ ...platform.account, accountId, privateKey }));
    clients = new PaytoneClients(accounts, { observe: (it) => void observed.push(it) });
  });
  afterEach(async () => {
    await clients.close();
    platform.close();
  });
  const asked = () =>
    platform.requests.map(({ headers }) =>
      Buffer.from(String(headers['authorization']).replace('Basic ', ''), 'base64').toString(),
    );
  const look = (account = first) => clients.of(account).getInvoice(invoiceIdOf('cpi_1'));

  it('ask with the keys of their own account, which may be replaced while they run', async () => {
    platform.json(200, sample('invoice-by-id-private.response'));
    await look(first);
    await look(second);
    keys = { ...keys, coma_1: 'sk_test_new' };
    await look(first);
    expect(asked()).toEqual(['coma_1:sk_test_1', 'coma_2:sk_test_2', 'coma_1:sk_test_new']);
    expect(clients.of(first)).toBe(clients.of(first));
  });

  it('hold back the calls of the account alone whose keys are rejected', async () => {
    platform.json(401, '{}');
    for (const id of ['cpi_1', 'cpi_2', 'cpi_3'])
      await paytoneErrorOf(clients.of(first).getInvoice(invoiceIdOf(id)));
    expect((await paytoneErrorOf(look(first))).failure.heldBack).toBe(true);
    platform.json(200, sample('invoice-by-id-private.response'));
    await look(second);
    expect(observed.map(({ account, breakerIsOpen }) => [account, breakerIsOpen]).slice(-2)).toEqual([
      ['coma_1', true],
      ['coma_2', false],
    ]);
  });

  it('send nothing for an account without keys, as if the platform rejected them, until they are there', async () => {
    platform.json(200, sample('invoice-by-id-private.response'));
    expect((await paytoneErrorOf(look(gone))).failure).toMatchObject({ directive: 'park', heldBack: true });
    const { input, attempts } = after(created());
    const drafts = attempts.map((attempt) => draftOf(input, attempt));
    const site = { callbackUrl: 'https://x.example', returnUrl: 'https://x.example', expiresAt: 0 };
    for (const draft of drafts) expect(() => clients.of(gone).formFor(draft, site)).toThrow('not sent');
    expect(platform.requests).toEqual([]);
    expect(observed.at(-1)).toMatchObject({ account: 'coma_gone', breakerIsOpen: true });
    keys = { ...keys, coma_gone: 'sk_test_back' };
    await look(gone);
    expect(asked()).toEqual(['coma_gone:sk_test_back']);
  });
});
