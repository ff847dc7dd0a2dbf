import { fetch } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  cancelPayment,
  extendWatch,
  paymentRecord,
  paymentStory,
  redeliverOutcome,
  resolve,
  type Continuation,
} from '../../workflows/messages.ts';
import { payment } from '../../workflows/index.ts';
import { workflowIdFor, type OrderId } from '../../src/domain/identity.ts';
import { openPayment, type Payment } from '../../src/domain/payment/payment.ts';
import { apply } from '../../src/domain/payment/apply.ts';
import { toPaymentView } from '../../src/domain/payment/to-payment-view.ts';
import { attributes } from '../../workflows/search-attributes.ts';
import { failureOf, inputOf } from '../support/payment-facts.ts';
import { account } from '../support/rig.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';

const ann = { by: 'ann', why: 'Paytone has an incident' };
const continuationOf = ({ input: _, ...rest }: Payment): Continuation => rest;
type Handle = Awaited<ReturnType<TimeSkipping['start']>>;

describe('operators, in time', () => {
  let rig: TimeSkipping;
  beforeAll(async () => {
    rig = await startTimeSkipping();
  });
  afterAll(() => rig.close());

  afterEach(async () => {
    await rig.sandbox.clearFaults();
    rig.deliverBy(() => ({ kind: 'accepted' }));
  });

  const saysNothingFinal = () =>
    rig.sandbox.fault({
      match: { operation: 'invoice.get.private' },
      times: 0,
      fault: {
        type: 'rewrite',
        set: { 'data.attributes.status': 'process_pending', 'data.attributes.resolution': 'ok' },
      },
    });
  const statusOf = async (handle: Handle) => (await handle.query(paymentRecord)).payment.status;
  /** With the time, as the command line says it. */
  const timed = async <Of extends object>(action: Of) => ({ ...action, at: await rig.env.currentTimeMs() });
  const refusalOf = (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'accepted',
      (error: unknown) => String((error as { cause?: { message: string } }).cause?.message),
    );

  it('watch a silent payment for another day, out of its review, and it ends as paid', async () => {
    const handle = await rig.start();
    const invoiceId = await rig.invoiceIdOf(handle);
    expect(await refusalOf(handle.executeUpdate(extendWatch, { args: [ann] }))).toContain('anyway');
    await saysNothingFinal();
    await rig.env.sleep('26 hours');
    expect(await statusOf(handle)).toBe('review');
    await handle.executeUpdate(extendWatch, { args: [await timed(ann)] });
    await rig.env.sleep('20 hours');
    expect(await statusOf(handle)).toBe('awaiting_payment');
    const { typedSearchAttributes } = await handle.describe();
    const watchedUntil = Date.parse((await handle.query(paymentStory)).watchedUntil ?? '');
    expect(Math.floor((typedSearchAttributes.get(attributes.expiresAt)?.getTime() ?? 0) / 1000)).toBe(
      watchedUntil / 1000,
    );
    await rig.env.sleep('6 hours');
    expect((await handle.query(paymentRecord)).payment).toMatchObject({
      status: 'review',
      reason: 'the platform said nothing final for 50 h',
    });
    await handle.executeUpdate(extendWatch, { args: [await timed({ ...ann, hours: 48 })] });
    await rig.sandbox.setStatus(invoiceId, 'processed');
    await rig.sandbox.clearFaults();
    const ended = await handle.result();
    expect(toPaymentView(ended).status).toBe('paid');
    expect(ended.operators.map(({ what }) => what)).toEqual(['extend-watch: 24 h', 'extend-watch: 48 h']);
  }, 120_000);

  it('watch an invoice of unknown creation on, which is never created twice', async () => {
    const orderId = rig.newOrderId();
    const { handle, terms } = await inReview(orderId);
    expect((await handle.query(paymentRecord)).payment.status).toBe('review');
    const key = Buffer.from(`${account.id}:${account.privateKey}`).toString('base64');
    const attributes = { reference_id: orderId, amount: 100.55, currency: 'USD', service: terms.service };
    const made = await fetch(`${rig.sandboxUrl}/api/payment-invoices`, {
      method: 'POST',
      headers: { authorization: `Basic ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ data: { attributes: { ...attributes, flow: 'charge', test_mode: true } } }),
    });
    expect(made.status).toBe(201);
    await handle.executeUpdate(extendWatch, { args: [await timed({ ...ann, hours: 5 })] });
    const invoiceId = async () => (await handle.query(paymentRecord)).payment.invoiceId;
    await expect.poll(invoiceId, { timeout: 15_000 }).not.toBeNull();
    const journal = await rig.sandbox.journal(orderId);
    expect(journal.filter(({ operation }) => operation === 'invoice.create.private')).toHaveLength(1);
    await rig.sandbox.setStatus((await invoiceId()) ?? '', 'processed');
    expect(toPaymentView(await handle.result()).status).toBe('paid');
  });

  /** A payment in the review that follows 24 h of looking for an invoice that it may have created. */
  async function inReview(orderId: OrderId) {
    const known = await rig.start();
    const { terms } = await known.query(paymentRecord);
    const { taskQueue } = await known.describe();
    const state = (await known.query(paymentStory)).openedAt;
    const input = { ...inputOf(terms, { maxAttempts: 1 }), orderId };
    const openedAt = Date.parse(state) - 25 * 3_600_000;
    const begun = apply(openPayment(input, openedAt), {
      kind: 'creation_failed',
      attempt: 1,
      at: openedAt,
      failure: failureOf({ type: 'ResultUnknown' }),
    });
    const handle = await rig.env.client.workflow.start(payment, {
      args: [input, continuationOf(begun)],
      workflowId: workflowIdFor(orderId),
      taskQueue,
    });
    return { handle, terms };
  }

  it('see a parked outcome whatever the platform says meanwhile, and send it again', async () => {
    rig.deliverBy(() => ({ kind: 'gone' }));
    const handle = await rig.start();
    await rig.sandbox.setStatus(await rig.invoiceIdOf(handle), 'processed');
    const attention = async () => (await handle.query(paymentStory)).attention;
    await rig.env.sleep('1 hour');
    expect(await attention()).toBe('outcome-parked');
    await handle.executeUpdate('reconcile-now', { args: [ann] });
    expect(await attention()).toBe('outcome-parked');
    rig.deliverBy(() => ({ kind: 'accepted' }));
    await handle.executeUpdate(redeliverOutcome, { args: [ann] });
    const { input } = await handle.result();
    expect(rig.told.filter(({ data }) => data.orderId === input.orderId)).toHaveLength(1);
  });

  it.each([
    ['redeliver-outcome', ann, 'the order service has taken every outcome'],
    ['extend-watch', { ...ann, hours: 0 }, '"hours" must be a whole number from 1 to 168'],
    ['extend-watch', { ...ann, hours: 1.5 }, '"hours" must be a whole number from 1 to 168'],
    ['reconcile-now', { ...ann, by: 'x'.repeat(101) }, '"by" must be at most 100 characters'],
    [
      'resolve',
      { ...ann, decision: 'accept' },
      'the payment is awaiting_payment: there is nothing to resolve',
    ],
  ])('are refused %s with %o', async (name, action, refusal) => {
    const handle = await rig.start();
    await rig.invoiceIdOf(handle);
    expect(await refusalOf(handle.executeUpdate(name, { args: [action] }))).toBe(refusal);
  });

  it('are kept with who, what, why and when, on the page of the run', async () => {
    const handle = await rig.start({ customer: { referenceId: 'c-770077', name: 'Sally Secret' } });
    await rig.invoiceIdOf(handle);
    await saysNothingFinal();
    await rig.env.sleep('26 hours');
    await handle.executeUpdate('reconcile-now', {
      args: [{ by: 'bob', why: 'try `[again](http://x)`\n- **Needs attention**' }],
    });
    const { operators } = await handle.query(paymentStory);
    expect(operators[0]?.at).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const details = await detailsOf(handle);
    const shown = [
      '- Operators:\n',
      "`bob`: `reconcile-now`, `try '[again](http://x)' - **Needs attention**`",
      '- Redirect: given, by GET',
      '- Service: `payment_card_usd_hpp`',
      '- Last poll: 20',
      'Z: process_pending',
      '- **Needs attention**: **review**\n',
      '- To do: compare both sides with',
      '```json\n{"decision":"accept","by":"your name","why":"what you found"}\n```',
    ];
    for (const part of shown) expect(details).toContain(part);
    expect(details).not.toMatch(/Sally|c-770077/);
    await handle.executeUpdate(resolve, { args: [{ ...ann, decision: 'reject' }] });
    await rig.sandbox.clearFaults();
    expect((await handle.result()).operators.map(({ by, what }) => [by, what])).toEqual([
      ['bob', 'reconcile-now'],
      ['ann', 'resolve: reject'],
    ]);
  }, 120_000);

  it('read nothing that a customer gave as the reason of a cancel, on the page of the run', async () => {
    const forged = 'Sally\n- **Needs attention**: [log in](https://evil.example)';
    const handle = await rig.start();
    await rig.invoiceIdOf(handle);
    await saysNothingFinal();
    await handle.executeUpdate(cancelPayment, { args: [{ owner: 'test', reason: forged }] });
    await rig.env.sleep('1 minute');
    expect(await statusOf(handle)).toBe('canceling');
    expect((await handle.query(paymentRecord)).payment.reason).toBe(forged);
    const details = await detailsOf(handle);
    expect(details).toContain('- Status: **canceling**\n');
    expect(details).not.toMatch(/Sally|evil|Needs attention/);
    await rig.sandbox.clearFaults();
    await handle.result();
    expect(await detailsOf(handle)).not.toMatch(/Sally|evil/);
  }, 120_000);

  async function detailsOf(handle: Handle): Promise<string> {
    const metadata: { currentDetails: string } = await handle.query('__temporal_workflow_metadata');
    return metadata.currentDetails;
  }
});
