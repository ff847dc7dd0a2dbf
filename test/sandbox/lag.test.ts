import { describe, expect, it } from 'vitest';
import { usePlay } from './play.ts';

const play = usePlay();
const statusOf = async (id: string) => (await play.get(id)).status;
const found = async (referenceId: string) => (await play.lookUp(referenceId))?.status ?? null;

describe('a GET by id that lags', () => {
  it('answers the state before the last change so many times, while the callback tells the newest', async () => {
    await play.control().lag({ get: { looks: 2 } });
    const id = await play.create({ callback_url: play.callbackUrl() });
    expect(await statusOf(id)).toBe('process_pending');
    await play.control().setStatus(id, 'processed');
    await expect.poll(() => play.callbacks.at(-1)?.attributes.status).toBe('processed');
    const stale = await play.get(id);
    expect(stale).toMatchObject({ status: 'process_pending', processed_amount: null });
    expect(stale.updated).toBeLessThan(play.callbacks.at(-1)?.attributes.updated ?? 0);
    const { body } = await play.call('GET', `/public-api/payment-invoices/${id}?public_key=pk_test_play`);
    expect(body.data).toMatchObject({ status: 'process_pending' });
    expect(await statusOf(id)).toBe('processed');
  });

  it('does so for some seconds', async () => {
    await play.control().lag({ get: { seconds: 10 } });
    const id = await play.paid();
    await play.refund(id, 30);
    expect(await play.get(id)).toMatchObject({ status: 'processed', refunded_amount: null });
    play.passSeconds(9);
    expect(await statusOf(id)).toBe('processed');
    play.passSeconds(1);
    expect(await play.get(id)).toMatchObject({ status: 'partially_refunded', refunded_amount: 30 });
  });

  it('does so for one reference alone, and until it is switched off', async () => {
    await play.control().lag({ get: { looks: 100 }, referenceId: 'behind' });
    const [behind, other] = [await play.paid({ reference_id: 'behind' }), await play.paid()];
    expect([await statusOf(behind), await statusOf(other)]).toEqual(['process_pending', 'processed']);
    await play.control().lag({});
    expect(await statusOf(behind)).toBe('processed');
  });
});

describe('a look-up that lags', () => {
  it('does not find a fresh invoice, which its id finds', async () => {
    await play.control().lag({ lookup: { looks: 1 } });
    const id = await play.create({ reference_id: 'fresh' });
    expect(await statusOf(id)).toBe('process_pending');
    expect(await found('fresh')).toBeNull();
    expect(await found('fresh')).toBe('process_pending');
    await play.control().setStatus(id, 'processed');
    expect(await found('fresh')).toBe('process_pending');
    expect(await found('fresh')).toBe('processed');
  });

  it('refuses a second create of the reference all the same', async () => {
    await play.control().lag({ lookup: { seconds: 60 } });
    const id = await play.create({ reference_id: 'fresh' });
    const { status, body } = await play.createAnswer({ reference_id: 'fresh' });
    expect([status, body.data]).toMatchObject([409, { id }]);
  });
});

describe('the clock of `updated`', () => {
  it('tells changes apart, unless it is coarse', async () => {
    const id = await play.create();
    const { updated = 0 } = await play.get(id);
    await play.control().setStatus(id, 'processed');
    expect((await play.get(id)).updated).toBeGreaterThan(updated);
    await play.control().account({ coarseClock: true });
    play.passSeconds(5);
    await play.refund(id, 30);
    const refunded = (await play.get(id)).updated;
    await play.refund(id, 40);
    expect(await play.get(id)).toMatchObject({ updated: refunded, refunded_amount: 70 });
  });
});
