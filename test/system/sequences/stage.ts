import { expect, vi } from 'vitest';
import { temporalConfig } from '../../../src/config/config.ts';
import type { PaymentView } from '../../../src/domain/payment/payment-view.ts';
import { OperatorClient } from '../../../src/operators/operator-client.ts';
import { startRig, type Rig } from '../../support/rig.ts';
import type { JournalEntry, LedgerEntry } from '../../support/sandbox-control.ts';
import { invoiceOf } from '../cases/play.ts';

const places: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };

const viewOf = ({ data }: { readonly data: object }): PaymentView => data as PaymentView;

/**
 * The whole product with its witnesses: the order service that is told, the platform's ledger and its journal. What a
 * test names with `told` is looked at once more when the stage is closed: nothing may have been told after it.
 */
export async function startStage(
  settings: Record<string, string> = {},
  options: Parameters<typeof startRig>[1] = {},
) {
  const rig = await startRig(settings, options);
  const operators = new OperatorClient(rig.temporal, temporalConfig(rig.environment));
  const expected = new Map<string, string>();
  const typesOf = (orderId: string): string =>
    rig.outcomes
      .of(orderId)
      .map(({ type }) => type.replace('payment.', ''))
      .join(', ');
  const entryOf = async (referenceId: string): Promise<LedgerEntry> => {
    const [entry] = await rig.sandbox.ledger(referenceId);
    if (!entry) throw new Error(`the platform has no ${referenceId}`);
    return entry;
  };
  const requestsOf = async (referenceId: string, operation: string): Promise<JournalEntry[]> =>
    (await rig.sandbox.journal(referenceId)).filter((entry) => entry.operation === operation);

  const storyOf = async (orderId: string) => {
    const found = await operators.show(orderId);
    return found?.kind === 'payment' ? found.story : null;
  };

  return {
    ...rig,
    operators,
    storyOf,
    ledger: entryOf,
    /** The order service is told exactly these outcomes, in this order, each taking the place of the one before. */
    async told(orderId: string, outcomes: string): Promise<void> {
      expected.set(orderId, outcomes);
      await vi.waitFor(() => expect(typesOf(orderId)).toBe(outcomes), { timeout: 60_000 });
      const received = rig.outcomes.of(orderId);
      const effective = received.filter(({ type }) => type !== 'payment.review');
      effective.forEach(({ supersedes }, index) => expect(supersedes).toBe(effective[index - 1]?.id));
      expect(new Set(received.map(({ id }) => id)).size).toBe(received.length);
    },
    /** What was told last, and what is answered now, is what the platform holds, to the minor unit. */
    async agrees(orderId: string, referenceId = orderId): Promise<void> {
      const entry = await entryOf(referenceId);
      const currency = entry.serviceCurrency;
      const text = (amount: number): string => amount.toFixed(places[currency] ?? 2);
      const money = {
        currency,
        paid: text(entry.paid),
        fee: text(entry.fee),
        refunded: text(entry.refunded),
        chargedBack: text(entry.chargedBack),
      };
      const last = rig.outcomes.of(orderId).at(-1);
      expect(last && viewOf(last).money).toEqual(money);
      expect((await rig.get(orderId)).body.money).toEqual(money);
    },
    /** Refunds that really happened at the platform, as `reference amount`. */
    returned: async (referenceId: string): Promise<string[]> =>
      (await entryOf(referenceId)).refunds
        .filter(({ status }) => status === 'processed')
        .map((refund) => `${refund.referenceId} ${refund.amount}`),
    /** Refunds that the platform was asked for, as `reference status`; 0 where it gave no answer. */
    async asked(referenceId: string): Promise<string[]> {
      const requests = await requestsOf(referenceId, 'refund.create');
      return requests.map(({ refundReference, status }) => `${refundReference} ${status}`);
    },
    looks: async (referenceId: string): Promise<number> =>
      (await requestsOf(referenceId, 'invoice.get.private')).length,
    async decide(orderId: string, decision: 'accept' | 'reject' | 'refund'): Promise<void> {
      const action = { decision, by: 'ann', why: 'checked with Paytone' };
      expect(await operators.act(orderId, 'resolve', action)).toMatchObject({ kind: 'done' });
    },
    attention: async (orderId: string): Promise<string | null | undefined> =>
      (await storyOf(orderId))?.attention,
    reason: async (orderId: string): Promise<string | null> => (await rig.get(orderId)).body.reason,
    chargeBack: async (referenceId: string, amount?: number): Promise<LedgerEntry> =>
      rig.sandbox.chargeBack(await invoiceOf(rig, referenceId), amount),
    /** Answers every request of an operation about a reference in the same way, until faults are cleared. */
    failing: (operation: string, referenceId: string, fault: object, more: object = {}) =>
      rig.sandbox.fault({ match: { operation, referenceId }, times: 0, fault, ...more }),
    async close(): Promise<void> {
      try {
        for (const [orderId, outcomes] of expected) expect(typesOf(orderId)).toBe(outcomes);
      } finally {
        await rig.close();
      }
    },
  };
}

export type Stage = Awaited<ReturnType<typeof startStage>>;

export const status = (code: number, more: object = {}) => ({ type: 'status', status: code, ...more });

export const statusOf = async ({ get }: Rig, orderId: string): Promise<string> =>
  (await get(orderId)).body.status;
