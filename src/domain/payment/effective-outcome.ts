import { isMoved, type OutcomeStatus } from './statuses.ts';
import type { Told } from './outcome.ts';
import type { Payment } from './payment.ts';

/** The last outcome that was one: a review is told as a state. */
export const effectiveOutcome = ({
  told,
}: Pick<Payment, 'told'>): (Told & { readonly status: Exclude<OutcomeStatus, 'review'> }) | null =>
  told.findLast(
    (it): it is Told & { readonly status: Exclude<OutcomeStatus, 'review'> } => it.status !== 'review',
  ) ?? null;

/** How the order was settled: the last outcome that said whether it is wanted; that its money moves since does not. */
export const settledStatus = ({ told }: Pick<Payment, 'told'>): OutcomeStatus | null =>
  told.findLast(({ status }) => status !== 'review' && !isMoved(status))?.status ?? null;
