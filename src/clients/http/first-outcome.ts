/** Statuses in which a payment waits for something; all others are outcomes (docs/contract.md §3). */
const undecided: readonly string[] = [
  'choosing',
  'creating',
  'awaiting_payment',
  'canceling',
  'review',
  'refunding',
];

/** The first payment of a feed that has an outcome; rejects with the reason of `signal` where that comes first. */
export async function firstOutcome<Payment extends { readonly status: string }>(
  payments: AsyncIterable<Payment>,
  signal?: AbortSignal,
): Promise<Payment> {
  for await (const payment of payments) if (!undecided.includes(payment.status)) return payment;
  signal?.throwIfAborted();
  throw new Error('the payment was ended without an outcome');
}
