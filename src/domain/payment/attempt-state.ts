import { moneyOf, type InvoiceMoney } from '../invoice/invoice-money.ts';
import { meaningOf, stateOf, type InvoiceState } from '../invoice/invoice-state.ts';
import {
  attemptOf,
  isAboutReason,
  type Attempt,
  type Judgment,
  type Payment,
  type Watched,
} from './payment.ts';
import { isOutOfTime } from './expiry.ts';

/** What an attempt has come to, whatever the payment around it. */
export type AttemptState = InvoiceState | 'creating' | 'refused';

export function stateOfAttempt(payment: Payment, attempt: Attempt): AttemptState {
  const { seen, creation, absentAt, expiresAt } = attempt;
  if (seen) return stateOf(seen.snapshot);
  if (creation.step === 'refused') return 'refused';
  if (creation.step !== 'made') return isOutOfTime(payment, attempt) ? 'refused' : 'creating';
  // A form that no browser ever posted made no invoice.
  return absentAt !== null && expiresAt !== null && absentAt >= expiresAt ? 'expired' : 'open';
}

export const isSuccess = ({ seen }: Watched): boolean =>
  seen !== null && meaningOf(stateOf(seen.snapshot)).rank === 2;

export const moneyOfAttempt = ({ seen, isFeeOnTop }: Watched): InvoiceMoney | null =>
  seen && moneyOf(seen.snapshot, isFeeOnTop);

/** What had come of an attempt when it was judged: minor units that were paid; -1 for no success. */
export const worthOf = (watched: Watched): number =>
  isSuccess(watched) ? (moneyOfAttempt(watched)?.paid ?? 0) : -1;

/** The last decision of an operator about what an attempt comes to. */
export const judgmentOn = ({ judgments }: Payment, watched: Watched): Judgment | null =>
  judgments.findLast((judgment) =>
    judgment.about.some(
      ({ attempt, worth }) => attempt === watched.number && isAboutEnd(judgment, watched, worth),
    ),
  ) ?? null;

const doubts = ['silence', 'missing', 'contradiction'];

/** Accepting an invoice as it is, without money and in no doubt, leaves it to be paid: nothing is decided of its end. */
const isAboutEnd = (judgment: Judgment, { referenceId }: Watched, worth: number): boolean =>
  judgment.decision !== 'accept' ||
  worth >= 0 ||
  doubts.some((doubt) => isAboutReason(judgment, `${doubt}/${referenceId}`));

const isJudgedAsItIs = (judgment: Judgment, watched: Watched): boolean =>
  judgment.about.some(({ attempt, worth }) => attempt === watched.number && worth === worthOf(watched));

/** What was there is not this order's, an operator said; what came later is another matter. */
export function isDisowned(payment: Payment, watched: Watched): boolean {
  const judgment = judgmentOn(payment, watched);
  return judgment?.decision === 'reject' && isJudgedAsItIs(judgment, watched);
}

/** An operator takes the order for paid, although the platform does not say so. */
export const isPaidByDecision = (payment: Payment, watched: Watched): boolean =>
  !isSuccess(watched) && judgmentOn(payment, watched)?.decision === 'accept';

/** Everything that may hold money of the order; a stray one, once an operator has taken it for that. */
const owned = (payment: Payment): readonly Watched[] => [
  ...payment.attempts,
  ...payment.strays.filter((stray) => judgmentOn(payment, stray) !== null),
];

export const watchedOf = (payment: Payment, number: number): Watched | null =>
  attemptOf(payment, number) ?? payment.strays.find((stray) => stray.number === number) ?? null;

export const paidAt = ({ seen }: Watched): number => seen?.snapshot.processed ?? Infinity;

/** What succeeded and is the order's, in the order in which it was paid. */
export const successesOf = (payment: Payment): Watched[] =>
  owned(payment)
    .filter((watched) => isSuccess(watched) && !isDisowned(payment, watched))
    .toSorted((a, b) => (paidAt(a) === paidAt(b) ? a.number - b.number : paidAt(a) - paidAt(b)));

/** Something may still come of it by itself. */
export function isOpen(payment: Payment, attempt: Attempt): boolean {
  const state = stateOfAttempt(payment, attempt);
  if (state !== 'open' && state !== 'creating') return false;
  return !isDisowned(payment, attempt) && !isPaidByDecision(payment, attempt);
}
