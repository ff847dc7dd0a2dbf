import { describe, expect, it } from 'vitest';
import { usePlay } from './play.ts';

const play = usePlay();
const statusesTold = () => play.callbacks.map(({ attributes }) => attributes.status);

describe('a refund', () => {
  it('is processed at once, in parts and to the end', async () => {
    const id = await play.paid();
    expect(await play.refund(id, 30, 'r1')).toMatchObject({
      status: 201,
      body: {
        data: { attributes: { reference_id: 'r1', status: 'processed', amount: 30, currency: 'USD' } },
      },
    });
    expect(await play.get(id)).toMatchObject({ status: 'partially_refunded', refunded_amount: 30 });
    const more = { errors: { amount: 'This value should be 70.55 or less.' } };
    expect(await play.refund(id, 70.56)).toMatchObject({ status: 422, body: more });
    await play.refund(id, 70.55);
    expect(await play.get(id)).toMatchObject({ status: 'refunded', refunded_amount: 100.55 });
    expect(await play.refund(id, 0.01)).toMatchObject({ status: 422 });
  });

  it('adds up exactly', async () => {
    const id = await play.paid({ amount: 0.3 });
    for (const reference of ['r1', 'r2', 'r3'])
      expect(await play.refund(id, 0.1, reference)).toMatchObject({ status: 201 });
    expect(await play.get(id)).toMatchObject({ status: 'refunded', refunded_amount: 0.3 });
  });

  it('is told of as it was where its reference comes again', async () => {
    const id = await play.paid();
    await play.refund(id, 30, 'r1');
    expect(await play.refund(id, 40, 'r1')).toMatchObject({
      status: 409,
      body: { errors: [{ code: '409' }], data: { attributes: { reference_id: 'r1', amount: 30 } } },
    });
    expect(await play.control().ledger()).toMatchObject([{ refunded: 30, refunds: [{ referenceId: 'r1' }] }]);
  });

  it('gives the fee on top back to nobody, and all of a payment with the fee inside', async () => {
    await play.control().account({ fee: { strategy: 'external', rate: 0.02 } });
    const onTop = await play.paid();
    expect(await play.refund(onTop, 100.56)).toMatchObject({ status: 422 });
    await play.refund(onTop, 100.55);
    expect(await play.get(onTop)).toMatchObject({
      status: 'refunded',
      processed_amount: 102.56,
      refunded_amount: 100.55,
    });
    await play.control().account({ fee: { strategy: 'internal', rate: 0.02 } });
    const inside = await play.paid();
    await play.refund(inside, 100.55);
    expect(await play.get(inside)).toMatchObject({ status: 'refunded', refunded_amount: 100.55 });
  });

  it('is counted by the rate of the payment, and in full gives back exactly everything', async () => {
    await play.control().account({ payIn: { currency: 'EUR', rate: 0.92 } });
    const id = await play.paid();
    expect(await play.refund(id, 33.33)).toMatchObject({
      body: { data: { attributes: { amount: 33.33, currency: 'USD' } } },
    });
    expect(await play.get(id)).toMatchObject({ status: 'partially_refunded', refunded_amount: 30.66 });
    expect(await play.refund(id, 67.23)).toMatchObject({ status: 422 });
    await play.refund(id, 33.33);
    await play.refund(id, 33.89);
    expect(await play.get(id)).toMatchObject({ status: 'refunded', refunded_amount: 92.51 });
    const [entry] = await play.control().ledger();
    expect(entry?.refunds.map(({ returned }) => returned)).toEqual([30.66, 30.66, 31.19]);
  });

  it('keeps the fee that came on top of another currency', async () => {
    const fee = { strategy: 'external', rate: 0.02 } as const;
    await play.control().account({ payIn: { currency: 'EUR', rate: 0.92 }, fee });
    const id = await play.paid();
    expect(await play.get(id)).toMatchObject({ processed_amount: 94.36, fee: 1.85 });
    await play.refund(id, 30, 'r1');
    expect(await play.get(id)).toMatchObject({ status: 'partially_refunded', refunded_amount: 27.6 });
    await play.refund(id, 70.55, 'r2');
    expect(await play.get(id)).toMatchObject({ status: 'refunded', refunded_amount: 92.51 });
  });

  it('of an underpaid invoice is at most what was paid', async () => {
    const id = await play.create();
    await play.control().setStatus(id, 'partially_processed', { processedAmount: 60 });
    expect(await play.refund(id, 60.01)).toMatchObject({ status: 422 });
    expect(await play.refund(id, 60)).toMatchObject({ status: 201 });
    expect(await play.get(id)).toMatchObject({ status: 'refunded' });
  });
});

describe('a pending refund', () => {
  it('ends later, processed or failed, and is in no sum before', async () => {
    await play.control().account({ refunds: 'pending' });
    const id = await play.paid();
    expect(await play.refund(id, 30, 'r1')).toMatchObject({
      status: 201,
      body: { data: { attributes: { status: 'process_pending' } } },
    });
    expect(await play.get(id)).toMatchObject({ status: 'refund_pending', refunded_amount: null });
    expect(await play.refund(id, 70.56)).toMatchObject({ status: 422 });
    expect(await play.control().endRefund(id, 'failed')).toMatchObject({
      status: 'refund_failed',
      refunded: 0,
    });
    await play.refund(id, 100.55, 'r2');
    expect(await play.control().endRefund(id, 'processed')).toMatchObject({
      status: 'refunded',
      refunded: 100.55,
      refunds: [
        { referenceId: 'r1', amount: 30, status: 'failed' },
        { referenceId: 'r2', amount: 100.55, status: 'processed' },
      ],
    });
    await expect(play.control().endRefund(id, 'processed')).rejects.toThrow('No such refund is pending.');
  });

  it('is ended by its reference where several are pending; the status is final with the last', async () => {
    await play.control().account({ refunds: 'pending' });
    const id = await play.paid();
    await play.refund(id, 30, 'r1');
    await play.refund(id, 40, 'r2');
    expect(await play.control().endRefund(id, 'processed', 'r2')).toMatchObject({
      status: 'refund_pending',
      refunds: [{ status: 'pending' }, { status: 'processed' }],
    });
    expect(await play.control().endRefund(id, 'failed', 'r1')).toMatchObject({ status: 'refund_failed' });
  });
});

it('a failing refund is accepted, fails, and leaves the sums', async () => {
  const id = await play.paid();
  await play.refund(id, 30, 'r1');
  await play.control().account({ refunds: 'failing' });
  expect(await play.refund(id, 70, 'r2')).toMatchObject({
    status: 201,
    body: { data: { attributes: { status: 'process_failed' } } },
  });
  expect(await play.get(id)).toMatchObject({ status: 'refund_failed', refunded_amount: 30 });
});

describe('a refund in the dashboard', () => {
  it('changes the invoice and tells of it without a request', async () => {
    const id = await play.paid({ callback_url: play.callbackUrl() });
    await play.control().dashboardRefund(id, { amount: 30 });
    expect(await play.get(id)).toMatchObject({ status: 'partially_refunded', refunded_amount: 30 });
    await expect.poll(statusesTold).toContain('partially_refunded');
    expect(await play.control().dashboardRefund(id)).toMatchObject({ status: 'refunded', refunded: 100.55 });
    expect(await play.control().requests('refund.create')).toEqual([]);
    await expect(play.control().dashboardRefund(id)).rejects.toThrow('422');
  });

  it('can be pending or fail', async () => {
    const id = await play.paid();
    const control = play.control();
    expect(await control.dashboardRefund(id, { result: 'failed' })).toMatchObject({
      status: 'refund_failed',
    });
    expect(await control.dashboardRefund(id, { result: 'pending' })).toMatchObject({
      status: 'refund_pending',
    });
    expect(await control.endRefund(id, 'processed')).toMatchObject({ status: 'refunded' });
  });
});

describe('a chargeback', () => {
  it('grows with several, and leaves the rest to refunds', async () => {
    const id = await play.paid({ amount: 100, callback_url: play.callbackUrl() });
    expect(await play.get(id)).toMatchObject({ charged_back_amount: null });
    await play.control().chargeBack(id, 10);
    expect(await play.get(id)).toMatchObject({ status: 'partially_charged_back', charged_back_amount: 10 });
    await play.control().chargeBack(id, 15);
    expect(await play.get(id)).toMatchObject({ status: 'partially_charged_back', charged_back_amount: 25 });
    await expect.poll(statusesTold).toContain('partially_charged_back');
    expect(await play.refund(id, 75.01)).toMatchObject({ status: 422 });
    expect(await play.refund(id, 75)).toMatchObject({ status: 201 });
    expect(await play.get(id)).toMatchObject({
      status: 'refunded',
      refunded_amount: 75,
      charged_back_amount: 25,
    });
    await expect(play.control().chargeBack(id, 0.01)).rejects.toThrow('422');
  });

  it('takes everything that was paid, the fee on top included', async () => {
    await play.control().account({ fee: { strategy: 'external', rate: 0.02 } });
    const id = await play.paid();
    expect(await play.control().chargeBack(id)).toMatchObject({
      status: 'charged_back',
      chargedBack: 102.56,
    });
    expect(await play.refund(id, 0.01)).toMatchObject({ status: 422 });
  });

  it('takes what an earlier refund left', async () => {
    const id = await play.paid();
    await play.refund(id, 30);
    expect(await play.control().chargeBack(id)).toMatchObject({ status: 'charged_back', chargedBack: 70.55 });
  });

  it('needs money', async () => {
    await expect(play.control().chargeBack(await play.create())).rejects.toThrow('422');
  });
});
