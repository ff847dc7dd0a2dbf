import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createSweepActivities,
  type Ledger,
  type PageInput,
  type PageOutcome,
} from '../../activities/reconciliation.ts';
import { startOf } from '../../src/domain/reconciliation/day.ts';
import { toOrderId } from '../../src/domain/identity.ts';
import type { OurRow } from '../../src/domain/reconciliation/compare.ts';
import { createPaytoneClient, type PaytoneClient } from '../../src/paytone/client.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { invoiceIdOf } from '../support/payment-facts.ts';
import { account } from '../support/rig.ts';
import { sandboxControl } from '../support/sandbox-control.ts';

const day = '2026-11-20';
const start = startOf(day);
const row = (name: string, id = `cpi_${name}`): OurRow => ({
  orderId: toOrderId(name),
  invoiceId: invoiceIdOf(id),
  invoiceCreated: start + 100,
  status: 'paid',
  currency: 'USD',
  amount: '10.00',
  startedAt: 1,
});
const ledgerOf = (rows: OurRow[], more: Partial<Ledger> = {}): Ledger => ({
  // eslint-disable-next-line @typescript-eslint/require-await
  async *rows() {
    yield* rows;
  },
  record: () => Promise.resolve(null),
  receive: () => Promise.resolve(),
  receiveForeign: () => Promise.resolve(),
  ...more,
});

describe('one page of the sweep', () => {
  let sandbox: Sandbox;
  let client: PaytoneClient;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, account });
    client = createPaytoneClient({ ...account, accountId: account.id, url: sandbox.url });
    await sandboxControl(sandbox.url).plant([
      {
        referenceId: 'A1',
        amount: 10,
        service: 'payment_card_usd_hpp',
        created: start + 100,
        status: 'processed',
      },
    ]);
  });
  afterAll(async () => {
    await client.close();
    await sandbox.close();
  });
  const compare = (ledger: Ledger, { attempt = 1, testMode = true } = {}) => {
    const activities = createSweepActivities({
      clientOf: () => client,
      accountIds: () => [account.id],
      ...{ ledger, testMode },
    });
    const comparePage = (page: PageInput) => activities.comparePage(page);
    const input: PageInput = { day, cursor: null, edge: null, graceSeconds: 600 };
    return new MockActivityEnvironment({ attempt }).run<[PageInput], PageOutcome, typeof comparePage>(
      comparePage,
      input,
    );
  };
  const silent = () => Promise.reject(new Error('no answer within 1500 ms'));

  it('is repeated where a payment does not answer, and leaves it to a person in its last try', async () => {
    await expect(compare(ledgerOf([], { record: silent }), { attempt: 4 })).rejects.toThrow('no answer');
    const { tally } = await compare(ledgerOf([], { record: silent }), { attempt: 5 });
    expect(tally).toMatchObject({
      counts: { unreadable: 1 },
      findings: [{ kind: 'unreadable', referenceId: 'A1' }],
    });
  });

  it('asks the platform for what its list lacks, and takes hundreds of those for a fault of the list', async () => {
    const some = await compare(ledgerOf([row('gone'), row('gone')]));
    expect(some).toMatchObject({ tally: { counts: { missing_there: 1, not_ordered: 1 } }, stuck: null });
    const many = await compare(ledgerOf(Array.from({ length: 501 }, (_, index) => row(`gone${index}`))));
    expect(many).toMatchObject({
      tally: { counts: { missing_there: 500 } },
      stuck: "the platform's list lacks hundreds of invoices",
    });
  });

  it('leaves invoices of the other mode alone, in its sums too', async () => {
    const { tally } = await compare(ledgerOf([]), { testMode: false });
    expect(tally).toMatchObject({ read: 1, otherMode: 1, compared: 0, findings: [], sums: {} });
  });
});
