import type { Play } from './play.ts';

interface Scenario {
  readonly what: string;
  readonly run: (play: Play) => Promise<void>;
}

/** What `trigger` plays: an order, and what a customer, a bank or Paytone makes of it. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  paid: { what: 'the customer pays', run: paid },
  pending: {
    what: 'the payment stays open',
    run: async (play) => {
      await play.start();
    },
  },
  declined: {
    what: 'the bank declines',
    run: async (play) => {
      await play.start({ maxAttempts: 1 });
      await play.platform('the bank declines', set('process_failed', { resolution: 'insufficient_funds' }));
      await play.until('failed');
    },
  },
  expired: { what: 'nobody pays', run: expired },
  late: {
    what: 'nobody pays in time, and then somebody does',
    run: async (play) => {
      await expired(play);
      await play.platform('the customer pays all the same', set('processed'));
      await play.until('review', 'refunding', 'refunded', 'paid');
    },
  },
  twice: {
    what: 'the customer picks another method, and pays with both',
    run: async (play) => {
      await play.start();
      await play.chooseAnother();
      await play.platform('the customer pays with the first', set('processed'));
      await play.until('paid');
      await play.platform('and with the second', set('processed', {}, 2));
      // It stays paid where PAID_TWICE has the second payment refunded.
      await play.until('review', 'refunding', 'paid, refunding a payment');
    },
  },
  under: {
    what: 'the customer pays less',
    run: async (play) => {
      await play.start();
      const processedAmount = Number(play.amount) / 2;
      await play.platform('the customer pays half', set('partially_processed', { processedAmount }));
      await play.until('review');
    },
  },
  canceled: {
    what: 'the order service cancels',
    run: async (play) => {
      await play.start();
      await play.order('you cancel', 'cancel', { reason: 'the customer changed their mind' });
      await play.until('canceling', 'canceled');
    },
  },
  refunded: {
    what: 'the order service refunds a paid order',
    run: async (play) => {
      await paid(play);
      await play.order('you refund', 'refunds', { refundId: 'R1', reason: 'returned' });
      await play.until('refunded');
    },
  },
  'dashboard-refund': {
    what: "a part of a paid order is refunded in Paytone's dashboard",
    run: async (play) => {
      await paid(play);
      await play.platform('somebody refunds a part in the dashboard', {
        path: 'dashboard-refund',
        body: { amount: 1 },
      });
      await play.until('partially_refunded');
    },
  },
  chargeback: {
    what: 'the bank takes the money of a paid order back',
    run: async (play) => {
      await paid(play);
      await play.platform('the bank takes the money back', { path: 'chargeback', body: {} });
      await play.until('charged_back');
    },
  },
};

const set = (status: string, more: object = {}, attempt = 1) =>
  ({ path: 'status', body: { status, ...more }, attempt }) as const;

async function paid(play: Play): Promise<void> {
  await play.start();
  await play.platform('the customer pays', set('processed'));
  await play.until('paid');
}

async function expired(play: Play): Promise<void> {
  await play.start({ maxAttempts: 1 });
  await play.platform('the time is up', set('process_failed', { resolution: 'expired' }));
  await play.until('expired');
}
