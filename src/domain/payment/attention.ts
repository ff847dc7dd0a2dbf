import type { Trouble } from '../invoice/platform-failure.ts';
import { isOpen } from './attempt-state.ts';
import { watchEndOf } from './expiry.ts';
import type { ReviewReason } from './review-reasons.ts';
import type { Attempt, Payment } from './payment.ts';
import { wakeUpPollAt } from './wake-ups.ts';
import { unacknowledgedRefusals } from './unacknowledged-refusals.ts';
import { mayChoose } from './may-choose-method.ts';
import { isFailing, isParked } from './outcome-deliveries.ts';

/** Why an operator should look at a payment. */
export type Attention =
  'review' | 'credentials' | 'platform-silent' | 'outcome-failing' | 'outcome-parked' | 'refund-refused';

/** A review is found by its status, too; a parked outcome by this alone. */
export function attentionOf(payment: Payment, reviewReasons: readonly ReviewReason[]): Attention | null {
  if (isParked(payment)) return 'outcome-parked';
  if (reviewReasons.length > 0) return 'review';
  if (unacknowledgedRefusals(payment).length > 0) return 'refund-refused';
  const troubles = troublesOf(payment);
  if (troubles.includes('credentials')) return 'credentials';
  if (troubles.includes('silent')) return 'platform-silent';
  return isFailing(payment) ? 'outcome-failing' : null;
}

/** What the last question to the platform met, for each thing that is still asked for. */
export function troublesOf(payment: Payment): Trouble[] {
  const { attempts, strays, services, offering, refunds } = payment;
  const isChoosing = services === null && attempts.length === 0 && mayChoose(payment);
  const ofRefunds = refunds.map(({ life }) => (life.state === 'asked' ? life.tries.trouble : null));
  const ofStrays = strays.map((stray) => (wakeUpPollAt(stray) !== null ? stray.polls.trouble : null));
  const ofAttempts = attempts.flatMap((attempt) => troublesOfAttempt(payment, attempt));
  const ofOffering = isChoosing ? offering.trouble : null;
  return [ofOffering, ...ofAttempts, ...ofStrays, ...ofRefunds].filter((trouble) => trouble !== null);
}

function troublesOfAttempt(payment: Payment, attempt: Attempt): (Trouble | null)[] {
  const { creation, polls, number } = attempt;
  const isWatched = isOpen(payment, attempt) && payment.clock < watchEndOf(payment, attempt);
  const isAsked = isWatched || wakeUpPollAt(attempt) !== null;
  const hasRefund = payment.refunds.some((it) => it.attempt === number && it.life.state === 'accepted');
  const ofPolls = isAsked || hasRefund ? polls.trouble : null;
  if (!isOpen(payment, attempt)) return [ofPolls];
  if (creation.step === 'create') return [creation.tries.trouble, ofPolls];
  return creation.step === 'look_up' ? [creation.lookUps.trouble, ofPolls] : [ofPolls];
}
