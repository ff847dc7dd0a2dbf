import { decimals } from '../amounts.ts';
import type { Answer, Evidence, Request, Violation } from '../evidence.ts';
import type { LedgerInvoice, LedgerRefund } from '../platform/ledger.ts';

type RefundAnswer = Answer['refunds'][number];

/** Refunds once each, never more than was paid, and answered as the platform has them. */
export function checkRefunds(evidence: Evidence): Violation[] {
  const refunds = evidence.rest?.answer.refunds ?? [];
  return [
    ...kept(evidence, refunds),
    ...refunds.flatMap((refund) => asThePlatformHasIt(evidence, refund)),
    ...evidence.invoices.flatMap((invoice) => notTooMuch(evidence, invoice)),
    ...sameAmounts(evidence),
  ];
}

/** What was registered, or accepted from an order service, is there and stays as it was. */
function kept({ registered, acts }: Evidence, refunds: readonly RefundAnswer[]): Violation[] {
  const ids = refunds.map(({ refundId }) => refundId);
  const asked = acts.flatMap(({ refundId }) => refundId ?? []);
  const lost = [...registered.map(({ refundId }) => refundId), ...asked].filter((id) => !ids.includes(id));
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const changed = registered.filter(
    ({ refundId, amount }) => refunds.find((it) => it.refundId === refundId)?.amount.value !== amount,
  );
  return [
    ...lost.map((id) => ({ rule: 'refunds kept', text: `refund ${id} is no longer there` })),
    ...twice.map((id) => ({ rule: 'refunds kept', text: `refund ${id} is there twice` })),
    ...changed.map(({ refundId }) => ({
      rule: 'refunds kept',
      text: `refund ${refundId} has another amount`,
    })),
  ];
}

const isOf = ({ reference }: LedgerRefund, refundId: string): boolean =>
  reference?.endsWith(`-r-${refundId}`) ?? false;

const stateFor = { pending: 'pending', done: 'processed', failed: 'refused' } as const;

function asThePlatformHasIt(evidence: Evidence, { refundId, status, amount }: RefundAnswer): Violation[] {
  const { invoices, acts, registered, plan } = evidence;
  const there = invoices.flatMap(({ refunds }) => refunds.filter((refund) => isOf(refund, refundId)));
  if (there.length > 1) return [{ rule: 'refunds once', text: `${refundId} was made ${there.length} times` }];
  const [refund] = there;
  const expected = refund ? stateFor[refund.state] : 'refused';
  const at = registered.find((it) => it.refundId === refundId)?.at ?? 0;
  const isGivenUp =
    status === 'refused' &&
    acts.some((act) => (act.kind === 'accept' || act.kind === 'reject') && act.at > at);
  // A person looks at one that has had no end, and others wait for it.
  const isEndless = invoices.some((invoice) => invoice.pending > 0);
  const isOverdue = status === 'pending' && (isEndless || evidence.rest?.answer.status === 'review');
  // What goes back in another currency is rounded once more.
  const rounding = plan.manners.fee.startsWith('other_currency') ? 1 : 0;
  // The total grew by it, which counts as well; who made it grow cannot be seen.
  const isDoneOtherwise =
    status === 'processed' &&
    invoices.some(({ refunds }) => {
      const others = refunds.filter((it) => it.reference === null && it.state === 'done');
      return others.reduce((sum, it) => sum + it.amount, 0) >= minorOf(amount) - rounding;
    });
  if (status !== expected && !isGivenUp && !isOverdue && !isDoneOtherwise && !isUnknowable(evidence))
    return [
      { rule: 'refunds answered', text: `${refundId} is answered as ${status}, the platform: ${expected}` },
    ];
  return refund && refund.amount !== minorOf(amount)
    ? [
        {
          rule: 'refunds answered',
          text: `${refundId} is ${amount.value}, the platform gave back ${refund.amount}`,
        },
      ]
    : [];
}

/** Which of several has failed again is not said where repetitions are answered tersely; or no answer told of it. */
const isUnknowable = ({ plan, invoices, requests }: Evidence): boolean =>
  invoices.some(({ refunds }) => refunds.some(({ isUndone }) => isUndone)) &&
  (plan.manners.isTerse ||
    !requests.some(({ shown, isHeard }) => isHeard && shown?.status === 'refund_failed'));

const minorOf = ({ value, currency }: RefundAnswer['amount']): number =>
  Math.round(Number(value) * 10 ** (decimals[currency] ?? 2));

/** Where nobody else took money away, the platform never has to refuse for want of it. */
function notTooMuch({ requests, plan }: Evidence, invoice: LedgerInvoice): Violation[] {
  const isOursAlone =
    invoice.chargedBack === 0 && invoice.refunds.every(({ reference }) => reference !== null);
  const isPlain = !plan.manners.fee.startsWith('other_currency');
  const disturbed = plan.steps.some((step) => step.kind === 'mishap' && step.operations.includes('refund'));
  const excessive = requests.find(
    (it) => it.operation === 'refund' && it.status === 422 && it.reference === invoice.asked.reference,
  );
  return isOursAlone && isPlain && !disturbed && excessive
    ? [{ rule: 'refunds within', text: `asked for ${excessive.refund?.amount ?? 0}, more than was left` }]
    : [];
}

function sameAmounts({ requests }: Evidence): Violation[] {
  const amounts = new Map<string, number>();
  const isOther = ({ refund }: Request): boolean => {
    if (!refund) return false;
    const before = amounts.get(refund.reference) ?? refund.amount;
    amounts.set(refund.reference, refund.amount);
    return before !== refund.amount;
  };
  const other = requests.find(isOther);
  return other
    ? [{ rule: 'refunds once', text: `${other.refund?.reference ?? ''} was asked for with two amounts` }]
    : [];
}
