/** Statuses in which a payment waits for something; all others are outcomes (contract, section 3). */
const waiting: readonly string[] = [
  'choosing',
  'creating',
  'awaiting_payment',
  'canceling',
  'review',
  'refunding',
];

/** The first payment of a feed that has an outcome; the last one where the feed ends without. */
export async function firstOutcome<Payment extends { readonly status: string }>(
  payments: AsyncIterable<Payment>,
): Promise<Payment | null> {
  let last: Payment | null = null;
  for await (const payment of payments) {
    last = payment;
    if (!waiting.includes(payment.status)) break;
  }
  return last;
}
