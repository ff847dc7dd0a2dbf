import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRig, type Rig } from '../support/rig.ts';
import { startWorkerProcess } from '../support/built-process.ts';

const card = { service: 'payment_card_usd_hpp' };

describe('a worker killed with SIGKILL', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
    await rig.stopWorker();
  });
  afterAll(() => rig.close());

  it('between the creation of the invoice and its answer, and while waiting: one invoice, paid, one outcome', async () => {
    const orderId = rig.newOrder();
    const creations = async () => (await rig.sandbox.journal(orderId)).filter(({ created }) => created);
    const first = await startWorkerProcess(rig.environment);
    await rig.sandbox.fault({
      match: { operation: 'invoice.create.private', referenceId: orderId },
      when: 'after',
      fault: { type: 'timeout' },
    });
    const unanswered = rig.put(orderId, card);
    await expect.poll(creations, { timeout: 10_000 }).toHaveLength(1);
    await first.end('SIGKILL');
    expect(await unanswered).toMatchObject({ status: 202 });

    const second = await startWorkerProcess(rig.environment);
    await expect
      .poll(async () => (await rig.put(orderId, card)).body.status, { timeout: 60_000 })
      .toBe('awaiting_payment');
    await second.end('SIGKILL');

    // Nobody is there to answer, and yet the order service is told what is true.
    const [same, other] = await Promise.all([
      rig.put(orderId, card),
      rig.put(orderId, { ...card, description: 'x' }),
    ]);
    expect(same).toMatchObject({ status: 200, body: { orderId, status: 'awaiting_payment' } });
    expect(other).toMatchObject({ status: 409, body: { errors: [{ field: 'description' }] } });

    const [invoice] = await creations();
    await rig.sandbox.setStatus(invoice?.invoiceId ?? '', 'processed');
    await expect
      .poll(async () => (await rig.sandbox.journal(orderId)).filter(({ kind }) => kind === 'callback').length)
      .toBe(2);
    const third = await startWorkerProcess(rig.environment);
    await rig.outcomes.arrival(orderId, 'payment.paid');
    await rig.handle(orderId).result();
    expect(await creations()).toHaveLength(1);
    expect(rig.outcomes.of(orderId)).toHaveLength(1);
    expect((await rig.get(orderId)).body).toMatchObject({ status: 'paid', decidedBy: 'callback' });
    expect(await third.end('SIGTERM')).toBe(0);
  }, 120_000);

  it('after the platform refused the create for now: 202, though nobody is there to ask', async () => {
    const orderId = rig.newOrder();
    const worker = await startWorkerProcess(rig.environment);
    await rig.sandbox.fault({
      match: { operation: 'invoice.create.private', referenceId: orderId },
      fault: { type: 'status', status: 403 },
    });
    const unanswered = rig.put(orderId, card);
    const accepted = async () => {
      const { events } = await rig.handle(orderId).fetchHistory();
      return events?.some((event) => event.workflowExecutionUpdateAcceptedEventAttributes) ?? false;
    };
    await expect.poll(() => accepted().catch(() => false), { timeout: 10_000 }).toBe(true);
    await worker.end('SIGKILL');
    const { status, body } = await unanswered;
    expect([status, body.status, body.expiresAt]).toEqual([202, 'creating', expect.any(String)]);
    const next = await startWorkerProcess(rig.environment);
    await expect
      .poll(async () => (await rig.get(orderId)).body, { timeout: 60_000 })
      .toMatchObject({ status: 'awaiting_payment', expiresAt: body.expiresAt });
    expect(await next.end('SIGTERM')).toBe(0);
  }, 120_000);
});
