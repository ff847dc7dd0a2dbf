import type { AccountId, Reference } from '../src/domain/identity.ts';

export interface HandOver {
  /** Tells an order's payment of an invoice of its, on its account; false where there is none. */
  handOver(reference: Reference, account: AccountId): Promise<boolean>;
}

/** What came for a reference that had no payment goes to the order's payment once there is one. */
export const createHandOverActivities = (payments: HandOver) => ({
  handOver: (reference: Reference, account: AccountId): Promise<boolean> =>
    payments.handOver(reference, account),
});
