import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/payment/payment.ts';
import { toPaymentView } from '../../src/domain/payment/to-payment-view.ts';
import { paymentRecord } from '../../workflows/messages.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';

interface Lie {
  readonly name: string;
  /** What the platform's answers to the create and to every look-up say instead of the truth. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly redirects?: Policy['redirects'];
  readonly status: string;
  readonly reason: string | null;
}
const attribute = (name: string, value: unknown) => ({
  [`data.attributes.${name}`]: value,
  [`data.0.attributes.${name}`]: value,
});
const anyHost = { httpsOnly: false, hosts: null };

const lies: readonly Lie[] = [
  {
    name: 'no redirect',
    set: { ...attribute('hpp_url', null), ...attribute('flow_data', null) },
    status: 'review',
    reason: 'redirect: the platform gave no address of its payment page',
  },
  {
    name: 'a redirect that is no URL',
    set: attribute('flow_data.action', 'javascript:alert(1)'),
    status: 'review',
    reason: 'redirect: the address of the payment page is no URL',
  },
  {
    name: 'a redirect without https',
    set: { ...attribute('hpp_url', 'http://pay.example/'), ...attribute('flow_data', null) },
    redirects: { httpsOnly: true, hosts: null },
    status: 'review',
    reason: 'redirect: pay.example is not reached by https',
  },
  {
    name: 'a redirect off the allowed hosts',
    set: { ...attribute('hpp_url', 'https://evil.example/'), ...attribute('flow_data', null) },
    redirects: { httpsOnly: true, hosts: ['pay.psp.name'] },
    status: 'review',
    reason: 'redirect: evil.example is not one of REDIRECT_HOSTS',
  },
  {
    name: 'another reference',
    set: attribute('reference_id', 'somebody-else'),
    status: 'review',
    reason: 'reference: ordered {order}, platform says somebody-else',
  },
  {
    name: 'another amount',
    set: attribute('amount', 1),
    status: 'review',
    reason: 'amount: ordered 100.55 USD, platform says 1 USD',
  },
  {
    name: 'another currency',
    set: attribute('currency', 'EUR'),
    status: 'review',
    reason: 'amount: ordered 100.55 USD, platform says 100.55 EUR',
  },
  {
    name: 'the other mode',
    set: attribute('test_mode', false),
    status: 'review',
    reason: 'mode: ordered test, platform says live',
  },
  {
    name: 'an unknown status',
    set: attribute('status', 'brand_new'),
    status: 'awaiting_payment',
    reason: null,
  },
  {
    name: 'numbers as strings',
    set: attribute('amount', '100.5500'),
    status: 'awaiting_payment',
    reason: null,
  },
  {
    name: 'empty objects as []',
    set: attribute('flow_data.params', []),
    status: 'awaiting_payment',
    reason: null,
  },
];

describe('answers that lie', () => {
  let rig: TimeSkipping;
  beforeAll(async () => {
    rig = await startTimeSkipping();
  });
  afterAll(() => rig.close());
  beforeEach(() => rig.sandbox.clearFaults());

  it.each(lies)('$name: $status', async ({ set, redirects = anyHost, status, reason }) => {
    const orderId = rig.newOrderId();
    for (const operation of ['invoice.create.private', 'invoice.by-reference']) {
      await rig.sandbox.fault({ match: { operation }, times: 0, fault: { type: 'rewrite', set } });
    }
    const handle = await rig.start({}, { redirects, maxAttempts: 1 }, orderId);
    await rig.env.sleep('1 minute');
    const { payment } = await handle.query(paymentRecord);
    expect(payment).toMatchObject({ status, reason: reason?.replace('{order}', orderId) ?? null });
    if (status === 'review') expect(payment.redirect).toBeNull();
    expect((await rig.sandbox.journal(orderId)).filter(({ created }) => created).length).toBe(1);
    if (status === 'review') {
      await handle.executeUpdate('resolve', { args: [{ decision: 'reject', by: 'test', why: 'lies' }] });
    }
    await rig.sandbox.clearFaults();
    expect(toPaymentView(await handle.result()).status).not.toBe('paid');
  });

  it.each([
    ['a body over the limit', { type: 'rewrite', set: attribute('description', 'x'.repeat(1_100_000)) }],
    ['a slow trickle', { type: 'trickle' }],
  ])('%s is looked up, not believed', async (_, fault) => {
    const orderId = rig.newOrderId();
    await rig.sandbox.fault({ match: { operation: 'invoice.create.private' }, when: 'after', fault });
    const handle = await rig.start({}, { maxAttempts: 1 }, orderId);
    await rig.env.sleep('1 minute');
    const journal = await rig.sandbox.journal(orderId);
    expect(journal.map(({ operation }) => operation).filter((name) => name !== 'callback')).toEqual([
      'invoice.create.private',
      'invoice.by-reference',
    ]);
    expect((await handle.query(paymentRecord)).payment.status).toBe('awaiting_payment');
    await handle.result();
  });
});
