import type { Act, Evidence, Violation } from '../evidence.ts';
import { isJudged, isPaid, isReturned, isVerified, paidAtOf } from './holding.ts';
import { hourMs } from '../plan.ts';

const undecided = ['choosing', 'creating', 'awaiting_payment', 'canceling'];
const unpaid = ['failed', 'expired', 'canceled'];
const returned = ['refunded', 'partially_refunded', 'charged_back', 'partially_charged_back'];

/** No status goes back, except as docs/contract.md says. */
export function checkStatuses(evidence: Evidence): Violation[] {
  const { statuses, acts, invoices } = evidence;
  const violations: Violation[] = [];
  // Money that came back from a refund, or of a second payment, makes the order paid again.
  const isOnce =
    invoices.filter((invoice) => isPaid(invoice) || isVerified(invoice)).length < 2 &&
    !invoices.some(({ refunds }) => refunds.some((refund) => refund.isUndone));
  let best = 'choosing';
  let since = 0;
  for (const { at, status } of statuses) {
    // Without the money that was rejected, the order may be as open as it was, if nobody was told otherwise.
    if (acts.some((act) => act.kind === 'reject' && act.at > since && act.at <= at) && !wasTold(evidence, at))
      best = 'choosing';
    since = at;
    const wasRejected = acts.some((act) => act.kind === 'reject' && act.at <= at);
    if (isBack(best, status, { wasRejected, isOnce }))
      violations.push({ rule: 'no way back', text: `${best} became ${status}` });
    if (status !== 'review') best = status;
  }
  return violations;
}

const wasTold = ({ decided }: Evidence, before: number): boolean =>
  decided.some(({ at, type }) => at < before && type !== 'payment.review');

function isBack(
  from: string,
  to: string,
  { wasRejected, isOnce }: { readonly wasRejected: boolean; readonly isOnce: boolean },
): boolean {
  if (to === 'review' || undecided.includes(from)) return false;
  if (undecided.includes(to)) return true;
  if (unpaid.includes(to)) return (unpaid.includes(from) ? to !== from : !wasRejected) && from !== 'verified';
  return to === 'paid' && returned.includes(from) && isOnce;
}

/** While the money is to go back, nobody is told that the order is paid. */
export function checkIntent(evidence: Evidence): Violation[] {
  const { invoices, decided, plan, rest } = evidence;
  const paid = invoices.filter(isPaid);
  const [invoice] = paid;
  if (paid.length !== 1 || !invoice || plan.flow === 'verify') return [];
  const from = intentOf(evidence, paidAtOf(invoice));
  if (from === null) return [];
  const told = decided.find(
    ({ at, type }) => at >= from && type === 'payment.paid' && !isAcceptedBetween(evidence, from, at),
  );
  const isOpen = rest && rest.answer.status !== 'review' && rest.answer.status !== 'refunding';
  const isLeft = isOpen && !isReturned(invoice) && !isJudged(evidence, ['accept', 'reject'], from);
  return [
    ...(told ? [{ rule: 'intent', text: 'told paid although the money is to go back' }] : []),
    ...(isLeft
      ? [{ rule: 'intent', text: `ends as ${rest.answer.status}, and the money has not gone back` }]
      : []),
  ];
}

/** Since when all of the payment's money is to go back, by an operator or a rule; null where it may stay. */
function intentOf(evidence: Evidence, paidAt: number): number | null {
  const { acts } = evidence;
  const operators = acts.findLast(({ kind, at }) => isDecision(kind) && at >= paidAt);
  if (operators)
    return operators.kind === 'give_back' && !isAboutRefund(evidence, operators) ? operators.at : null;
  // What was decided before there was money was not about it, save that the order was taken for paid.
  if (acts.some(({ kind }) => kind === 'accept')) return null;
  const givenUp = givenUpOf(evidence);
  return givenUp?.rule === 'refund' ? givenUp.at : null;
}

/** A refund that had waited for three days may be all that the decision was about: it was asked for again. */
const isAboutRefund = ({ acts }: Evidence, { at }: Act): boolean =>
  acts.some((act) => act.kind === 'refund' && act.at <= at - 72 * hourMs);

/** Since when the order was given up, before anything else was told, and the rule for money that comes all the same. */
function givenUpOf({ acts, decided, plan }: Evidence) {
  const first = decided.find(({ type }) => type !== 'payment.review');
  const cancel = acts.find(({ kind }) => kind === 'cancel');
  if (cancel && cancel.at <= (first?.at ?? Infinity))
    return { at: cancel.at, rule: plan.policy.paidAfterCancel };
  const isLate = first && unpaid.some((it) => first.type === `payment.${it}`);
  return isLate ? { at: first.at, rule: plan.policy.latePayment } : null;
}

/** An order that was given up is told paid by a decision alone, and money that came for it waits for one. */
export function checkGivenUp(evidence: Evidence): Violation[] {
  const { decided, invoices, plan, rest } = evidence;
  const givenUp = givenUpOf(evidence);
  if (!givenUp || givenUp.rule === 'accept' || plan.flow === 'verify') return [];
  const from = givenUp.at;
  // An outcome's time is that of the last answer before it, and so may be before the decision that it tells.
  const isAccepted = isJudged(evidence, ['accept'], 0);
  const told = !isAccepted && decided.some(({ at, type }) => type === 'payment.paid' && at >= from);
  const isAtRest = rest !== null && rest.answer.status !== 'review' && rest.answer.status !== 'refunding';
  const left = invoices.find(
    (invoice) => isPaid(invoice) && !isReturned(invoice) && !isJudged(evidence, decisions, paidAtOf(invoice)),
  );
  return [
    ...(told ? [{ rule: 'given up', text: 'told paid, which nobody decided' }] : []),
    // Once it was accepted it is no longer given up.
    ...(isAtRest && left && !isJudged(evidence, ['accept'], from)
      ? [{ rule: 'given up', text: `is ${rest.answer.status}, and nobody decided about its money` }]
      : []),
  ];
}

const decisions: readonly Act['kind'][] = ['accept', 'reject', 'give_back'];

const isDecision = (kind: Act['kind']): boolean => decisions.includes(kind);

const isAcceptedBetween = ({ acts }: Evidence, from: number, until: number): boolean =>
  acts.some(({ kind, at }) => kind === 'accept' && at >= from && at <= until);
