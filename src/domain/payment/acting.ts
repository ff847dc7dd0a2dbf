import { toIso } from '../time.ts';
import { isOpen, moneyOfAttempt, watchedOf, watchEndOf, worthOf } from './attempt-state.ts';
import { findingsOf, type Finding } from './findings.ts';
import { currentAttempt, type Judgment, type Payment } from './payment.ts';
import { nextDeadlineOf } from './payment-view.ts';
import { refusal, refusalTypes, type UpdateRefusal } from './refusal.ts';
import { statusOf } from './status.ts';
import { isParked, undelivered } from './telling.ts';
import { troublesOf } from './attention.ts';

/** Hours that a watch can be extended by at once. */
export const extensionHours = { preset: 24, most: 168 } as const;

const refused = (detail: string): UpdateRefusal => refusal(refusalTypes.state, detail);

type Resolving = Pick<Judgment, 'decision' | 'by' | 'why'>;

/** What an operator's decision is about: all findings that are there to be seen. */
export function judgmentFor(payment: Payment, { decision, by, why }: Resolving): Judgment {
  const findings = findingsOf(payment);
  const numbers = [...new Set(findings.flatMap((finding) => disposedBy(finding, decision)))];
  const about = numbers.flatMap((number) => {
    const watched = watchedOf(payment, number);
    return watched ? [{ attempt: number, worth: worthOf(watched) }] : [];
  });
  return { decision, by, why, keys: findings.map(({ key }) => key), about };
}

const disposedBy = (
  { attempts, returned = [] }: Finding,
  decision: Judgment['decision'],
): readonly number[] => (decision === 'refund' ? [...attempts, ...returned] : attempts);

/** Why a review cannot be ended like this, or null. */
export function refusalOfResolve(payment: Payment, decision: Judgment['decision']): UpdateRefusal | null {
  const findings = findingsOf(payment);
  if (findings.length === 0)
    return refused(`the payment is ${statusOf(payment)}: there is nothing to resolve`);
  const hasNoMoney = decision === 'refund' && !findings.some((finding) => concernsMoney(payment, finding));
  return hasNoMoney
    ? refused('the platform shows no money of it: there is nothing to refund; accept or reject')
    : null;
}

function concernsMoney(payment: Payment, { key, attempts }: Finding): boolean {
  if (key.startsWith('refund')) return true;
  return attempts.some((number) => {
    const watched = watchedOf(payment, number);
    return watched !== null && moneyOfAttempt(watched) !== null;
  });
}

/** Why the watch cannot be extended, or null. */
export function refusalOfExtension(payment: Payment): UpdateRefusal | null {
  const status = statusOf(payment);
  const attempt = currentAttempt(payment);
  if (status === 'review') {
    const others = findingsOf(payment).filter(({ key }) => !key.startsWith('silence/'));
    const texts = others.map(({ text }) => text).join('; ');
    return others.length === 0 ? null : refused(`the payment is in review for more than silence: ${texts}`);
  }
  if (!attempt || !isOpen(payment, attempt))
    return refused(`the payment is ${status}: there is nothing to watch`);
  const deadline = nextDeadlineOf(payment);
  if (troublesOf(payment).length > 0 || payment.clock >= deadline) return null;
  const end = toIso(watchEndOf(payment, attempt));
  return refused(
    `the platform answers, and the payment is open until ${toIso(deadline)}: it is watched until ${end} anyway`,
  );
}

/** Why there is nothing to send again, or null. */
export const refusalOfRedelivery = (payment: Payment): UpdateRefusal | null =>
  isParked(payment) || undelivered(payment) !== -1
    ? null
    : refused('the order service has taken every outcome');
