import type { Redirect } from '../invoice/invoice.ts';
import { stateOf } from '../invoice/invoice-state.ts';
import { mismatchesOf } from '../invoice/mismatches.ts';
import { attemptOf, type Attempt, type Payment, type Watched } from './payment.ts';

interface Mismatch {
  readonly key: string;
  readonly text: string;
}

/** Where what the platform says of an attempt is not what was ordered, judged or not. */
export function mismatchesOfAttempt({ input }: Payment, attempt: Attempt): Mismatch[] {
  const { seen, referenceId, choice, redirectFault } = attempt;
  if (!seen) return [];
  const { amount, flow } = input.terms;
  const ordered = { referenceId, amount, flow, testMode: input.policy.testMode, service: choice.service };
  const isPayable = stateOf(seen.snapshot) === 'open' && redirectFault !== null;
  const found = [...mismatchesOf(ordered, seen.snapshot), ...(isPayable ? [redirectFault] : [])];
  return found.map((text) => ({ key: mismatchKey(attempt, text), text }));
}

const mismatchKey = ({ referenceId }: Attempt, text: string): string => `mismatch/${referenceId}/${text}`;

/** The page that customers are sent to: one that has a fault only where an operator has accepted it. */
export function redirectOf({ judgments }: Payment, attempt: Attempt): Redirect | null {
  const { redirect, redirectFault } = attempt;
  if (redirectFault === null) return redirect;
  const key = mismatchKey(attempt, redirectFault);
  const judgment = judgments.findLast(({ keys }) => keys.includes(key));
  return judgment?.decision === 'accept' ? redirect : null;
}

/** A person has yet to say whether it is the order's as it is. */
export function isDoubtful(payment: Payment, { number }: Watched): boolean {
  const attempt = attemptOf(payment, number);
  if (!attempt) return false;
  return mismatchesOfAttempt(payment, attempt).some(
    ({ key }) => !payment.judgments.some(({ keys }) => keys.includes(key)),
  );
}
