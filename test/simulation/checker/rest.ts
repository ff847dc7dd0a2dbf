import type { Evidence, Violation } from '../evidence.ts';
import { hourMs } from '../plan.ts';
import type { LedgerInvoice } from '../platform/ledger.ts';
import {
  byPayment,
  choicesOf,
  isJudged,
  isPaid,
  isReturned,
  isStray,
  isVerified,
  moneyOf,
  paidAtOf,
  statusOf,
} from './holding.ts';
import { takenOf } from './telling.ts';

const unpaid = ['failed', 'expired', 'canceled'];

/** When nothing moves any more: what was told last is what the payment answers, and what the platform holds. */
export function checkRest(evidence: Evidence): Violation[] {
  const { rest, invoices } = evidence;
  if (!rest) return [];
  const { status, money } = rest.answer;
  const told = takenOf(evidence).at(-1);
  if (status === 'refunding')
    return invoices.some(({ pending }) => pending > 0)
      ? []
      : [{ rule: 'comes to rest', text: 'is refunding, and the platform has nothing under way' }];
  if (told?.type !== `payment.${status}`)
    return [{ rule: 'told = answered', text: `is ${status}, told was ${told?.type ?? 'nothing'}` }];
  if (status === 'review') return checkReview(evidence);
  if (JSON.stringify(told.data.money) !== JSON.stringify(money))
    return [{ rule: 'told = answered', text: `told ${say(told.data.money)}, answers ${say(money)}` }];
  return checkLedger(evidence, { status, money: say(money) });
}

const say = (money: unknown): string => JSON.stringify(money);

function checkLedger(
  evidence: Evidence,
  answer: { readonly status: string; readonly money: string },
): Violation[] {
  const held = evidence.invoices.filter((invoice) => isPaid(invoice) || isVerified(invoice));
  const choices = choicesOf(held, (invoice) => isOptional(evidence, invoice));
  const expected = choices.map((choice) => ({
    money: say(moneyOf(choice)),
    statuses: statusesOf(evidence, choice),
  }));
  if (expected.some(({ money, statuses }) => money === answer.money && statuses.includes(answer.status)))
    return [];
  const text = `told ${answer.status} ${answer.money}, the platform holds ${expected
    .map(({ money, statuses }) => `${statuses.join(' or ')} ${money}`)
    .join('; or ')}`;
  return [{ rule: 'told = platform', text }];
}

/** An operator may have said that it is none of the order's money. */
const isOptional = (evidence: Evidence, invoice: LedgerInvoice): boolean =>
  isJudged(evidence, ['reject'], paidAtOf(invoice)) ||
  (isStray(invoice) && isJudged(evidence, ['accept', 'reject', 'give_back'], paidAtOf(invoice)));

function statusesOf(evidence: Evidence, held: readonly LedgerInvoice[]): string[] {
  const paid = byPayment(held);
  const isAccepted = isJudged(evidence, ['accept'], 0);
  if (paid.length === 0) return [...unpaidStatusesOf(evidence), ...(isAccepted ? ['paid'] : [])];
  const left = paid.filter((invoice) => !isReturned(invoice));
  // One that an operator sends back does not count while another does.
  const mayCount = isJudged(evidence, ['give_back'], 0) ? left : left.slice(0, 1);
  const statuses = (mayCount.length > 0 ? mayCount : paid.slice(0, 1)).map(statusOf);
  // A verification that came after the order was given up leaves it given up.
  return paid.every(isVerified) ? [...statuses, ...unpaid] : statuses;
}

/** Given up before anything else was told, it stays given up. */
function unpaidStatusesOf({ acts, decided }: Evidence): string[] {
  const firstAt = decided.find(({ type }) => type !== 'payment.review')?.at ?? Infinity;
  const isCanceled = acts.some(({ kind, at }) => kind === 'cancel' && at < firstAt);
  return isCanceled ? ['canceled'] : unpaid;
}

/** A person is asked for only where there is something to ask. */
function checkReview(evidence: Evidence): Violation[] {
  const { invoices, requests, acts, plan } = evidence;
  const paid = invoices.filter((invoice) => isPaid(invoice) || isVerified(invoice));
  const isOdd = (invoice: LedgerInvoice): boolean =>
    isStray(invoice) ||
    invoice.paid !== invoice.price.toPay ||
    invoice.refunds.some(({ state }) => state !== 'done') ||
    requests.some((it) => it.operation === 'refund' && it.status !== 200) ||
    wasGivenUpBefore(evidence, invoice);
  const hasReason =
    paid.length > 1 ||
    paid.some(isOdd) ||
    invoices.length !== new Set(invoices.map(({ asked }) => asked.reference)).size ||
    invoices.some(({ asked }) => asked.service === 'stray') ||
    acts.some(({ kind }) => kind === 'accept' || kind === 'reject' || kind === 'give_back') ||
    requests.some(({ status }) => status === 404) ||
    plan.steps.some(
      (step) => 'until' in step && (step.kind === 'lag' || step.until - step.at >= 12 * hourMs),
    );
  return hasReason ? [] : [{ rule: 'review', text: 'is in review without a reason that the platform shows' }];
}

const wasGivenUpBefore = ({ decided, acts }: Evidence, invoice: LedgerInvoice): boolean =>
  acts.some(({ kind }) => kind === 'cancel') ||
  decided.some(
    ({ type, at }) => unpaid.some((it) => type === `payment.${it}`) && at > paidAtOf(invoice) - hourMs,
  ) ||
  decided.some(({ type }) => unpaid.some((it) => type === `payment.${it}`));
