import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toForeignReference } from '../../src/domain/identity.ts';
import type { Observed } from '../../src/paytone/caller.ts';
import { createPaytoneClient, type PaytoneClient } from '../../src/paytone/client.ts';
import { paytoneErrorOf, startHttpStub } from '../support/http-stub.ts';
import { invoiceIdOf } from '../support/payment-facts.ts';
import { sample } from '../support/samples.ts';

describe('calls with rejected credentials', () => {
  let platform: Awaited<ReturnType<typeof startHttpStub>>;
  let client: PaytoneClient;
  let now = 0;
  const observed: Observed[] = [];
  beforeEach(async () => {
    platform = await startHttpStub();
    now = 0;
    observed.length = 0;
    client = createPaytoneClient(platform.account, {
      now: () => now,
      observe: (it) => void observed.push(it),
    });
  });
  afterEach(async () => {
    await client.close();
    platform.close();
  });

  const look = (id: string) => client.getInvoice(invoiceIdOf(id));

  it.each([401, 403])('concern one invoice, then by %i of three of them all', async (status) => {
    platform.json(status, '{}');
    for (const id of ['cpi_1', 'cpi_2', 'cpi_1', 'cpi_2', 'cpi_3']) {
      const { failure: met, message } = await paytoneErrorOf(look(id));
      expect(met).toMatchObject({ directive: 'park', heldBack: false, httpStatus: status });
      expect(message).toBe(`statusById: the platform rejects our credentials for this call (${status})`);
    }
    expect(observed.map(({ breakerIsOpen }) => breakerIsOpen)).toEqual([false, false, false, false, true]);
    const { failure: held, message } = await paytoneErrorOf(look('cpi_4'));
    expect(held).toMatchObject({
      answer: 'unauthorized',
      directive: 'park',
      heldBack: true,
      httpStatus: null,
      messages: [],
    });
    expect(message).toBe('statusById: not sent, since the platform rejects our credentials');
    expect(observed.at(-1)).toMatchObject({ answer: 'held_back', breakerIsOpen: true });
    expect(platform.requests).toHaveLength(5);

    platform.json(200, sample('invoice-by-id-private.response'));
    now = 10_000;
    await look('cpi_4');
    await look('cpi_3');
    expect(observed.at(-1)).toMatchObject({ answer: 'success', breakerIsOpen: false });
  });

  it('of one operation hold back no other', async () => {
    platform.json(403, '{}');
    for (const id of ['cpi_1', 'cpi_2', 'cpi_3', 'cpi_4']) await paytoneErrorOf(look(id));
    expect(platform.requests).toHaveLength(3);
    platform.json(404, sample('error-404'));
    expect(await client.findInvoice(toForeignReference('A1'))).toBeNull();
    expect((await paytoneErrorOf(look('cpi_1'))).failure.heldBack).toBe(true);
  });
});
