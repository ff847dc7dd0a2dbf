import { moneyOf } from '../invoice/invoice-money.ts';
import { formatMoney } from '../money.ts';
import type { ActResult } from '../payment/act-result.ts';
import { refusalTextOf } from '../payment/refund.ts';
import type { MoneyView } from '../payment/payment-view.ts';
import { toIso } from '../time.ts';
import { decideUnmatched, isInTrouble } from './decide-unmatched.ts';
import {
  isHeld,
  isUnsettled,
  lastRefundOf,
  type UnmatchedDecision,
  type UnmatchedInvoice,
  type UnmatchedMoney,
  type UnknownReference,
} from './unmatched-money.ts';

/** One invoice that nobody ordered, as operators see it. */
export interface UnmatchedInvoiceView {
  readonly invoiceId: string;
  /** The platform's word. */
  readonly status: string;
  readonly amount: { readonly value: string; readonly currency: string };
  /** As the platform holds it; null where there is none, or its figures cannot be read. */
  readonly money: MoneyView | null;
  readonly decision: UnmatchedDecision | null;
  /** What has become of it, in one sentence. */
  readonly standing: string;
  readonly needsDecision: boolean;
}

/** Money for a reference without a payment; `referenceId` is another's text, so for those who hold the keys alone. */
export interface UnmatchedMoneyView extends UnknownReference {
  readonly attention: 'late-money' | null;
  readonly invoices: readonly UnmatchedInvoiceView[];
  readonly lastLook: string | null;
  readonly waiting: string | null;
  readonly operators: readonly {
    readonly at: string;
    readonly by: string;
    readonly what: string;
    readonly why: string;
  }[];
}

export function toUnmatchedMoneyView(reference: UnknownReference, money: UnmatchedMoney): UnmatchedMoneyView {
  const { next, needsPerson } = decideUnmatched(money);
  const { account, orderId, referenceId } = reference;
  return {
    ...{ account, orderId, referenceId },
    attention: needsPerson ? 'late-money' : null,
    invoices: money.invoices.map((invoice) => toInvoiceView(invoice, money)),
    lastLook: lastLookOfUnmatched(money),
    waiting: next && `${next.what}, at ${toIso(next.at)}`,
    operators: money.notes.map((note) => ({ ...note, at: toIso(note.at) })),
  };
}

export function lastLookOfUnmatched({ lastAskedAt, tries }: UnmatchedMoney): string | null {
  if (lastAskedAt === null) return null;
  return `${toIso(lastAskedAt)}: ${tries.trouble ?? 'answered'}`;
}

function toInvoiceView(invoice: UnmatchedInvoice, unmatched: UnmatchedMoney): UnmatchedInvoiceView {
  const { invoiceId, status, amount, currency } = invoice.snapshot;
  return {
    invoiceId,
    status,
    amount: { value: amount, currency },
    money: moneyViewOf(invoice),
    decision: invoice.decision,
    standing: standingOf(invoice, unmatched),
    needsDecision: isUnsettled(invoice) || isInTrouble(invoice, unmatched),
  };
}

function moneyViewOf({ snapshot }: UnmatchedInvoice): MoneyView | null {
  const money = moneyOf(snapshot);
  if (!money) return null;
  const { currency } = money;
  const text = (minor: number): string => formatMoney({ minor, currency });
  const { paid, fee, refunded, chargedBack } = money;
  return {
    currency,
    paid: text(paid),
    fee: text(fee),
    refunded: text(refunded),
    chargedBack: text(chargedBack),
  };
}

/** Free of what outsiders wrote but for the platform's reason of a refusal, which is not for the page. */
export function standingOf(invoice: UnmatchedInvoice, unmatched: UnmatchedMoney, isOnPage = false): string {
  const refund = lastRefundOf(invoice);
  if (!isHeld(invoice.snapshot)) return refund ? 'the money is back' : 'no money is in it';
  if (invoice.decision === 'accept') return 'an operator has dealt with it; the money stays';
  if (!refund) return 'nobody has decided about its money';
  const { amount, life } = refund;
  const what = `the refund of ${formatMoney(amount)} ${amount.currency}`;
  switch (life.state) {
    case 'asked':
      if (life.tries.trouble === null) return `${what} is asked for`;
      return `${what} is not confirmed: the platform ${troubles[life.tries.trouble]}; it is asked again`;
    case 'accepted':
      return `${what} is under way since ${toIso(life.at)}${isInTrouble(invoice, unmatched) ? ', longer than it should be' : ''}`;
    case 'done':
      return `${what} was done, and the money is there again`;
    default:
      return isOnPage
        ? `${what} was refused; \`paytone-payments show\` tells why`
        : `${what} was refused: ${refusalTextOf(refund)}`;
  }
}

const troubles = { credentials: 'rejects the keys', silent: 'does not answer' } as const;

/** What became of a decision by the time at which it is answered. */
export function resultOfUnmatchedResolve(unmatched: UnmatchedMoney): ActResult {
  const said = unmatched.invoices.map((invoice) => {
    const { amount, currency, invoiceId } = invoice.snapshot;
    return `${amount} ${currency} in ${invoiceId}: ${standingOf(invoice, unmatched)}`;
  });
  return { became: said.join('; '), isFulfilled: !unmatched.invoices.some(isUnsettled) };
}
