import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, startRig, type Rig } from '../support/rig.ts';
import { amountCases } from './cases/amount-cases.ts';
import { callbackCases } from './cases/callback-cases.ts';
import { set, until, card } from './cases/play.ts';
import { refundCases } from './cases/refund-cases.ts';

interface Seen {
  readonly status: string;
  /** Types of the outcomes in the order in which they came. */
  readonly outcomes: string;
  /** Authenticated looks at the platform. */
  readonly looks: number;
}
describe('no callback lost, no money unseen', () => {
  const rigs = new Map<string, Rig>();
  const rows: Record<string, string>[] = [];
  beforeAll(async () => {
    rigs.set('default', await startRig());
    rigs.set('refund', await startRig({ LATE_PAYMENT: 'refund', PAID_AFTER_CANCEL: 'review' }));
    rigs.set('accept', await startRig({ LATE_PAYMENT: 'accept' }));
  });
  afterAll(async () => {
    for (const rig of rigs.values()) await rig.close();
    // The table that a person wants to see.
    // eslint-disable-next-line no-console
    console.table(rows);
  });

  it.each([...callbackCases, ...amountCases, ...refundCases])(
    '$name: $status',
    async ({ name, rules = 'default', play, ...expected }) => {
      const rig = rigs.get(rules);
      if (!rig) throw new Error(rules);
      const orderId = rig.newOrder();
      await play(rig, orderId);
      await until(rig, orderId, expected.status);
      const seen = await look(rig, orderId);
      rows.push({
        case: name,
        expected: `${expected.status} (${expected.outcomes}), at most ${expected.mostLooks} looks`,
        seen: `${seen.status} (${seen.outcomes}), ${seen.looks} looks`,
      });
      expect({ status: seen.status, outcomes: seen.outcomes }).toEqual({
        status: expected.status,
        outcomes: expected.outcomes,
      });
      expect(seen.looks).toBeLessThanOrEqual(expected.mostLooks);
      expectSupersedes(rig, orderId);
    },
  );

  async function look(rig: Rig, orderId: string): Promise<Seen> {
    const journal = (
      await Promise.all([orderId, `${orderId}.2`].map((referenceId) => rig.sandbox.journal(referenceId)))
    ).flat();
    const looks = journal.filter(({ operation }) =>
      ['invoice.get.private', 'invoice.by-reference'].includes(operation),
    );
    const outcomes = rig.outcomes.of(orderId).map(({ type }) => type.replace('payment.', ''));
    return {
      status: (await rig.get(orderId)).body.status,
      outcomes: outcomes.join(', '),
      looks: looks.length,
    };
  }

  /** Every effective outcome after the first names the one whose place it takes. */
  function expectSupersedes(rig: Rig, orderId: string): void {
    const effective = rig.outcomes.of(orderId).filter(({ type }) => type !== 'payment.review');
    effective.forEach((outcome, index) => expect(outcome.supersedes).toBe(effective[index - 1]?.id));
    expect(new Set(rig.outcomes.of(orderId).map(({ id }) => id)).size).toBe(rig.outcomes.of(orderId).length);
  }

  it('keeps a paid invoice that nobody ordered where an operator sees it', async () => {
    const rig = rigs.get('default');
    if (!rig) throw new Error('no rig');
    for (const referenceId of [`X${Date.now()}`, `not one of ours ${Date.now()}`]) {
      const key = Buffer.from(`${account.id}:${account.privateKey}`).toString('base64');
      const attributes = { reference_id: referenceId, amount: 5, currency: 'USD', ...card, test_mode: true };
      const made = await fetch(`${rig.sandbox.url}/api/payment-invoices`, {
        method: 'POST',
        headers: { authorization: `Basic ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ data: { attributes } }),
      });
      expect(made.status).toBe(201);
      await set(rig, referenceId, 'processed');
    }
    await expect.poll(() => rig.count("PaymentAttention = 'late-money'"), { timeout: 15_000 }).toBe(2);
  });
});
