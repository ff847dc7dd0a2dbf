import { watchedOf, worthOf } from './attempt-state.ts';
import { doubted } from './refund-progress.ts';
import { reviewReasonsOf, overdueKey, refusedKey, type ReviewReason } from './review-reasons.ts';
import { isAboutReason, type Judgment, type Payment } from './payment.ts';
import { cannotExist, givenUp, isPending, type Refund } from './refund.ts';

type Resolving = Pick<Judgment, 'decision' | 'by' | 'why'>;

/** What an operator's decision is about: all reasons for review that are there to be seen. */
export function judgmentFor(payment: Payment, { decision, by, why }: Resolving): Judgment {
  const reviewReasons = reviewReasonsOf(payment);
  const numbers = [...new Set(reviewReasons.flatMap((reviewReason) => disposedBy(reviewReason, decision)))];
  const about = numbers.flatMap((number) => {
    const watched = watchedOf(payment, number);
    return watched ? [{ attempt: number, worth: worthOf(watched) }] : [];
  });
  return { decision, by, why, keys: reviewReasons.map(({ key }) => key), about };
}

const disposedBy = (
  { attempts, kept = [] }: ReviewReason,
  decision: Judgment['decision'],
): readonly number[] => (decision === 'accept' ? [...attempts, ...kept] : attempts);

/** A decision settles what it was about: an overdue refund is given up, or asked for once more. */
export function judge(payment: Payment, judgment: Judgment): Payment {
  const isReturned = judgment.decision === 'refund';
  const isOverdue = (refund: Refund): boolean => isAboutReason(judgment, overdueKey(refund));
  const isAgain = (refund: Refund): boolean =>
    isReturned && refund.life.state === 'accepted' && isOverdue(refund);
  const given = payment.refunds.filter((it) => !isReturned && isPending(it) && isOverdue(it));
  const messages = [{ field: '', message: `given up by an operator: ${judgment.why}` }];
  const refunds = payment.refunds.map((refund): Refund => {
    if (given.includes(refund)) return { ...refund, life: givenUp(refund, messages) };
    return isAgain(refund) ? doubted(refund) : refund;
  });
  const attempts = payment.attempts.map((attempt) =>
    judgment.decision === 'reject' && isAboutReason(judgment, `contradiction/${attempt.referenceId}`)
      ? { ...attempt, wakeUps: [] }
      : attempt,
  );
  const keys = [...judgment.keys, ...given.map(refusedKey)];
  // Nobody waits for it any longer, so nobody has to look at it again.
  const acknowledged = [
    ...payment.acknowledged,
    ...given.filter(cannotExist).map(({ refundId }) => refundId),
  ];
  const judgments = [...payment.judgments, { ...judgment, keys }];
  return { ...payment, refunds, attempts, acknowledged, judgments };
}
