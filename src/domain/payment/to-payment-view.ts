import { referenceIdFor, type OrderId } from '../identity.ts';
import { formatMoney } from '../money.ts';
import { toIso } from '../time.ts';
import { isOpen, moneyOfAttempt, successesOf } from './attempt-state.ts';
import { reviewReasonsOf, type ReviewReason } from './review-reasons.ts';
import { redirectOf } from './attempt-mismatches.ts';
import { currentAttempt, type Attempt, type Payment, type Watched } from './payment.ts';
import { isUndecided, type PaymentStatus } from './statuses.ts';
import { declineOf, reasonOf } from './status-reason.ts';
import { refundStatusOf, refusalTextOf, type Refund } from './refund.ts';
import { statusOf } from './derive-status.ts';
import { keptOf } from './unwanted-money.ts';
import { toServiceView, type MoneyView, type PaymentView, type RefundView } from './payment-view.ts';

interface ShownDecision {
  readonly status: PaymentStatus;
  readonly reviewReasons: readonly ReviewReason[];
}

/** `expiresAt` is RFC 3339 in UTC: of the current invoice, else of the order. */
export function toPaymentView(payment: Payment, decided: ShownDecision = decidedOf(payment)): PaymentView {
  const { orderId, terms } = payment.input;
  const { status, reviewReasons } = decided;
  const attempt = shownAttempt(payment, status);
  const code = declineOf(payment);
  return {
    orderId,
    status,
    amount: { value: formatMoney(terms.amount), currency: terms.amount.currency },
    ...attemptFields(attempt, orderId),
    redirect: status === 'awaiting_payment' && attempt ? redirectOf(payment, attempt) : null,
    services: status === 'choosing' ? (payment.services ?? []).map(toServiceView) : [],
    expiresAt: toIso(attempt?.expiresAt ?? payment.deadlineAt),
    decidedBy: isUndecided(status) ? null : payment.decidedBy,
    reason: reasonOf(payment, status, reviewReasons),
    refunds: payment.refunds.map(refundView),
    money: moneyView(payment),
    decline: code === null ? null : { code },
  };
}

/** The last, or the last that can be paid where that one is over and an earlier one is open. */
export const shownAttempt = (payment: Payment, status: PaymentStatus): Attempt | null =>
  (status === 'awaiting_payment' && payment.attempts.findLast((it) => isOpen(payment, it))) ||
  currentAttempt(payment);

const attemptFields = (attempt: Attempt | null, orderId: OrderId) => ({
  attempt: attempt?.number ?? 1,
  referenceId: attempt?.referenceId ?? referenceIdFor(orderId, 1),
  invoiceId: attempt?.seen?.snapshot.invoiceId ?? null,
  service: attempt?.choice.service ?? null,
});

function decidedOf(payment: Payment): ShownDecision {
  const reviewReasons = reviewReasonsOf(payment);
  return { reviewReasons, status: statusOf(payment, reviewReasons) };
}

const refundView = (refund: Refund): RefundView => ({
  refundId: refund.refundId,
  amount: { value: formatMoney(refund.amount), currency: refund.amount.currency },
  status: refundStatusOf(refund),
  reason: refusalTextOf(refund) ?? refund.reason,
});

/** In the currency of the first payment that is kept, else of the first at all; two in one currency are told as their sum. */
function moneyView(payment: Payment): MoneyView | null {
  const moneyOfAll = (them: readonly Watched[]) => them.flatMap((watched) => moneyOfAttempt(watched) ?? []);
  const all = moneyOfAll(successesOf(payment));
  const [first] = [...moneyOfAll(keptOf(payment)), ...all];
  if (!first) return null;
  const { currency } = first;
  const sum = (part: 'paid' | 'fee' | 'refunded' | 'chargedBack'): string => {
    const minor = all.filter((it) => it.currency === currency).reduce((total, it) => total + it[part], 0);
    return formatMoney({ minor, currency });
  };
  return {
    currency,
    paid: sum('paid'),
    fee: sum('fee'),
    refunded: sum('refunded'),
    chargedBack: sum('chargedBack'),
  };
}
