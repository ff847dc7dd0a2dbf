import { fetch } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isInvoiceId, referenceIdFor, type OrderId } from '../../src/domain/identity.ts';
import type { PaytoneClient } from '../../src/paytone/client.ts';
import { PaytoneError } from '../../src/paytone/paytone-error.ts';
import { toPaymentView } from '../../src/domain/payment/to-payment-view.ts';
import { awaitRedirect, chooseMethod, paymentRecord } from '../../workflows/messages.ts';
import { account } from '../support/rig.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';
import * as cells from './directive-cells.ts';

const { answers } = cells;
const operations = 8;

describe(`the directive table: ${operations * answers.length} cells`, () => {
  let rig: TimeSkipping;
  beforeAll(async () => {
    rig = await startTimeSkipping({ callTimeoutMs: 500 });
  });
  afterAll(() => rig.close());
  beforeEach(() => rig.sandbox.clearFaults());

  type Handle = Awaited<ReturnType<TimeSkipping['start']>>;
  const oneAttempt = { maxAttempts: 1 };

  /** The next request of an operation meets the answer. */
  async function arrange(
    { fault, after, unreachable }: cells.Answer,
    { operation, activity }: { operation: string; activity: string },
  ): Promise<void> {
    if (unreachable) rig.refuseNext(activity);
    if (fault) await rig.sandbox.fault({ match: { operation }, when: after ? 'after' : 'before', fault });
  }

  /** Someone made an invoice of this reference before us. */
  async function occupy(orderId: OrderId, amount: number): Promise<void> {
    await rig.syncClock();
    const attributes = { reference_id: orderId, amount, currency: 'USD', service: 'payment_card_usd_hpp' };
    const key = Buffer.from(`${account.id}:${account.privateKey}`).toString('base64');
    const made = await fetch(`${rig.sandboxUrl}/api/payment-invoices`, {
      method: 'POST',
      headers: { authorization: `Basic ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ data: { attributes: { ...attributes, test_mode: true } } }),
    });
    expect(made.status).toBe(201);
  }

  async function journalOf(orderId: string) {
    const journal = await rig.sandbox.journal(orderId);
    const at = (operation: string) =>
      journal.flatMap((entry, i) => (entry.operation === operation ? [i] : []));
    return { journal, at };
  }

  /** Seconds between the first two schedulings of an activity, from the history. */
  async function gapOf(handle: Handle, activity: string): Promise<number> {
    const { events = [] } = await handle.fetchHistory();
    const [first, second] = (events ?? []).flatMap(
      ({ eventTime, activityTaskScheduledEventAttributes: it }) =>
        it?.activityType?.name === activity
          ? [Number(eventTime?.seconds) + (eventTime?.nanos ?? 0) / 1e9]
          : [],
    );
    return (second ?? NaN) - (first ?? NaN);
  }

  async function settle(handle: Handle) {
    // Time is skipped in here only: waiting for the redirect would wait out the pauses.
    await rig.env.sleep('40 seconds');
    const { payment } = await handle.query(paymentRecord);
    if (payment.status === 'awaiting_payment') {
      await rig.sandbox.setStatus(String(payment.invoiceId), 'processed');
      return toPaymentView(await handle.result());
    }
    if (payment.status === 'review') {
      await handle.executeUpdate('resolve', { args: [{ decision: 'reject', by: 'test', why: 'test' }] });
    }
    await handle.result();
    return payment;
  }

  describe.each([
    ['createPrivate', 'private', 'invoice.create.private'],
    ['createPublic', 'public', 'invoice.create.public'],
  ] as const)('%s', (_, channel, operation) => {
    it.each(answers)('$name', async (answer) => {
      const expected = cells.creationOf(answer.name);
      const orderId = rig.newOrderId();
      const natural = answer.holds !== undefined && answer.name !== '409 without body';
      if (answer.holds) await occupy(orderId, answer.holds === 'same' ? 100.55 : 7);
      if (!natural) await arrange(answer, { operation, activity: 'createInvoice' });
      const before = (await journalOf(orderId)).journal.length;
      const handle = await rig.start({ channel }, oneAttempt, orderId);
      const payment = await settle(handle);

      const { journal, at } = await journalOf(orderId);
      const creates = at(operation).filter((i) => i >= before);
      const looks = at('invoice.by-reference');
      expect({ creates: creates.length, looks: looks.length, end: payment.status }).toEqual({
        creates: expected.creates,
        looks: expected.looks,
        end: expected.end,
      });
      if (creates.length > 1) expect(looks.every((i) => i < Math.max(...creates))).toBe(true);
      expect(journal.filter(({ created }) => created)).toHaveLength(payment.status === 'failed' ? 0 : 1);
      if (expected.after !== undefined) {
        const gap = await gapOf(handle, 'createInvoice');
        expect(gap).toBeGreaterThanOrEqual(expected.after);
        expect(gap).toBeLessThan(expected.after * 1.2 + 1.5);
      }
      if (answer.name === '422') expect(payment.reason).toBe('amount: This value should be greater than 0.');
    });
  });

  describe('statusById', () => {
    it.each(answers)('$name', async (answer) => {
      const expected = cells.statusById[answer.name];
      const operation = 'invoice.get.private';
      const handle = await rig.start({}, oneAttempt);
      rig.looksAt.length = 0;
      await settleWith(handle, () => arrange(answer, { operation, activity: 'getInvoice' }));
      const { at } = await journalOf((await handle.result()).input.orderId);
      expect(at(operation)).toHaveLength(expected?.asks ?? -1);
      expect(at('invoice.by-reference')).toHaveLength(answer.name === '404' ? 1 : 0);
      if (expected?.after === 10) {
        const [first = NaN, second = NaN] = rig.looksAt;
        expect((second - first) / 1000).toBeGreaterThanOrEqual(expected.after);
      }
    });
  });

  async function settleWith(handle: Handle, arranged: () => Promise<void>): Promise<void> {
    const { terms } = await handle.query(paymentRecord);
    const { payment } = await handle.executeUpdate(awaitRedirect, { args: [{ owner: 'test', terms }] });
    await rig.sandbox.setStatus(String(payment.invoiceId), 'processed');
    await arranged();
    expect(toPaymentView(await handle.result()).status).toBe('paid');
  }

  describe('byReference', () => {
    it.each(answers)('$name', async (answer) => {
      const expected = cells.byReference[answer.name];
      const operation = 'invoice.by-reference';
      const orderId = rig.newOrderId();
      // The create's answer is lost, so the payment has to look before it may repeat.
      await rig.sandbox.fault({
        match: { operation: 'invoice.create.private' },
        when: 'after',
        fault: { type: 'reset' },
      });
      await arrange(answer, { operation, activity: 'findInvoice' });
      const handle = await rig.start({}, oneAttempt, orderId);
      expect((await settle(handle)).status).toBe('paid');
      const { journal, at } = await journalOf(orderId);
      expect(at(operation)).toHaveLength(expected?.asks ?? -1);
      // Repeated only where the platform said that there is none; then it says 409 with the earlier one.
      expect(at('invoice.create.private')).toHaveLength(answer.name === '404' ? 2 : 1);
      expect(journal.filter(({ created }) => created)).toHaveLength(1);
    });
  });

  describe('prerequest', () => {
    it.each(answers)('$name', async (answer) => {
      const expected = cells.prerequest[answer.name];
      await arrange(answer, { operation: 'prerequest', activity: 'offerServices' });
      const asked = async () => (await rig.sandbox.requests('prerequest')).length;
      const before = await asked();
      const handle = await rig.start({ service: undefined }, oneAttempt);
      await rig.env.sleep('5 minutes');
      const { payment } = await handle.query(paymentRecord);
      expect(payment.services.map(({ code }) => code)).toContain('payment_card_usd_hpp');
      expect((await asked()) - before).toBe(expected?.asks);
      const choice = { service: 'payment_card_usd_hpp', serviceFields: {} };
      const chosen = await handle.executeUpdate(chooseMethod, { args: [{ owner: 'test', choice }] });
      await rig.sandbox.setStatus(String(chosen.payment.invoiceId), 'processed');
      expect(toPaymentView(await handle.result()).status).toBe('paid');
    });
  });

  const all = async (items: AsyncIterable<unknown>): Promise<void> => {
    for await (const item of items) expect(item).toBeDefined();
  };
  const calls = {
    services: { operation: 'services.list', call: (client: PaytoneClient) => all(client.services()) },
    list: { operation: 'invoice.list', call: listOne },
    refund: { operation: 'refund.create', call: refundOne },
  } as const;

  async function listOne(client: PaytoneClient): Promise<void> {
    await occupy(rig.newOrderId(), 100.55);
    await client.invoicePage(null);
  }

  async function refundOne(client: PaytoneClient): Promise<unknown> {
    const orderId = rig.newOrderId();
    await occupy(orderId, 100.55);
    const [invoice] = await rig.sandbox.invoices(orderId);
    if (!invoice || !isInvoiceId(invoice.id)) throw new Error('no invoice');
    await rig.sandbox.setStatus(invoice.id, 'processed');
    const draft = { invoiceId: invoice.id, amount: { minor: 100, currency: 'USD' }, description: 'test' };
    return client.refundInvoice({ ...draft, referenceId: referenceIdFor(orderId, 9) });
  }

  describe.each(['services', 'list', 'refund'] as const)('%s', (name) => {
    it.each(answers)('$name', async (answer) => {
      const { operation, call } = calls[name];
      const client = rig.newClient(answer);
      await rig.sandbox.fault({
        match: { operation },
        when: answer.after ? 'after' : 'before',
        fault: answer.fault ?? { type: 'reset' },
      });
      const met: unknown = await call(client).then(
        () => 'accept',
        (error: unknown) => (error instanceof PaytoneError ? error.failure.directive : error),
      );
      await client.close();
      expect(met).toBe(cells.directives[name](answer.name));
    });
  });
});
