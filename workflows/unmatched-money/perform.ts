import type { UnmatchedAction } from '../../src/domain/unmatched-money/decide-unmatched.ts';
import type {
  UnmatchedFact,
  UnmatchedMoney,
  UnknownReference,
} from '../../src/domain/unmatched-money/unmatched-money.ts';
import { orderOfReference, type AccountId, type InvoiceId } from '../../src/domain/identity.ts';
import { activities, callMs, effectOptions, readOptions } from '../activity-options.ts';
import { platformFailureOf } from '../activity-failure.ts';

/** Makes one call and says what became of it. The reference is another's text: it travels in objects alone. */
export async function performUnmatched(
  reference: UnknownReference,
  money: UnmatchedMoney,
  action: UnmatchedAction,
): Promise<UnmatchedFact> {
  const limit = money.clock + callMs;
  if (action.kind === 'refund') return askUnmatchedRefund(reference.account, action, limit);
  if (action.about !== null) return lookAt(reference.account, action.about, limit);
  return (await handOver(reference, limit)) ?? findByReference(reference, limit);
}

/** Whether the order has a payment, which then is told what came here; null where it has none. */
async function handOver(
  { account, orderId, referenceId }: UnknownReference,
  limit: number,
): Promise<UnmatchedFact | null> {
  const attempt = orderOfReference(referenceId)?.attempt;
  if (orderId === null || attempt === undefined) return null;
  const options = { ...readOptions, summary: 'has the order a payment by now?' };
  try {
    const isTaken = await activities.handOver.executeWithOptions(options, [{ orderId, attempt }, account]);
    return isTaken ? { kind: 'taken_over' } : null;
  } catch (error) {
    // As long as nobody knows whose money it is, no person must be told that it is nobody's.
    const { at, ...failure } = platformFailureOf(error, 'Unanswered');
    return { kind: 'unanswered', at: at ?? limit, failure, about: null };
  }
}

async function findByReference(
  { account, referenceId }: UnknownReference,
  limit: number,
): Promise<UnmatchedFact> {
  try {
    const options = { ...readOptions, summary: 'by reference' };
    const { invoice, ...times } = await activities.findInvoice.executeWithOptions(options, [
      { referenceId },
      account,
    ]);
    return { kind: 'seen', ...times, snapshot: invoice?.snapshot ?? null, about: null };
  } catch (error) {
    const { at, ...failure } = platformFailureOf(error, 'Unanswered');
    return { kind: 'unanswered', at: at ?? limit, failure, about: null };
  }
}

async function lookAt(account: AccountId, about: InvoiceId, limit: number): Promise<UnmatchedFact> {
  try {
    const options = { ...readOptions, summary: `${about}, whether its money is back` };
    const seen = await activities.getInvoice.executeWithOptions(options, [about, account]);
    return { kind: 'seen', ...seen, about };
  } catch (error) {
    const { at, ...failure } = platformFailureOf(error, 'Unanswered');
    return { kind: 'unanswered', at: at ?? limit, failure, about };
  }
}

type AskUnmatchedRefund = Extract<UnmatchedAction, { kind: 'refund' }>;

async function askUnmatchedRefund(
  account: AccountId,
  { kind: _, ...draft }: AskUnmatchedRefund,
  limit: number,
): Promise<UnmatchedFact> {
  const { invoiceId, referenceId } = draft;
  const about = { kind: 'refund_answered', invoiceId } as const;
  const options = { ...effectOptions, summary: `refund ${referenceId}` };
  try {
    const { at, progress } = await activities.refundInvoice.executeWithOptions(options, [draft, account]);
    return { ...about, at, answer: { kind: 'accepted', progress } };
  } catch (error) {
    const { at, ...failure } = platformFailureOf(error, 'ResultUnknown');
    const answer =
      failure.type === 'AlreadyExists'
        ? ({ kind: 'accepted', progress: failure.refundProgress ?? null } as const)
        : ({ kind: 'failed', failure } as const);
    return { ...about, at: at ?? limit, answer };
  }
}
